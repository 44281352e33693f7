"""Five tests with implementations of OpenTelemetry, HdrHistogram, XML and HTML that are not ours: 'make interop'.

1. Our SDK sends every signal, in protobuf and JSON, with and without gzip. opentelemetry-proto decodes the requests, and
   what is in them is compared with what the plan says was sent, worked out here a second time.
2. The OpenTelemetry SDK for Python sends logs, spans and metrics to our bench-sink, with and without gzip. The ledger must
   have every item.
3. HdrHistogram's Python port reads the log of a run and the histograms of its result, and must find the same figures.
4. libxml2 validates JUnit reports of bench-compare with a schema of what Jenkins takes.
5. html5lib parses the pages of reports and forgives nothing; where there is Chromium, it shows them at two widths.

With --store the compressed requests of the second test become the fixtures of InteropTests.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import traceback

import decoding
import histograms
import junit
import pages
import plan
import python_sdk
from capture import Capture

HERE = pathlib.Path(__file__).parent
SCOPES = {"/v1/logs": ("resource_logs", "scope_logs", "log_records"),
          "/v1/traces": ("resource_spans", "scope_spans", "spans"),
          "/v1/metrics": ("resource_metrics", "scope_metrics", "metrics")}


def our_sdk(executables, protocol, compression):
    """Runs the profile against a receiver in Python, and checks all that arrived."""
    with Capture() as capture, tempfile.TemporaryDirectory() as folder:
        command = [f"{executables}/bench", "--profile", str(plan.PROFILE), "--endpoint", capture.url, "--quiet",
                   "--out", folder, "--set", f"system.protocol={protocol}", "--set", f"system.compression={compression}",
                   # What arrives is looked at, not how long it took: a busy machine is no failure here.
                   "--set", "validity.policy=warning"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, f"bench ended with {run.returncode}\n{run.stdout}\n{run.stderr}"
    media = {"http/protobuf": "application/x-protobuf", "http/json": "application/json"}[protocol]
    found = {path: [] for path in SCOPES}
    encodings = set()
    for path, (resources, scopes, items) in SCOPES.items():
        for content_type, encoding, body in capture.bodies(path):
            assert content_type == media, f"{path} came as {content_type}"
            assert encoding == "identity" or len(body) > 1024, "a body below the threshold was compressed"
            encodings.add(encoding)
            for resource in getattr(decoding.decode(path, content_type, body), resources):
                about = decoding.attributes(resource.resource.attributes)
                for key in ["service.name", "bench.run_id", "telemetry.sdk.language", "telemetry.sdk.version"]:
                    assert about.get(key), f"the resource has no {key}: {about}"
                for scope in getattr(resource, scopes):
                    found[path] += getattr(scope, items)
    assert ("gzip" in encodings) == (compression == "gzip"), f"encodings were {encodings}"
    assert all(headers.get("User-Agent", "").startswith("OTel-OTLP-Exporter-Swift/")
               for _, headers, _ in capture.requests)

    items, measurements = plan.expectation()
    seen = check_logs(found["/v1/logs"], items) | check_spans(found["/v1/traces"], items)
    assert seen == set(items), f"{len(set(items) - seen)} items are missing"
    check_metrics(found["/v1/metrics"], measurements)
    return f"{len(items)} items, {len(capture.requests)} requests"


CHECKED = 1 << 62


def fnv(data):
    """FNV-1a in 64 bits."""
    state = 0xCBF29CE484222325
    for byte in data:
        state = (state ^ byte) * 0x100000001B3 & plan.MASK
    return state


def checksum(identifier, text, attributes):
    """A second implementation of HarnessCore's ItemChecksum."""
    parts = fnv(b"\0" + text.encode())
    for key, value in attributes.items():
        parts += fnv(b"\1" + key.encode() + b"\xff" + value.encode())
    total = identifier * 0x9E3779B97F4A7C15 + parts & plan.MASK
    return (total ^ total >> 32) & 0xFFFFFFFF


def take(pairs, items, seen, kinds, text):
    """Finds the item of some attributes; returns it with the attributes that are not the harness's.

    An item whose id is marked has its checksum in the place of its last attribute.
    """
    about = decoding.attributes(pairs)
    marked = about.pop("bench.id")
    identifier = marked & ~CHECKED
    item = dict(items[identifier])
    assert identifier not in seen, f"{identifier} arrived twice"
    assert item["kind"] in kinds, f"{identifier} arrived as {kinds}, but is a {item['kind']}"
    if marked != identifier:
        item["attributes"] = dict(list(item["attributes"].items())[:-1])
        covered = {key: value for key, value in about.items() if key.startswith("bench.attribute.")}
        found = about.pop("bench.sum")
        assert found == checksum(identifier, text, covered), f"{identifier} has the sum {found}"
    seen.add(identifier)
    return identifier, item, about


def check_logs(records, items):
    seen = set()
    for record in records:
        identifier, item, about = take(
            record.attributes, items, seen, ["event", "log", "error"],
            decoding.plain(record.body) if record.HasField("body") else record.event_name)
        assert record.time_unix_nano > 0 and record.observed_time_unix_nano > 0
        assert record.dropped_attributes_count == 0 and not record.trace_id and not record.span_id
        if item["kind"] == "event":
            assert record.event_name == "bench.event"
        elif item["kind"] == "log":
            assert decoding.plain(record.body) == item["message"]
            assert (record.severity_number, record.severity_text) == \
                ((13, "WARN") if identifier % (1 << 40) % 16 == 15 else (9, "INFO"))
        else:
            assert record.severity_number == 17
            assert about.pop("exception.type").endswith("BenchError")
            assert about.pop("exception.message") == item["message"]
        assert about == item["attributes"], f"{identifier} has {about} instead of {item['attributes']}"
    return seen


def check_spans(spans, items):
    seen = set()
    contexts = {}
    parents = {}
    for span in spans:
        identifier, item, about = take(span.attributes, items, seen, ["span"], span.name)
        assert about == item["attributes"], f"{identifier} has {about} instead of {item['attributes']}"
        assert (span.name, span.kind, span.status.code) == ("bench.span", 1, 0)
        assert len(span.trace_id) == 16 and any(span.trace_id) and len(span.span_id) == 8 and any(span.span_id)
        assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano
        assert span.flags & 0x1, "a recorded span is sampled"
        assert [event.name for event in span.events] == ["bench.point"] * item["events"]
        assert all(span.start_time_unix_nano <= event.time_unix_nano <= span.end_time_unix_nano
                   for event in span.events)
        assert not (span.dropped_attributes_count or span.dropped_events_count or span.dropped_links_count)
        contexts[identifier] = (span.trace_id, span.span_id)
        parents[identifier] = (span.trace_id, span.parent_span_id)
    assert len(set(contexts.values())) == len(contexts), "ids are not unique"
    for identifier, parent in parents.items():
        outer = items[identifier]["parent"]
        if outer is None:
            assert parent[1] == b"", f"{identifier} has a parent"
        else:
            assert parent == contexts[outer], f"{identifier} is not the child of {outer}"
    return seen


def check_metrics(metrics, measurements):
    streams = {}
    for metric in metrics:
        if not metric.name.startswith("bench."):
            continue
        kind = metric.WhichOneof("data")
        data = getattr(metric, kind)
        if kind != "gauge":
            assert data.aggregation_temporality == 2, "cumulative is the default"
        for point in data.data_points:
            about = decoding.attributes(point.attributes)
            streams.setdefault((metric.name, kind, tuple(sorted(about.items()))), []).append((metric, point))
    totals = {"counter": 0, "histogram": 0, "gauge": {}}
    for (name, kind, about), points in streams.items():
        times = [point.time_unix_nano for _, point in points]
        assert times == sorted(set(times)), f"the points of {name} are not in order"
        metric, last = points[-1]
        if kind != "gauge":
            assert len({point.start_time_unix_nano for _, point in points}) == 1, f"the start of {name} changes"
            assert 0 < last.start_time_unix_nano <= last.time_unix_nano
        if name == "bench.counter":
            assert kind == "sum" and metric.sum.is_monotonic and last.WhichOneof("value") == "as_int"
            values = [point.as_int for _, point in points]
            assert values == sorted(values)
            totals["counter"] += last.as_int
        elif name == "bench.histogram":
            assert kind == "histogram" and len(last.bucket_counts) == len(last.explicit_bounds) + 1
            assert sum(last.bucket_counts) == last.count and last.min <= last.sum / last.count <= last.max
            totals["histogram"] += last.count
        elif name == "bench.gauge":
            assert kind == "gauge" and last.WhichOneof("value") == "as_double"
            totals["gauge"][dict(about)["bench.producer"]] = last.as_double
        else:
            raise AssertionError(f"{name} was not measured")
    assert totals == measurements, f"the metrics say {totals}, measured was {measurements}"


def main():
    executables = sys.argv[1]
    tests = [
        (f"our SDK, {protocol}, {compression}", lambda p=protocol, c=compression: our_sdk(executables, p, c))
        for protocol in ["http/protobuf", "http/json"] for compression in ["none", "gzip"]
    ] + [
        (f"Python's SDK to bench-sink, {compression}", lambda c=compression: python_sdk.to_our_sink(executables, c))
        for compression in ["none", "gzip"]
    ] + [("PyPI hdrhistogram reads our log and our result", lambda: histograms.our_log(executables)),
         ("libxml2 finds our JUnit reports valid", lambda: junit.check(executables)),
         ("html5lib and a browser read our pages", lambda: pages.check(executables))]
    failed = 0
    for name, test in tests:
        try:
            print(f"interop: ok: {name}: {test()}", flush=True)
        except Exception:
            failed += 1
            print(f"interop: FAILED: {name}", flush=True)
            traceback.print_exc()
    if "--store" in sys.argv:
        print("interop: stored " + python_sdk.store(HERE.parent / "InteropTests" / "Fixtures"))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
