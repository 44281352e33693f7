import Platform
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import TelemetryURLSession

/// The transport against scripted servers; what TLS adds is tested by `CertificateTests`.
struct URLSessionTransportTests {
    private func transport(_ server: ScriptedServer, timeout: Duration = .seconds(30)) throws -> URLSessionTransport {
        try URLSessionTransport(url: "http://127.0.0.1:\(server.port)/v1/logs", requestTimeout: timeout)
    }

    /// Answers each request of a connection with the same text; requests end with `end`.
    private func server(_ answer: String, requests: Requests = Requests()) throws -> ScriptedServer {
        try ScriptedServer { socket, _ in
            while let request = try? socket.readText(until: "end"), request.hasSuffix("end") {
                requests.texts.withLock { $0.append(request) }
                try? socket.write(answer)
            }
        }
    }

    private final class Requests: Sendable {
        let texts = Mutex<[String]>([])
    }

    private func post(_ transport: URLSessionTransport, _ parts: String...) throws -> SecureTransportAnswer {
        let whole = parts.map { Array($0.utf8) }
        func withBuffers(
            _ rest: ArraySlice<[UInt8]>,
            _ buffers: [UnsafeRawBufferPointer]
        ) throws -> SecureTransportAnswer {
            guard let first = rest.first else {
                let headers = [(name: "Content-Type", value: "application/x-protobuf"), (name: "X", value: "y")]
                return try transport.post(body: buffers, headers: headers)
            }
            return try first.withUnsafeBytes { try withBuffers(rest.dropFirst(), buffers + [$0]) }
        }
        return try withBuffers(whole[...], [])
    }

    @Test func aRequestIsPostedAndItsAnswerReturned() throws {
        let requests = Requests()
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 3\r\n\r\nxyz"
        let server = try server(answer, requests: requests)
        let transport = try transport(server)
        for _ in 0..<2 {
            let answer = try post(transport, "one ", "two ", "end")
            #expect(answer.status == 200 && answer.contentType == "a/b" && answer.retryAfter == nil)
            #expect(answer.body == Array("xyz".utf8))
        }
        let texts = requests.texts.withLock { $0 }
        #expect(texts.count == 2 && server.connections == 1)
        let text = try #require(texts.first)
        #expect(text.hasPrefix("POST /v1/logs HTTP/1.1\r\n") && text.hasSuffix("\r\n\r\none two end"))
        #expect(text.contains("Content-Type: application/x-protobuf\r\n") && text.contains("X: y\r\n"))
        #expect(text.contains("Content-Length: 11\r\n"))
    }

    @Test func failuresOfTheBackendAreAnswers() throws {
        let server = try server("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n")
        let answer = try post(transport(server), "end")
        #expect(answer.status == 503 && answer.retryAfter == "7" && answer.body.isEmpty)
    }

    @Test func redirectsAreNotFollowed() throws {
        let other = try server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let server = try server(
            "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n"
        )
        #expect(try post(transport(server), "end").status == 307)
        #expect(other.connections == 0)
    }

    @Test func aHugeAnswerIsRefused() throws {
        let body = String(repeating: "x", count: Exchange.bodyLimit + 1)
        let server = try server("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let error = #expect(throws: SecureTransportError.self) { try post(transport(server), "end") }
        #expect(error?.isRetryable == false && error?.description.contains("4194304 bytes") == true)
    }

    @Test func aBackendThatIsNotThereMayBeThereLater() throws {
        let port = try ScriptedServer { _, _ in }.port
        let transport = try URLSessionTransport(url: "https://127.0.0.1:\(port)/", requestTimeout: .seconds(30))
        let error = #expect(throws: SecureTransportError.self) { try post(transport, "end") }
        #expect(error?.isRetryable == true)
    }

    @Test func aSilentBackendTimesOut() throws {
        let server = try ScriptedServer { socket, _ in _ = try? socket.readText() }
        // How far a request gets in that time depends on the machine; that it ends, and may be repeated, does not.
        let transport = try transport(server, timeout: .milliseconds(50))
        let error = #expect(throws: SecureTransportError.self) { try post(transport, "end") }
        #expect(error?.isRetryable == true)
    }

    @Test func cancelEndsARequestForGood() throws {
        let server = try ScriptedServer { socket, _ in _ = try? socket.readText() }
        let transport = try transport(server)
        let caller = try PlatformThread.start(name: "caller") {
            #expect(throws: SecureTransportError.self) { try post(transport, "end") }
        }
        #expect(Waiting.until { server.connections == 1 })
        transport.cancel()
        caller.join()
        #expect(throws: SecureTransportError.self) { try post(transport, "end") }
    }

    @Test func whatIsNoURLIsRefused() {
        let error = #expect(throws: SecureTransportError.self) {
            try URLSessionTransport(url: "https://", requestTimeout: .seconds(1))
        }
        #expect(error?.isRetryable == false)
    }
}
