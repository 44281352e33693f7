import Compression
import Foundation
import HTTP
import OTLP
import Platform
import TestSupport
import Testing

@testable import CollectorSink

/// What a sink says of requests that break the rules outside their messages, and of its last requests.
struct WireServerTests {
    let sink: SinkServerTests.Sink
    let client: HTTPClient

    init() throws {
        sink = try SinkServerTests.Sink()
        client = sink.makeClient()
    }

    private func post(
        _ body: [UInt8],
        type: String? = OTLPHTTP.protobufContentType,
        encoding: String? = nil,
        to path: String = "/v1/logs"
    ) throws -> HTTPResponse {
        var headers = HTTPHeaders()
        if let type { headers.append("Content-Type", type) }
        if let encoding { headers.append("Content-Encoding", encoding) }
        return try body.withUnsafeBytes { try client.send(method: "POST", path: path, headers: headers, body: [$0]) }
    }

    private var kinds: [WireViolationKind] { sink.server.ledger.violations().map(\.kind) }

    /// The message of an answer's `google.rpc.Status`, in the type that it claims.
    private func status(_ response: HTTPResponse) throws -> RPCStatus {
        try response.body.withUnsafeBytes { body in
            response.headers["Content-Type"] == OTLPHTTP.jsonContentType
                ? try RPCStatus(decodingJSON: body) : try RPCStatus(decoding: body)
        }
    }

    private func gzip(_ body: [UInt8]) throws -> [UInt8] {
        var deflater = try Deflater(format: .gzip, level: 1)
        return deflater.compress(body)
    }

    @Test("Each refusal is a Status in the request's type, and a violation", arguments: ["protobuf", "json"])
    func refusals(encoding: String) throws {
        let type = "application/" + (encoding == "json" ? "json" : "x-protobuf")
        let valid = encoding == "json" ? Array("{}".utf8) : []
        let gzip = try gzip(valid + valid)
        let cases: [(body: [UInt8], type: String?, encoding: String?, status: Int, kind: WireViolationKind)] = [
            ([0x0A], type, nil, 400, .malformedBody),
            ([1, 2, 3], type, "gzip", 400, .gzipMalformed),
            (gzip.dropLast(4) + [], type, "gzip", 400, .gzipMalformed),
            (gzip + [0], type, "gzip", 400, .gzipMalformed),
            (valid, type, "br", 415, .contentEncoding),
        ]
        for (index, one) in cases.enumerated() {
            let response = try post(one.body, type: one.type, encoding: one.encoding)
            #expect(response.status == one.status, "case \(index)")
            #expect(response.headers["Content-Type"] == type)
            #expect(try !status(response).message.isEmpty)
            #expect(kinds.contains(one.kind), "case \(index): \(kinds)")
        }
        let wrong = try post(valid, type: "text/\(encoding)")
        #expect(wrong.status == 415 && kinds.contains(.contentType))
        #expect(try status(wrong).message.contains("text/\(encoding)"))
    }

    @Test(
        "Bodies above the limit get 413 and a Status, before and after they are inflated",
        arguments: ["json", "x-protobuf"]
    )
    func tooLarge(subtype: String) throws {
        let type = "application/\(subtype)"
        var head = HTTPHeaders()
        head.append("Content-Type", type)
        #expect(SinkServer.defaultConfiguration.maximumBodyBytes == 64 << 20)
        // The same path with a limit that a build without optimisation reaches soon.
        var configuration = SinkServer.defaultConfiguration
        let limit = 64 << 10
        configuration.maximumBodyBytes = limit
        let server = SinkServer(configuration: configuration)
        try server.start()
        defer { server.stop(deadline: MonotonicClock.deadline(after: 10_000_000_000)) }
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port))
        let bomb = try gzip([UInt8](repeating: 0, count: limit + 1))
        var compressed = head
        compressed.append("Content-Encoding", "gzip")
        let inflated = try bomb.withUnsafeBytes {
            try client.send(method: "POST", path: "/v1/logs", headers: compressed, body: [$0])
        }
        #expect(inflated.status == 413 && inflated.headers["Content-Type"] == type)
        #expect(try status(inflated).message.contains("\(limit)"))

        let body = [UInt8](repeating: 0, count: limit + 1)
        let response = try body.withUnsafeBytes {
            try client.send(method: "POST", path: "/v1/logs", headers: head, body: [$0])
        }
        #expect(response.status == 413 && response.headers["Content-Type"] == type)
        #expect(try status(response).message.contains("\(limit)"))
        #expect(server.ledger.violations().map(\.kind) == [.bodyTooLarge, .inflatedTooLarge])
    }

    @Test func json() throws {
        func send(_ record: String) throws -> Int {
            let name = #"{"key":"service.name","value":{"stringValue":"a"}}"#
            let resource = #""resource":{"attributes":[\#(name)]}"#
            let scope = #""scopeLogs":[{"scope":{"name":"b"},"logRecords":[{"timeUnixNano":"1",\#(record)}]}]"#
            let text = #"{"resourceLogs":[{\#(resource),\#(scope)}]}"#
            return try post(Array(text.utf8), type: OTLPHTTP.jsonContentType).status
        }
        #expect(try send(#""severityNumber":9,"traceId":"0102030405060708090a0b0c0d0e0fFF""#) == 200)
        #expect(kinds == [])
        #expect(try send(#""severityNumber":"SEVERITY_NUMBER_INFO""#) == 400)
        #expect(try send(#""severity_number":9"#) == 200)
        #expect(try send(#""eventName":9"#) == 400)
        #expect(try send(#""traceId":"0102""#) == 200)
        #expect(try send(#""spanId":"0000000000000000""#) == 200)
        let attribute = #"{"key":"k","value":{"intValue":"1"}}"#
        #expect(try send(#""attributes":[\#(attribute),\#(attribute)]"#) == 200)
        #expect(kinds == [.idWidth, .idZero, .unknownField, .fieldType, .enumName, .duplicateKey])
        let unknown = try #require(sink.server.ledger.violations().first { $0.kind == .unknownField })
        #expect(unknown.seen.hasPrefix("OTLP has no member logRecord.severity_number at byte "))
    }

    @Test func requests() throws {
        #expect(try post(WireCheckTests.log()).status == 200)
        #expect(try post([0x0A]).status == 400)
        let first = try client.send(method: "GET", path: "/bench/requests", headers: HTTPHeaders(), body: [])
        #expect(first.headers["Content-Type"] == "application/json")
        let all = try JSONDecoder().decode([RequestRecord].self, from: Data(first.body))
        #expect(all.map(\.status) == [200, 400] && all.map(\.items) == [1, 0])
        #expect(all.map(\.wireBytes) == [WireCheckTests.log().count, 1])
        #expect(all.map(\.number) == [1, 2] && all[1].violations == 1 && all[0].fault == nil)
        let last = try client.send(method: "GET", path: "/bench/requests?last=1", headers: HTTPHeaders(), body: [])
        #expect(try JSONDecoder().decode([RequestRecord].self, from: Data(last.body)).map(\.status) == [400])
        for bad in ["0", "257", "x", "", "-1"] {
            let answer = try client.send(
                method: "GET",
                path: "/bench/requests?last=\(bad)",
                headers: HTTPHeaders(),
                body: []
            )
            #expect(answer.status == 400)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("no number from 1 to 256"))
        }
    }

    @Test("The list of requests keeps the last 256 and their order")
    func ring() {
        let log = RequestLog()
        for number in 1...300 {
            log.append(
                RequestRecord(
                    HTTPRequestHead(method: "POST", target: "/v1/logs"),
                    number: UInt64(number),
                    timeUnixNano: 0
                )
            )
        }
        #expect(log.last(256).map(\.number) == Array(45...300))
        #expect(log.last(2).map(\.number) == [299, 300])
    }
}
