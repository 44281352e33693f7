import Compression
import Foundation
import HTTP
import Platform
import Testing

@testable import CollectorSink

/// What the real OpenTelemetry SDK for Python sent, stored; `make interop` does the same with the SDK itself.
struct CaptureTests {
    @Test("Every item of the Python SDK is in the ledger, compressed or not", arguments: [true, false])
    func python(isCompressed: Bool) throws {
        let server = SinkServer()
        try server.start()
        defer { _ = server.stop(deadline: MonotonicClock.deadline(after: 10_000_000_000)) }
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port))
        let captures = try Self.captures()
        #expect(Set(captures.map(\.signal)) == ["logs", "traces", "metrics"])
        for capture in captures {
            var headers = HTTPHeaders()
            headers.append("Content-Type", "application/x-protobuf")
            if isCompressed { headers.append("Content-Encoding", "gzip") }
            let body = isCompressed ? capture.body : try Self.inflated(capture.body)
            let response = try body.withUnsafeBytes {
                try client.send(method: "POST", path: "/v1/\(capture.signal)", headers: headers, body: [$0])
            }
            #expect(response.status == 200, "\(capture.signal): \(response.status)")
        }

        let answer = try client.send(method: "GET", path: "/bench/ledger?run=python", headers: HTTPHeaders(), body: [])
        let ledger = try LedgerReport(decodingJSON: Data(answer.body))
        #expect(ledger.distinct == 2500)
        #expect(ledger.duplicated == 0 && ledger.foreign == 0 && ledger.malformedRequests == 0)
        #expect(ledger.producers.map(\.producer) == [1])
        #expect(ledger.producers.first?.highestSequence == 2499)
        #expect(ledger.producers.first?.missingBelowHighest == 0)
        #expect(ledger.signals.logs.distinct == 1000 && ledger.signals.logs.invalid == 0)
        #expect(ledger.signals.spans.distinct == 1500 && ledger.signals.spans.invalid == 0)

        let metrics = ledger.signals.metrics
        #expect(metrics.violations == 0, "\(metrics.violationMessages)")
        #expect(ledger.wireViolations == [], "what a real SDK sends breaks no rule")
        let streams = Dictionary(uniqueKeysWithValues: metrics.streams.map { ($0.name, $0) })
        #expect(Set(streams.keys) == ["bench.counter", "bench.histogram", "bench.gauge", "ups"])
        #expect(streams["bench.counter"]?.sum?.doubleValue == 300)
        #expect(streams["bench.histogram"]?.count == 300)
        // The sum of 1.5 · n for n below 300.
        #expect(streams["bench.histogram"]?.sum?.doubleValue == 67_275)
        #expect(streams["bench.gauge"]?.last?.doubleValue == 300)
        #expect(streams["ups"]?.sum?.doubleValue == 0 && streams["ups"]?.isMonotonic == false)
    }

    private struct Capture {
        let signal: String
        let body: [UInt8]
    }

    /// In the order in which they were sent, signal by signal.
    private static func captures() throws -> [Capture] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".gz") }
        return try files.sorted().map { file in
            let signal = try #require(file.split(separator: "-").first)
            return Capture(signal: String(signal), body: Array(try Data(contentsOf: folder.appending(path: file))))
        }
    }

    private static func inflated(_ body: [UInt8]) throws -> [UInt8] {
        var inflater = try Inflater(format: .gzip)
        return try inflater.decompress(body, limit: 1 << 20)
    }
}
