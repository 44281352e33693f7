# telemetry-bench: one target an everyday task. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PROFILE ?= sustained
ARGS ?=
GATE_PROFILES ?= smoke burst sustained multi-producer generation calls flush queued \
	metrics spans mixed large-payload
GATE_DIR := results/runs/gate
RESULT ?= $(shell ls -t results/runs/*.json 2>/dev/null | head -n 1)

RELEASE := .build/release
SWIFT_SOURCES := Sources Tests Package.swift

.PHONY: help setup build bench report test interop gate lint format clean

help: ## Show this list
	@echo "telemetry-bench: what does a telemetry SDK cost, and does everything arrive?"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  PROFILE=burst make bench                       another profile (profiles/*.json)"
	@echo "  ARGS='--rate 5000/s --duration 30s' make bench  more options; see .build/release/bench --help"

setup: ## Check the toolchain and zlib's headers; install the headers where apt-get can
	@.ci/setup

build: setup ## Build everything in release mode
	@swift build -c release

bench: build ## Run PROFILE (default: sustained) against the embedded sink
	@$(RELEASE)/bench --profile $(PROFILE) $(ARGS)

report: build ## Draw RESULT (default: the newest in results/runs) as a page beside it
	@[ -n "$(RESULT)" ] || { echo "report: there is no result in results/runs; run 'make bench' first" >&2; exit 2; }
	@$(RELEASE)/bench report $(RESULT) --html $(basename $(lastword $(RESULT))).html
	@echo "$(basename $(lastword $(RESULT))).html"

test: setup ## Run all tests, and fuzz the sink as it ships
	@swift build --build-tests
	@swift test --skip-build
	@swift build -c release --product bench-micro
	@$(RELEASE)/bench-micro fuzz --requests 200k --quiet

interop: build ## Let OpenTelemetry's Python SDK and decoders judge ours (takes packages from PyPI)
	@Tests/Interop/run $(RELEASE)

gate: build ## Run the gate's profiles and check them against profiles/thresholds.json
	@RELEASE=$(RELEASE) .ci/gate $(GATE_DIR) $(GATE_PROFILES)

lint: ## Check the format of all sources
	@for path in $(SWIFT_SOURCES); do [ -e "$$path" ] || { echo "lint: $$path does not exist" >&2; exit 1; }; done
	@swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

format: ## Format all sources in place
	@swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

clean: ## Remove what was built and the results of runs
	@rm -rf .build results/runs
