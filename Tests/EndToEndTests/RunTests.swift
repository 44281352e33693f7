import FoundationEssentials
import HTTP
import HarnessCore
import Measurement
import Platform
import Results
import TestSupport
import Testing

/// `bench` with real processes and real sockets.
struct RunTests {
    @Test func smokeStartsEverythingAndBalances() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", ["--profile", "smoke", "--out", folder.path])
        #expect(run.exit == .status(0), "\(run.errors)")
        #expect(run.output.hasPrefix("PASS"))
        #expect(run.output.contains("delivery verified (1,000 of 1,000)"))
        #expect(run.errors.contains("main 1/1"))

        let result = try onlyResult(in: folder)
        #expect(result.verdict == .pass && result.delivery == .verified && result.validity.isValid)
        let repetition = try #require(result.repetitions.first)
        #expect(repetition.ledger?.distinct == 1000 && repetition.ledger?.duplicated == 0)
        #expect(repetition.counters?.accepted == 1000 && repetition.counters?.exported == 1000)
        let phase = try #require(repetition.reportedPhases.first)
        #expect(phase.load.attempted == 1000 && phase.load.lost == 0 && phase.load.unaccounted == 0)
        #expect(phase.latency.serviceTime?.count == 1000)
        #expect(phase.latency.lag?.count == 1000)
        #expect(phase.latency.freshness?.count == 1000)
        #expect(phase.latency.flushLatency?.count == 1)
        #expect(try #require(phase.memory?.rssPeakBytes) > 0)
        #expect(try #require(phase.cpu?.seconds) > 0)
        #expect(try #require(repetition.memory?.rssBytes).count > 5)
        let checkpoint = try #require(repetition.checkpoints.first)
        #expect(try #require(checkpoint.bytesInUse) > 0 && checkpoint.freeBytes != nil)
        #expect(checkpoint.queuedItems == 0 && checkpoint.queuedBytes == 0 && checkpoint.swapBytes != nil)
        // The main thread, a producer, those that run phases and report, the exporter; the standard streams. None of the
        // threads ends before the reading, although the phase is the last.
        #expect(try #require(checkpoint.threads) >= 5 && #require(checkpoint.descriptors) >= 3)
        let anonymous = try #require(checkpoint.rssAnonymousBytes)
        #expect(anonymous + (try #require(checkpoint.rssFileBytes)) > 1 << 20)
        #expect(try #require(checkpoint.rollupRSSBytes) > anonymous / 2)
        #expect(result.environment.kernel?.hasPrefix("Linux") == true)
        #expect(result.configuration.contains { $0.key == "workload.value_length" && $0.origin == "default" })
    }

    @Test("The worker is stalled for an exact reading only where nothing is under way")
    func exactReadingsAreOfQuietMoments() throws {
        let folder = try TemporaryDirectory()
        _ = try ToolRun.run("bench", quick(folder) + ["--set", "phases.main.flush=false"])
        let checkpoint = try #require(try onlyResult(in: folder).repetitions.first?.checkpoints.first)
        #expect(checkpoint.rssAnonymousBytes != nil && checkpoint.rollupRSSBytes == nil)
    }

    @Test func everyRepetitionHasAWorkerOfItsOwn() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", quick(folder) + ["--repeat", "2"])
        #expect(run.exit == .status(0), "\(run.errors)")
        let result = try onlyResult(in: folder)
        #expect(result.repetitions.count == 2)
        #expect(Set(result.repetitions.compactMap(\.workerPID)).count == 2)
        #expect(result.repetitions.allSatisfy { $0.ledger?.distinct == $0.counters?.accepted })
    }

    @Test(
        "All signals at once, in both encodings, compressed or not",
        arguments: [
            ("http/protobuf", "none", "cumulative"), ("http/protobuf", "gzip", "delta"),
            ("http/json", "none", "delta"), ("http/json", "gzip", "cumulative"),
        ]
    )
    func everySignalIsProved(protocolName: String, compression: String, temporality: String) throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            [
                "--profile", "mixed", "--duration", "300ms", "--out", folder.path,
                "--set", "thresholds.achieved_per_s=> 0", "--set", "system.protocol=\(protocolName)",
                "--set", "system.compression=\(compression)", "--set", "system.temporality=\(temporality)",
            ]
        )
        #expect(run.exit == .status(0), "\(run.output)\n\(run.errors)")
        let result = try onlyResult(in: folder)
        #expect(result.delivery == .verified && result.validity.isValid)
        let repetition = try #require(result.repetitions.first)
        let load = try #require(repetition.reportedPhases.first).load
        #expect(load.operations == 1500 && load.attempted > 1500)
        #expect(load.delivered == load.attempted && load.lost == 0)
        let kinds = try #require(load.kinds)
        #expect(kinds.count == 7 && kinds.values.allSatisfy { $0.accepted > 0 && $0.rejected == 0 })
        for kind in ["counter", "gauge", "histogram"] { #expect(kinds[kind]?.delivered == kinds[kind]?.accepted) }
        let ledger = try #require(repetition.ledger)
        #expect(ledger.metrics?.violations == 0)
        #expect(ledger.logs?.invalid == 0 && ledger.spans?.invalid == 0)
        #expect(try #require(ledger.logs).distinct + #require(ledger.spans).distinct == ledger.distinct)
        #expect(ledger.producers.allSatisfy { $0.missingBelowHighest == 0 && $0.distinct == $0.accepted })
    }

    @Test func settingsRecordWhereTheyCameFrom() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder) + ["--set", "system.batch_size=7"],
            environment: ["BENCH_PRODUCERS": "3", "BENCH_SEED": "5"]
        )
        #expect(run.exit == .status(0), "\(run.errors)")
        let origins = Dictionary(
            uniqueKeysWithValues: try onlyResult(in: folder).configuration.map { ($0.key, $0.origin) }
        )
        #expect(origins["system.batch_size"] == "flag")
        #expect(origins["producers"] == "environment")
        #expect(origins["phases.main.duration"] == "flag")
        #expect(origins["workload.operation"] == "profile" || origins["workload.operation"] == "default")
    }

    @Test func itemsWithSeveralAttributesArrive() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder) + ["--set", "workload.attributes=5", "--set", "workload.value_length=33"]
        )
        #expect(run.exit == .status(0), "\(run.errors)")
        let phase = try #require(try onlyResult(in: folder).repetitions.first?.reportedPhases.first)
        #expect(phase.load.lost == 0 && phase.load.delivered == 150)
        // Four keys of 20 and four values of 33 bytes, at least.
        #expect(try #require(phase.bodyBytes) > 150 * 4 * 53)
    }

    @Test func aRateThatCannotBeKeptIsSaid() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["--profile", "smoke", "--rate", "50M/s", "--duration", "20ms", "--out", folder.path]
        )
        let result = try onlyResult(in: folder)
        // Which of the two is slower depends on the machine; that somebody is does not.
        let remarks = result.validity.reasons + result.warnings
        #expect(remarks.contains { $0.contains("phase main took") && $0.contains("instead of 20") }, "\(remarks)")
        #expect(run.output.contains("phase main took"))
    }

    @Test func whatIsHeldIsMeasuredOnlyWhereEverythingIsHeld() throws {
        let folder = try TemporaryDirectory()
        #expect(try ToolRun.run("bench", ["--profile", "queued", "--out", folder.path]).exit == .status(0))
        let queued = try #require(try onlyResult(in: folder).repetitions.first?.reportedPhases.first?.memory)
        #expect(queued.heldBytesInUseGrowthBytes != nil)
        let other = try TemporaryDirectory()
        #expect(try ToolRun.run("bench", quick(other) + ["--set", "system.batch_size=10"]).exit == .status(0))
        let exported = try #require(try onlyResult(in: other).repetitions.first?.reportedPhases.first?.memory)
        #expect(exported.heldBytesInUseGrowthBytes == nil && exported.heldRSSGrowthBytes == nil)
    }

    @Test func jsonGoesToStandardOutputAndQuietShowsNothing() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", quick(folder) + ["--json", "--quiet"])
        #expect(run.errors.isEmpty)
        let decoded = try JSONDecoder().decode(RunResult.self, from: Data(run.output.utf8))
        #expect(try decoded == onlyResult(in: folder))
    }

    @Test func theNullSystemHasNothingToDeliver() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder) + ["--set", "system.name=null", "--set", "thresholds.attempted=> 0"]
        )
        #expect(run.exit == .status(0), "\(run.errors)")
        #expect(run.output.contains("nothing to deliver"))
        let result = try onlyResult(in: folder)
        #expect(result.delivery == .notApplicable && result.system.name == "null")
        #expect(result.thresholds.first { $0.metric == "lost" }?.verdict == .notEvaluated)
    }

    @Test func anotherReceiverThatKeepsALedgerIsAsked() throws {
        let sink = try ToolRun("bench-sink", ["--port", "0"])
        defer { sink.signal(15) }
        let address = try #require(try sink.awaitOutputLine(withPrefix: "bench-sink listening on "))
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", quick(folder) + ["--endpoint", address])
        #expect(run.exit == .status(0), "\(run.errors)")
        #expect(run.output.contains("delivery verified"))
    }

    @Test func aReceiverWithoutALedgerLeavesDeliveryUnverified() throws {
        let server = HTTPServer(configuration: HTTPServerConfiguration()) { PlainReceiver() }
        try server.start()
        defer { _ = server.stop(deadline: Waiting.deadline()) }
        let folder = try TemporaryDirectory()
        let endpoint = ["--endpoint", "http://127.0.0.1:\(server.port)"]
        let run = try ToolRun.run("bench", quick(folder) + endpoint)
        #expect(run.output.contains("delivery unverified"))
        let result = try onlyResult(in: folder)
        #expect(result.delivery == .unverified)
        #expect(result.thresholds.first { $0.metric == "lost" }?.verdict == .notEvaluated)
        #expect(result.thresholds.first { $0.metric == "unexported" }?.verdict == .pass)
        #expect(result.thresholds.first { $0.metric == "failed_flushes" }?.verdict == .pass)
        #expect(run.exit == .status(3), "\(run.output)\(run.errors)")
        if result.validity.isValid { #expect(run.output.contains("--allow-unverified")) }

        let other = try TemporaryDirectory()
        let allowed = try ToolRun.run("bench", quick(other) + endpoint + ["--allow-unverified"])
        #expect(allowed.output.contains("delivery unverified"))
        let unproved = try onlyResult(in: other)
        #expect(unproved.allowsUnverified == true)
        #expect(unproved.verdict == (unproved.validity.isValid ? .pass : .invalid), "\(allowed.output)")
        // The judge of files comes to what bench said.
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: other.path).first { $0.hasSuffix(".json") }
        )
        let gates = #"{"version": 1, "gates": [{"profile": "smoke", "metric": "attempted", "budget": "> 0"}]}"#
        try Data(gates.utf8).write(to: URL(filePath: folder.path("thresholds.json")))
        let words = [other.path(file), "--thresholds", folder.path("thresholds.json")]
        #expect(try ToolRun.run("bench-compare", words).exit == allowed.exit)
    }

    @Test("A mock that says yes to every POST keeps no ledger, and is not asked for one after the load")
    func aCatchAllReceiverLeavesDeliveryUnverified() throws {
        let server = HTTPServer(configuration: HTTPServerConfiguration()) { CatchAllReceiver() }
        try server.start()
        defer { _ = server.stop(deadline: Waiting.deadline()) }
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", quick(folder) + ["--endpoint", "http://127.0.0.1:\(server.port)"])
        #expect(run.exit == .status(3), "\(run.output)\n\(run.errors)")
        #expect(run.errors.contains("the receiver offers no ledger (/bench/ledger answered 401)"), "\(run.errors)")
        #expect(try onlyResult(in: folder).delivery == .unverified)
    }

    @Test("What is still queued when nobody was ever there is lost, though nothing was dropped in a phase")
    func aDeadReceiverIsNeverAPass() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder) + ["--endpoint", "http://127.0.0.1:1", "--allow-unverified"],
            environment: ["BENCH_PATIENCE": "5s"]
        )
        #expect(run.exit == .status(1), "\(run.output)\n\(run.errors)")
        let result = try onlyResult(in: folder)
        #expect(result.verdict == .fail)
        #expect(result.summary["unexported"] == 150 && result.summary["failed_flushes"] == 2)
        #expect(run.output.contains("never exported 150"))
    }

    @Test("Variables that SDKs read are part of the result, and secrets are not")
    func variablesOfTheSystemAreRecorded() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder),
            environment: ["OTEL_EXPORTER_OTLP_HEADERS": "key=secret", "TELEMETRY_BATCH_SIZE": "7", "OTHER": "x"]
        )
        let entries = try onlyResult(in: folder).configuration
        let variable = try #require(entries.first { $0.key == "TELEMETRY_BATCH_SIZE" })
        #expect(variable.value == .string("7") && variable.origin == "environment")
        let hidden = try #require(entries.first { $0.key == "OTEL_EXPORTER_OTLP_HEADERS" })
        #expect(hidden.value == .string("(hidden)"))
        #expect(!entries.contains { $0.key == "OTHER" })
        #expect(run.output.contains("TELEMETRY_BATCH_SIZE") && !run.output.contains("secret"), "\(run.output)")
    }

    @Test func anUnreachableReceiverIsNeverAPass() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder) + ["--endpoint", "http://127.0.0.1:1", "--set", "system.retry_maximum_elapsed=100ms"]
        )
        #expect(run.exit == .status(1), "\(run.output)\n\(run.errors)")
        let result = try onlyResult(in: folder)
        #expect(result.verdict == .fail)
        #expect(result.thresholds.first { $0.metric == "unexported" }?.verdict == .fail)
        #expect(result.repetitions.first?.counters?.dropped.keys.contains("retries_exhausted") == true)
        #expect(
            result.warnings.contains { $0.contains("the flush of phase main") && $0.contains("connection refused") }
        )
        let reason = try #require(result.thresholds.first { $0.metric == "lost" }?.reason)
        #expect(reason.hasPrefix("the receiver does not answer: ") && reason.contains("connection refused"))
    }

    @Test func anHTTPSEndpointThatNobodyListensOnIsNeverAPass() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            quick(folder) + ["--endpoint", "https://127.0.0.1:1", "--set", "system.retry_maximum_elapsed=100ms"]
        )
        #expect(run.exit == .status(1), "\(run.output)\n\(run.errors)")
        #expect(run.errors.contains("delivery unverified: a ledger is read over http:// only"), "\(run.errors)")
        let result = try onlyResult(in: folder)
        #expect(result.verdict == .fail && result.delivery == .unverified)
        #expect(result.thresholds.first { $0.metric == "unexported" }?.verdict == .fail)
        #expect(result.repetitions.first?.counters?.dropped.keys.contains("retries_exhausted") == true)
        #expect(result.warnings.contains { $0.contains("delivery unverified") && $0.contains("https://127.0.0.1:1") })
        let reason = "a ledger is read over http:// only, and the endpoint is https://127.0.0.1:1"
        #expect(result.thresholds.first { $0.metric == "lost" }?.reason == reason)
    }

    @Test func theWorkerWithoutTLSRefusesAnHTTPSEndpoint() throws {
        let folder = try TemporaryDirectory()
        let worker = try BuiltExecutable.path("bench-worker")
        let run = try ToolRun.run("bench", quick(folder) + ["--endpoint", "https://127.0.0.1:1", "--worker", worker])
        #expect(run.exit == .status(2), "\(run.output)\n\(run.errors)")
        #expect(run.errors.contains("has no TLS, which https://127.0.0.1:1 needs; "), "\(run.errors)")
        #expect(run.errors.contains("bench-worker-tls"), "\(run.errors)")
    }

    private func quick(_ folder: TemporaryDirectory) -> [String] {
        ["--profile", "smoke", "--duration", "300ms", "--out", folder.path, "--set", "thresholds.delivered_per_s=>= 1"]
    }
}

/// A receiver as simple as OTLP allows: it takes everything and keeps nothing.
private final class PlainReceiver: HTTPConnectionHandler {
    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        guard head.path == "/v1/logs" else { return HTTPResponse(status: 404, text: "not here") }
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/x-protobuf"])
    }
}

/// A mock as they are found in tests of other programs: it takes whatever is posted, and nothing can be read from it.
private final class CatchAllReceiver: HTTPConnectionHandler {
    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        HTTPResponse(status: head.method == "POST" ? 200 : 401, headers: ["Content-Type": "application/x-protobuf"])
    }
}
