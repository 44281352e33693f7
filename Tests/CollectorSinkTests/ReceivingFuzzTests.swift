import Compression
import Foundation
import HTTP
import OTLP
import Platform
import TestSupport
import Testing

@testable import CollectorSink

/// Spoilt requests against the whole receiving path: server, decompression, both encodings, every signal, ledger.
///
/// In a process of its own, so that a crash fails the test alone and memory can be measured. `SINK_FUZZ_REQUESTS` sends
/// more than the usual 20,000, `SINK_FUZZ_SEED` others; memory does not depend on the number.
struct ReceivingFuzzTests {
    @Test("20,000 spoilt requests: each is answered, everything is accounted for, memory is bounded")
    func spoiltRequests() async {
        await #expect(processExitsWith: .success) {
            let environment = ProcessInfo.processInfo.environment
            let count = environment["SINK_FUZZ_REQUESTS"].flatMap { Int($0) } ?? 20_000
            let seed = environment["SINK_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
            try ReceivingFuzz(seed: seed).run(requests: count)
        }
    }
}

/// One run of the test: a sink, a client, and what was answered so far.
private final class ReceivingFuzz {
    private let seed: UInt64
    private let server: SinkServer
    private let client: HTTPClient
    private let heapAtStart: UInt64?
    private let source: SpoiltRequests
    private var answers: [Int: Int] = [:]

    /// Most bytes that the ledger's contents may take, and all buffers with it.
    private static let ledgerBytes = 16 << 20
    private static let heapBytes: UInt64 = 64 << 20

    init(seed: UInt64) throws {
        self.seed = seed
        source = try SpoiltRequests(seed: seed)
        heapAtStart = HeapUsage.bytesInUse()
        var configuration = SinkServer.defaultConfiguration
        configuration.maximumBodyBytes = 1 << 20
        var limits = LedgerLimits()
        limits.maximumRuns = 16
        limits.maximumProducers = 64
        limits.maximumBytes = Self.ledgerBytes
        server = SinkServer(configuration: configuration, ledger: DeliveryLedger(limits: limits))
        try server.start()
        client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port))
    }

    func run(requests: Int) throws {
        for index in 0..<requests {
            if index % 256 == 255 { try sendSpoiltHead() }
            let request = source.next()
            let response = try send(request)
            answers[response.status, default: 0] += 1
            let problem = Self.problem(of: response, to: request)
            #expect(problem == nil, "request \(index) of seed \(seed), \(request.path): \(problem ?? "")")
        }
        try checkAccounts()
        // Both outcomes are frequent: the requests are neither all rubbish nor all intact.
        #expect(answers[200, default: 0] > requests / 8 && answers[400, default: 0] > requests / 8, "\(answers)")
        #expect([413, 415].allSatisfy { answers[$0, default: 0] > 0 }, "\(answers)")
        // A sanitizer's allocator does not say.
        if let heapAtStart, let heap = HeapUsage.bytesInUse() {
            #expect(heap < heapAtStart + Self.heapBytes, "\(heapAtStart) bytes grew to \(heap)")
        }
        #expect(server.stop(deadline: Waiting.deadline()))
    }

    private func send(_ request: SpoiltRequests.Request) throws -> HTTPResponse {
        var headers = HTTPHeaders()
        headers.append("Content-Type", request.type)
        if let encoding = request.encoding { headers.append("Content-Encoding", encoding) }
        return try request.body.withUnsafeBytes {
            try client.send(
                method: "POST",
                path: request.path,
                headers: headers,
                body: [$0],
                timeoutNanoseconds: Waiting.limitNanoseconds
            )
        }
    }

    /// What is wrong with an answer, by https://opentelemetry.io/docs/specs/otlp/#otlphttp-response.
    private static func problem(of response: HTTPResponse, to request: SpoiltRequests.Request) -> String? {
        let isJSON = response.headers["Content-Type"] == "application/json"
        switch response.status {
        case 200:
            let type = response.headers["Content-Type"]
            if type != request.type { return "the answer is of type \(type ?? "none")" }
            return response.body == (isJSON ? Array("{}".utf8) : []) ? nil : "a full success says something"
        case _ where request.isIntact: return "an intact request is answered with \(response.status)"
        case 400, 413, 415:
            let status = response.body.withUnsafeBytes { bytes in
                isJSON ? try? RPCStatus(decodingJSON: bytes) : try? RPCStatus(decoding: bytes)
            }
            return status?.message.isEmpty == false ? nil : "the answer \(response.status) gives no reason"
        default: return "the answer is \(response.status)"
        }
    }

    /// Sends a message whose head is spoilt too, on a connection of its own; the server may answer or close.
    private func sendSpoiltHead() throws {
        let socket = try TCPSocket.connect(host: "127.0.0.1", port: server.port, deadline: Waiting.deadline())
        // The server may have refused and closed already.
        try? socket.write(source.nextMessage())
        socket.shutdown(.writing)
        let answer = try? socket.readText()
        #expect(answer?.isEmpty ?? true || answer?.hasPrefix("HTTP/1.1 ") == true)
    }

    /// Every refusal is counted, and every run's account can be read and balances.
    private func checkAccounts() throws {
        #expect(server.ledger.totals().malformedRequests >= UInt64(answers[400, default: 0]))
        for run in ["", "fuzz", "python"] {
            let response = try client.send(method: "GET", path: "/bench/ledger?run=\(run)")
            #expect(response.status == 200, "run \"\(run)\": \(String(decoding: response.body, as: UTF8.self))")
            let report = try LedgerReport(decodingJSON: Data(response.body))
            #expect(report.items == report.distinct + report.duplicated + report.foreign)
            #expect(report.items > 0 && report.signals.metrics.points >= report.signals.metrics.refused)
        }
    }
}
