import Compression
import Foundation
import HTTP
import OTLP
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Telemetry

/// The client against a real server on the loopback interface.
struct OTLPTransportTests {
    @Test func requestsAreOTLPOverHTTP() throws {
        let backend = try Backend()
        var configuration = backend.configuration
        configuration.projectVersion = "1.2.3"
        configuration.resourceAttributes = ["deployment.environment.name": "test"]
        let telemetry = try Telemetry(configuration: configuration)
        telemetry.trackEvent("order.created", ["index": 7])
        telemetry.trackEvent("order.paid")
        #expect(telemetry.shutdown(timeout: .seconds(30)) == .success)

        let request = try #require(backend.requests.count == 1 ? backend.requests.first : nil)
        #expect(request.method == "POST" && request.path == "/base/v1/logs")
        #expect(request.contentType == "application/x-protobuf")
        #expect(request.userAgent == "OTel-OTLP-Exporter-Swift/\(Telemetry.sdkVersion)")
        let logs = try DecodedLogs(decoding: request.body)
        let resource = try #require(logs.resources.first)
        let attributes = Dictionary(uniqueKeysWithValues: resource.attributes.map { ($0.key, $0.value) })
        #expect(attributes["service.name"] == .string("tests"))
        #expect(attributes["service.version"] == .string("1.2.3"))
        #expect(attributes["telemetry.sdk.language"] == .string("swift"))
        #expect(attributes["telemetry.sdk.name"] == .string(Telemetry.sdkName))
        #expect(attributes["telemetry.sdk.version"] == .string(Telemetry.sdkVersion))
        #expect(attributes["deployment.environment.name"] == .string("test"))
        #expect(resource.scopes.map(\.name) == [Telemetry.sdkName])
        #expect(logs.logRecords.map(\.eventName) == ["order.created", "order.paid"])
        #expect(logs.logRecords.first?["index"] == .int(7))
    }

    @Test(arguments: [ProtocolFormat.protobuf, .json], [ExportCompression.none, .gzip])
    func everySignalHasItsPathAndFormat(format: ProtocolFormat, compression: ExportCompression) throws {
        let backend = try Backend()
        var configuration = backend.configuration
        configuration.protocolFormat = format
        configuration.compression = compression
        configuration.compressionThreshold = 0
        configuration.headers = ["X-Tenant": "a", "Content-Type": "text/plain", "user-agent": "mine"]
        configuration.traces.headers = ["X-Tenant": "b"]
        let telemetry = try Telemetry(configuration: configuration)
        telemetry.trackEvent("e", ["text": "say \"hi\"\n"])
        telemetry.startSpan("s", attributes: ["a": 1]).end()
        telemetry.makeCounter("c").add(3)
        #expect(telemetry.shutdown(timeout: .seconds(30)) == .success)

        let requests = Dictionary(uniqueKeysWithValues: backend.requests.map { ($0.path, $0) })
        #expect(Set(requests.keys) == ["/base/v1/logs", "/base/v1/traces", "/base/v1/metrics"])
        #expect(requests["/base/v1/logs"]?.tenant == "a" && requests["/base/v1/traces"]?.tenant == "b")
        for (path, request) in requests {
            #expect(request.userAgent == "OTel-OTLP-Exporter-Swift/\(Telemetry.sdkVersion)")
            #expect(request.contentType == (format == .json ? "application/json" : "application/x-protobuf"))
            #expect(request.contentEncoding == (compression == .gzip ? "gzip" : nil))
            var body = request.body
            if compression == .gzip {
                var inflater = try Inflater(format: .gzip)
                body = try inflater.decompress(body, limit: 1 << 20)
            }
            if format == .json {
                let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
                #expect(object?.keys.first?.hasPrefix("resource") == true, "\(path)")
            } else {
                switch path {
                case "/base/v1/logs": #expect(try DecodedLogs(decoding: body).items.map(\.eventName) == ["e"])
                case "/base/v1/traces": #expect(try DecodedTraces(decoding: body).items.map(\.name) == ["s"])
                default: #expect(try DecodedMetrics(decoding: body).items.map(\.name) == ["c"])
                }
            }
        }
    }

    @Test func smallBodiesAreNotCompressed() throws {
        let backend = try Backend()
        var configuration = backend.configuration
        configuration.compression = .gzip
        let telemetry = try Telemetry(configuration: configuration)
        telemetry.trackEvent("e")
        telemetry.flush(timeout: .seconds(30))
        telemetry.trackEvent("e", ["text": .string(String(repeating: "x", count: 1024))])
        telemetry.flush(timeout: .seconds(30))
        #expect(backend.requests.map(\.contentEncoding) == [nil, "gzip"])
    }

    @Test(
        arguments: [
            ("{}", 0), (#"{"partialSuccess":{}}"#, 0), (#"{"partialSuccess":null}"#, 0),
            (#" { "partialSuccess" : { "errorMessage": "a \"b\" }", "rejectedSpans": "5" } } "#, 5),
            (#"{"other":[1,{"x":[]}],"partialSuccess":{"rejectedDataPoints":7}}"#, 7),
        ]
    )
    func partialSuccessIsReadFromJSON(text: String, rejected: Int) {
        let response = HTTPResponse(
            status: 200,
            headers: ["Content-Type": "application/json; charset=utf-8"],
            body: Array(text.utf8)
        )
        #expect(OTLPTransport.answer(to: response, wallClock: 0) == .accepted(rejectedItems: rejected))
    }

    @Test(arguments: ["{", "[]", "<html>", #"{"a":}"#, #"{"partialSuccess":{"rejectedSpans":"x"}}"#, "{} {}"])
    func garbageInJSONAcknowledgesNothing(text: String) {
        let response = HTTPResponse(
            status: 200,
            headers: ["Content-Type": "application/json"],
            body: Array(text.utf8)
        )
        guard case .rejected = OTLPTransport.answer(to: response, wallClock: 0) else {
            Issue.record("\(text) is not an acknowledgement")
            return
        }
    }

    @Test func aBackendThatIsBusyIsAskedAgain() throws {
        let backend = try Backend(statuses: [503, 429])
        let telemetry = try Telemetry(configuration: backend.configuration)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: .seconds(30)) == .success)
        #expect(backend.requests.count == 3)
        #expect(Set(backend.requests.map(\.body)).count == 1)
    }

    @Test func aBackendThatRefusesIsNot() throws {
        let backend = try Backend(statuses: [400])
        let telemetry = try Telemetry(configuration: backend.configuration)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: .seconds(30)) == .failure(lostItems: 1))
        #expect(backend.requests.count == 1)
        #expect(telemetry.status.lastFailure == "the backend answered 400")
    }

    @Test func aBackendThatIsNotThereIsCountedInTheEnd() throws {
        var configuration = testConfiguration { $0.endpoint = "http://127.0.0.1:1" }
        configuration.retry.maximumElapsed = .milliseconds(20)
        let telemetry = try Telemetry(configuration: configuration)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: .seconds(30)) == .failure(lostItems: 1))
        #expect(telemetry.status.dropped == [.retriesExhausted: 1])
        #expect(telemetry.status.lastFailure == "cannot connect to 127.0.0.1:1: connection refused")
        #expect(telemetry.status.retries > 0)
    }

    @Test func shutdownGivesUpOnABackendThatNeverAnswers() throws {
        let server = try ScriptedServer { socket, _ in
            // Reads until the client closes the connection, and says nothing.
            while let bytes = try? socket.readSome(), !bytes.isEmpty {}
        }
        let telemetry = try Telemetry(
            configuration: testConfiguration { $0.endpoint = "http://127.0.0.1:\(server.port)" }
        )
        telemetry.trackEvent("e")
        #expect(telemetry.shutdown(timeout: .milliseconds(50)) == .timedOut(pendingItems: 1))
        #expect(Waiting.until { telemetry.status.dropped == [.shutdownTimedOut: 1] })
    }

    @Test(
        arguments: [
            (200, "", [], ExportAnswer.accepted(rejectedItems: 0)),
            (202, "", [], .accepted(rejectedItems: 0)),
            // ExportLogsServiceResponse { partial_success { rejected_log_records: 5, error_message: "no" } }
            (200, "", [0x0A, 0x06, 0x08, 0x05, 0x12, 0x02, 0x6E, 0x6F], .accepted(rejectedItems: 5)),
            (429, "7", [], .retryable(reason: "the backend answered 429", retryAfter: 7_000_000_000)),
            (502, "", [], .retryable(reason: "the backend answered 502", retryAfter: nil)),
            (503, "later", [], .retryable(reason: "the backend answered 503", retryAfter: nil)),
            (504, "", [], .retryable(reason: "the backend answered 504", retryAfter: nil)),
            (400, "", [], .rejected(reason: "the backend answered 400")),
            (401, "", [], .rejected(reason: "the backend answered 401")),
            (404, "", [], .rejected(reason: "the backend answered 404")),
            (413, "", [], .tooLarge(reason: "the backend answered 413")),
            (500, "9", [], .rejected(reason: "the backend answered 500")),
            (302, "", [], .rejected(reason: "the backend answered 302")),
        ] as [(Int, String, [UInt8], ExportAnswer)]
    )
    func statusesMeanWhatTheSpecificationSays(status: Int, retryAfter: String, body: [UInt8], expected: ExportAnswer) {
        let headers: HTTPHeaders = retryAfter.isEmpty ? [:] : ["Retry-After": retryAfter]
        let response = HTTPResponse(status: status, headers: headers, body: body)
        #expect(OTLPTransport.answer(to: response, wallClock: 0) == expected)
    }

    @Test func somethingElseThanAReceiverAcknowledgesNothing() {
        let response = HTTPResponse(status: 200, body: Array("<html>".utf8))
        guard case .rejected(let reason) = OTLPTransport.answer(to: response, wallClock: 0) else {
            Issue.record("a page of HTML is not an acknowledgement")
            return
        }
        #expect(reason.hasPrefix("the backend answered 200 with something that is not OTLP"))
    }
}

/// A receiver that keeps what it gets and answers as told.
private final class Backend: Sendable {
    struct Request {
        var method: String
        var path: String
        var contentType: String?
        var userAgent: String?
        var contentEncoding: String?
        var tenant: String?
        var body: [UInt8]
    }

    private struct State {
        var statuses: [Int]
        var requests: [Request] = []
    }

    private final class Handler: HTTPConnectionHandler {
        private let record: (Request) -> Int

        init(_ record: @escaping (Request) -> Int) {
            self.record = record
        }

        func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
            let request = Request(
                method: head.method,
                path: head.path,
                contentType: head.headers["Content-Type"],
                userAgent: head.headers["User-Agent"],
                contentEncoding: head.headers["Content-Encoding"],
                tenant: head.headers["X-Tenant"],
                body: Array(body)
            )
            return HTTPResponse(status: record(request))
        }
    }

    private final class Shared: Sendable {
        let state: Mutex<State>

        init(_ statuses: [Int]) {
            state = Mutex(State(statuses: statuses))
        }
    }

    private let shared: Shared
    private let server: HTTPServer

    /// Answers with the statuses in their order, then with 200.
    init(statuses: [Int] = []) throws {
        let shared = Shared(statuses)
        self.shared = shared
        server = HTTPServer(configuration: HTTPServerConfiguration()) {
            Handler { request in
                shared.state.withLock { state in
                    state.requests.append(request)
                    return state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
                }
            }
        }
        try server.start()
    }

    deinit {
        _ = server.stop(deadline: Waiting.deadline())
    }

    var requests: [Request] {
        shared.state.withLock { $0.requests }
    }

    var configuration: TelemetryConfiguration {
        testConfiguration { $0.endpoint = "http://127.0.0.1:\(server.port)/base" }
    }
}
