import Compression
import Foundation
import OTLP
import Platform
import Testing
import Trials

/// Spoilt requests against the whole receiving path; `make test` sends ten times as many to the optimised build.
///
/// In a process of its own, so that a crash fails the test alone and memory can be measured. `SINK_FUZZ_REQUESTS` sends
/// more than the usual 20,000, `SINK_FUZZ_SEED` others; memory does not depend on the number.
struct ReceivingFuzzTests {
    @Test("20,000 spoilt requests: each is answered, everything is accounted for, memory is bounded")
    func spoiltRequests() async {
        await #expect(processExitsWith: .success) {
            let environment = ProcessInfo.processInfo.environment
            let count = environment["SINK_FUZZ_REQUESTS"].flatMap { UInt64($0) } ?? 20_000
            let seed = environment["SINK_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
            let report = try FuzzRun(seed: seed, seeds: Self.fixtures() + Self.captures()).run(requests: count)
            #expect(report.requests == count)
            #expect(report.problems == [])
        }
    }

    /// What the reference implementation of protobuf wrote; see `Tests/OTLPTests/Fixtures/README.md`.
    private static func fixtures() throws -> [RequestSeed] {
        try OTLPSignal.allCases.flatMap { signal in
            try ["bin", "otlp.json", "escaped.otlp.json"].map { suffix in
                let body = try Data(contentsOf: tests.appending(path: "OTLPTests/Fixtures/\(signal).\(suffix)"))
                return RequestSeed(signal: signal, isJSON: suffix != "bin", body: Array(body))
            }
        }
    }

    /// What the OpenTelemetry SDK for Python sent; see `Tests/InteropTests/Fixtures/ORIGIN.md`.
    private static func captures() throws -> [RequestSeed] {
        var inflater = try Inflater(format: .gzip)
        return try OTLPSignal.allCases.map { signal in
            let file = try Data(contentsOf: tests.appending(path: "InteropTests/Fixtures/\(signal)-1.bin.gz"))
            return RequestSeed(signal: signal, isJSON: false, body: try inflater.decompress(file, limit: 1 << 20))
        }
    }

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}
