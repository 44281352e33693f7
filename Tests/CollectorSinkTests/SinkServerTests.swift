import Compression
import Foundation
import HTTP
import Measurement
import OTLP
import Platform
import TestSupport
import Testing

@testable import CollectorSink

/// The sink behind its real server, on a port of the system's choosing.
struct SinkServerTests {
    /// A running sink; ends with the test.
    final class Sink {
        let server = SinkServer()

        init() throws {
            try server.start()
        }

        deinit {
            server.stop(deadline: MonotonicClock.deadline(after: 10_000_000_000))
        }

        func makeClient() -> HTTPClient {
            HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port))
        }
    }

    let sink: Sink
    let client: HTTPClient

    init() throws {
        sink = try Sink()
        client = sink.makeClient()
    }

    func send(
        _ method: String,
        _ path: String,
        type: String? = nil,
        encoding: String? = nil,
        _ body: [UInt8] = []
    ) throws -> HTTPResponse {
        var headers = HTTPHeaders()
        if let type { headers.append("Content-Type", type) }
        if let encoding { headers.append("Content-Encoding", encoding) }
        return try body.withUnsafeBytes { try client.send(method: method, path: path, headers: headers, body: [$0]) }
    }

    func post(_ body: [UInt8], type: String? = "application/x-protobuf", encoding: String? = nil) throws -> HTTPResponse
    {
        try send("POST", "/v1/logs", type: type, encoding: encoding, body)
    }

    func json(_ path: String) throws -> [String: Any] {
        let response = try send("GET", path)
        #expect(response.status == 200)
        #expect(response.headers["Content-Type"] == "application/json")
        return try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    }

    func status(in response: HTTPResponse) throws -> String {
        #expect(response.headers["Content-Type"] == "application/x-protobuf")
        return try response.body.withUnsafeBytes { try RPCStatus(decoding: $0) }.message
    }

    // MARK: - Checks

    @Test func plantedSecretsAreFoundInEveryFormat() throws {
        #expect(try send("POST", "/bench/run?run=r&canary=QWERTY1234").status == 204)
        let clean = LogsRequest.bytes(run: "r", sequences: 0..<3)
        #expect(try post(clean).status == 200)
        #expect(sink.server.ledger.report(run: "r").findings.canariesLeaked == 0)
        let json = Array(#"{"note": "QWERTY1234 QWERTY1234 QWERTY123"}"#.utf8)
        _ = try post(json, type: "application/json")
        // What is malformed is looked at all the same, and what is compressed when it is inflated.
        var deflater = try Deflater(format: .gzip)
        let packed = deflater.compress(Array("x QWERTY1234".utf8))
        _ = try send("POST", "/v1/metrics", type: "application/x-protobuf", encoding: "gzip", packed)
        let report = sink.server.ledger.report(run: "r")
        #expect(report.findings.canariesLeaked == 3)
        #expect(report.examples.map(\.kind) == [.canary, .canary])
        #expect(report.examples.last?.text == "in a body for /v1/metrics: …x QWERTY1234…")
    }

    @Test(arguments: ["", "?run=r&tenants=0", "?run=r&tenants=x", "?run=r&tenants=4097", "?run=r&canary=short"])
    func checksThatMakeNoSenseAreRefused(query: String) throws {
        let response = try send("POST", "/bench/run\(query)")
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains("post to /bench/run?run=ID"))
        #expect(sink.server.ledger.report(run: "r").tenants == nil)
    }

    // MARK: - Logs

    @Test func logsAreAnsweredWithAnEmptyMessageAndCounted() throws {
        let body = LogsRequest.bytes(run: "r", sequences: 0..<100, time: 1)
        let response = try post(body)
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(response.headers["Content-Type"] == "application/x-protobuf")
        #expect(try post(body, type: "Application/X-Protobuf; charset=utf-8", encoding: "identity").status == 200)

        let ledger = try json("/bench/ledger?run=r")
        #expect(ledger["version"] as? Int == 1)
        #expect(ledger["run"] as? String == "r")
        #expect(ledger["items"] as? Int == 200)
        #expect(ledger["distinct"] as? Int == 100)
        #expect(ledger["duplicated"] as? Int == 100)
        #expect(ledger["foreign"] as? Int == 0)
        #expect(ledger["requests"] as? Int == 2)
        #expect(ledger["body_bytes"] as? Int == 2 * body.count)
        #expect(ledger["malformed_requests"] as? Int == 0)
        let counts = try json("/bench/ledger?run=r&view=counts")
        #expect(counts.keys.sorted() == ["distinct", "phase", "version"])
        #expect(counts["version"] as? Int == 1 && counts["distinct"] as? Int == 100)
        #expect((counts["phase"] as? [String: Any])?["distinct"] as? Int == 100)
        // Whoever wants to know how fresh things are gets what came since the last time.
        #expect((counts["phase"] as? [String: Any])?.keys.sorted() == ["distinct", "name"])
        let recent = { () throws -> String? in
            let counts = try json("/bench/ledger?run=r&view=counts&freshness=since_last")
            return (counts["phase"] as? [String: Any])?["freshness_since_last"] as? String
        }
        #expect(try recent()?.hasPrefix("HISTFAAA") == true)
        #expect(try recent() == nil)
        _ = try post(LogsRequest.bytes(run: "r", sequences: 100..<103, time: 1))
        let text = try #require(try recent())
        #expect(try HistogramSnapshot(base64V2Compressed: text).totalCount == 3)
        let producers = try #require(ledger["producers"] as? [[String: Int]])
        #expect(
            producers == [
                [
                    "producer": 0, "distinct": 100, "duplicated": 100, "highest_sequence": 99,
                    "missing_below_highest": 0,
                ]
            ]
        )
        let phase = try #require(ledger["phase"] as? [String: Any])
        #expect(phase["name"] as? String == "")
        #expect(phase["items"] as? Int == 200)
        let freshness = try #require(phase["freshness"] as? [String: Any])
        #expect(freshness["count"] as? Int == 200)
        #expect(freshness["negative"] as? Int == 0)
        #expect((freshness["hdr"] as? String)?.hasPrefix("HISTFAAA") == true)
    }

    @Test func reportIsReadBackFromItsJSON() throws {
        _ = try post(LogsRequest.bytes(run: "r", sequences: 5..<50, time: 1))
        let response = try send("GET", "/bench/ledger?run=r")
        let report = try LedgerReport(decodingJSON: Data(response.body))
        #expect(report == sink.server.ledger.report(run: "r"))
        #expect(report.producers[0].missingBelowHighest == 5)
        #expect(report.phase.freshness.hdr.totalCount == 45)
    }

    @Test func malformedBodyIsAnsweredWithAStatusAndTheServerLivesOn() throws {
        let response = try post([0x0A, 0x05, 0x00])
        #expect(response.status == 400)
        #expect(try status(in: response).hasPrefix("malformed protobuf at byte 1: the length of a field"))
        #expect(try json("/bench/ledger?run=")["malformed_requests"] as? Int == 1)
        #expect(try json("/bench/health")["malformed_requests"] as? Int == 1)
        #expect(try post(LogsRequest.bytes(run: "r", ids: [0])).status == 200)
        #expect(try json("/bench/ledger?run=r")["distinct"] as? Int == 1)
    }

    @Test(arguments: [nil, "text/plain", "application/x-protobuffer"])
    func otherContentTypesAreRefused(type: String?) throws {
        let response = try post(LogsRequest.bytes(run: "r", ids: [0]), type: type)
        #expect(response.status == 415)
        #expect(
            try status(in: response)
                == "content type \(type ?? "none") is not supported; "
                + "send application/x-protobuf or application/json"
        )
        #expect(try json("/bench/ledger?run=r")["items"] as? Int == 0)
    }

    // MARK: - All signals, both formats, gzip

    static let paths = ["/v1/logs", "/v1/traces", "/v1/metrics"]

    /// A request of two items, or of one point, of this path's signal in JSON.
    func jsonRequest(_ path: String) -> [UInt8] {
        let resource = "\"resource\":{\"attributes\":[{\"key\":\"bench.run_id\",\"value\":{\"stringValue\":\"r\"}}]}"
        func id(_ number: Int) -> String {
            "\"attributes\":[{\"key\":\"bench.id\",\"value\":{\"intValue\":\"\(number)\"}}]"
        }
        let ids = "\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"EEE19B7EC3C1B174\""
        let content =
            switch path {
            case "/v1/logs": "\"scopeLogs\":[{\"logRecords\":[{\(id(0))},{\(id(1))}]}]}]"
            case "/v1/traces": "\"scopeSpans\":[{\"spans\":[{\(ids),\(id(0))},{\(ids),\(id(1))}]}]}]"
            default:
                "\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":1,"
                    + "\"asInt\":\"7\",\(id(0))}]}}]}]}]"
            }
        let name = path == "/v1/traces" ? "resourceSpans" : path == "/v1/logs" ? "resourceLogs" : "resourceMetrics"
        return Array("{\"\(name)\":[{\(resource),\(content)}".utf8)
    }

    /// The account of the path's signal.
    func account(_ path: String) -> [UInt64] {
        let signals = sink.server.ledger.report(run: "r").signals
        return switch path {
        case "/v1/logs": [signals.logs.requests, signals.logs.distinct, signals.logs.invalid]
        case "/v1/traces": [signals.spans.requests, signals.spans.distinct, signals.spans.invalid]
        default: [signals.metrics.requests, signals.metrics.points, signals.metrics.violations]
        }
    }

    @Test(arguments: paths, [nil, "gzip"])
    func jsonIsTakenAndAnsweredInJSON(path: String, encoding: String?) throws {
        var deflater = try Deflater(format: .gzip)
        let body = encoding == nil ? jsonRequest(path) : deflater.compress(jsonRequest(path))
        let response = try send("POST", path, type: "application/json; charset=utf-8", encoding: encoding, body)
        #expect(response.status == 200)
        #expect(response.headers["Content-Type"] == "application/json")
        #expect(String(decoding: response.body, as: UTF8.self) == "{}")
        #expect(account(path) == [1, path == "/v1/metrics" ? 1 : 2, 0])
    }

    @Test(arguments: paths)
    func gzipIsTaken(path: String) throws {
        var deflater = try Deflater(format: .gzip)
        let type = "application/x-protobuf"
        let body = deflater.compress(LogsRequest.bytes(run: "r", sequences: 0..<1000))
        // A request of another signal has the same groups, so an empty one will do for the others.
        let empty = deflater.compress(LogsRequest.bytes(run: "r", ids: []))
        let isLogs = path == "/v1/logs"
        let response = try send("POST", path, type: type, encoding: "GZIP", isLogs ? body : empty)
        #expect(response.status == 200)
        #expect(account(path) == [1, isLogs ? 1000 : 0, 0])
        if isLogs { #expect(sink.server.ledger.report(run: "r").bodyBytes == UInt64(body.count)) }
    }

    @Test(arguments: paths)
    func malformedJSONIsAnsweredInJSON(path: String) throws {
        let response = try send("POST", path, type: "application/json", Array("{\"resourceLogs\":[}".utf8))
        #expect(response.status == 400)
        #expect(response.headers["Content-Type"] == "application/json")
        let status = try response.body.withUnsafeBytes { try RPCStatus(decodingJSON: $0) }
        #expect(status.message.hasPrefix("malformed JSON at byte "))
        #expect(sink.server.ledger.totals().malformedRequests == 1)
    }

    @Test func damagedGzipIsRefused() throws {
        var deflater = try Deflater(format: .gzip)
        let body = deflater.compress(LogsRequest.bytes(run: "r", ids: [0])).dropLast(3)
        let response = try post(Array(body), encoding: "gzip")
        #expect(response.status == 400)
        #expect(try status(in: response) == "malformed gzip: the compressed data end too early")
        #expect(sink.server.ledger.totals().malformedRequests == 1)
    }

    @Test("A small body that inflates beyond the limit is answered with 413, and counted nowhere")
    func bombIsRefused() throws {
        var configuration = SinkServer.defaultConfiguration
        #expect(configuration.maximumBodyBytes == 64 << 20)
        configuration.maximumBodyBytes = 100_000
        let server = SinkServer(configuration: configuration)
        try server.start()
        defer { server.stop(deadline: MonotonicClock.deadline(after: 10_000_000_000)) }
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port))
        var deflater = try Deflater(format: .gzip)
        let headers: HTTPHeaders = ["Content-Type": "application/json", "Content-Encoding": "gzip"]
        for (size, expected) in [(100_000, 400), (100_001, 413)] {
            let bomb = deflater.compress([UInt8](repeating: 0x20, count: size))
            #expect(bomb.count < 1000)
            let response = try bomb.withUnsafeBytes {
                try client.send(method: "POST", path: "/v1/traces", headers: headers, body: [$0])
            }
            #expect(response.status == expected)
            let status = try response.body.withUnsafeBytes { try RPCStatus(decodingJSON: $0) }
            if expected == 413 { #expect(status.message == "the body is larger than 100000 bytes when decompressed") }
        }
        #expect(server.ledger.totals().malformedRequests == 1)
    }

    @Test func otherCompressionsAreRefused() throws {
        let response = try post([0x1F, 0x8B], encoding: "zstd")
        #expect(response.status == 415)
        #expect(try status(in: response).contains("content encoding zstd is not supported; send gzip"))
        #expect(sink.server.ledger.totals().malformedRequests == 0)
    }

    // MARK: - Paths and methods

    @Test func unknownPathsAreNotFound() throws {
        let profiles = try send("POST", "/v1/profiles", type: "application/x-protobuf")
        #expect(profiles.status == 404)
        #expect(try status(in: profiles).contains("unknown path /v1/profiles"))
        #expect(try send("GET", "/").status == 404)
    }

    @Test(arguments: [
        ("GET", "/v1/logs", "POST"), ("PUT", "/v1/metrics", "POST"), ("POST", "/bench/ledger?run=r", "GET"),
        ("GET", "/bench/phase?run=r&name=x", "POST"),
        ("DELETE", "/bench/health", "GET"),
    ])
    func otherMethodsAreNotAllowed(method: String, path: String, allowed: String) throws {
        let response = try send(method, path)
        #expect(response.status == 405)
        #expect(response.headers["Allow"] == allowed)
    }

    // MARK: - Control

    @Test func phaseBeginsOverHTTP() throws {
        _ = try post(LogsRequest.bytes(run: "a b/ü", sequences: 0..<10))
        let response = try send("POST", "/bench/phase?run=a%20b%2F%C3%BC&name=main")
        #expect(response.status == 204)
        _ = try post(LogsRequest.bytes(run: "a b/ü", sequences: 10..<13))
        let ledger = try json("/bench/ledger?run=a%20b%2F%C3%BC")
        #expect(ledger["distinct"] as? Int == 13)
        #expect((ledger["phase"] as? [String: Any])?["name"] as? String == "main")
        #expect((ledger["phase"] as? [String: Any])?["distinct"] as? Int == 3)
    }

    @Test func runIsMadeByItsFirstPhase() throws {
        #expect(try send("POST", "/bench/phase?run=new&name=warm-up").status == 204)
        let ledger = try json("/bench/ledger?run=new")
        #expect(ledger["items"] as? Int == 0)
        #expect((ledger["phase"] as? [String: Any])?["name"] as? String == "warm-up")
    }

    @Test func unheardRunHasAnEmptyLedger() throws {
        let ledger = try json("/bench/ledger?run=never")
        #expect(ledger["run"] as? String == "never")
        #expect(ledger["items"] as? Int == 0)
        #expect((ledger["producers"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: ["/bench/ledger", "/bench/ledger?ruin=r"])
    func ledgerNeedsARun(path: String) throws {
        let response = try send("GET", path)
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains("/bench/ledger?run=ID"))
    }

    @Test(arguments: ["/bench/phase", "/bench/phase?run=r", "/bench/phase?name=main"])
    func phaseNeedsARunAndAName(path: String) throws {
        let response = try send("POST", path)
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains("run=ID&name=NAME"))
    }

    @Test func healthTellsWhatTheSinkHasDone() throws {
        _ = try post(LogsRequest.bytes(run: "r", sequences: 0..<10))
        let health = try json("/bench/health")
        #expect(health["status"] as? String == "ok")
        #expect(health["pid"] as? Int == Int(ProcessInfo.processInfo.processIdentifier))
        #expect(try #require(health["cpu_ns"] as? Int) > 0)
        #expect(health["connections"] as? Int == 1)
        #expect(health["requests"] as? Int == 2)
        #expect(health["items"] as? Int == 10)
    }

    // MARK: - Many at once

    @Test func severalConnectionsAreServedAtOnce() async throws {
        let sink = sink
        let clients = (0..<4).map { _ in sink.makeClient() }
        let threads = try clients.enumerated().map { index, client in
            try PlatformThread.start(name: "client") {
                for request in 0..<25 {
                    let start = Int64(request * 40)
                    let body = LogsRequest.bytes(run: "r", producer: index, sequences: start..<start + 40)
                    let sent = try? body.withUnsafeBytes {
                        try client.send(
                            method: "POST",
                            path: "/v1/logs",
                            headers: ["Content-Type": "application/x-protobuf"],
                            body: [$0]
                        )
                    }
                    if sent?.status != 200 { return }
                }
            }
        }
        for thread in threads { #expect(thread.join(untilMonotonic: MonotonicClock.deadline(after: 60_000_000_000))) }
        let report = sink.server.ledger.report(run: "r")
        #expect(report.distinct == 4000)
        #expect(report.duplicated == 0)
        #expect(report.producers.map(\.distinct) == [1000, 1000, 1000, 1000])
    }

    @Test func urlNamesHostAndPort() {
        #expect(sink.server.url == "http://127.0.0.1:\(sink.server.port)")
    }

    @Test func busyPortIsAnErrorWithItsReason() throws {
        var configuration = SinkServer.defaultConfiguration
        configuration.port = sink.server.port
        let error = #expect(throws: SystemError.self) { try SinkServer(configuration: configuration).start() }
        #expect(error?.reason == "address already in use")
    }
}
