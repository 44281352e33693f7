import Glibc
import Platform
import TestSupport
import Testing

@testable import HTTP

@Suite struct HTTPClientTests {
    private func client(
        port: Int,
        _ configure: (inout HTTPClientConfiguration) -> Void = { _ in }
    ) -> HTTPClient {
        var configuration = HTTPClientConfiguration()
        configuration.connectTimeoutNanoseconds = Waiting.limitNanoseconds
        configuration.requestTimeoutNanoseconds = Waiting.limitNanoseconds
        configure(&configuration)
        return HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: port), configuration: configuration)
    }

    private func get(_ client: HTTPClient) throws(HTTPClientError) -> HTTPResponse {
        try client.send(method: "GET", path: "/")
    }

    /// A server that answers every request of every connection with this text, and closes after it if asked to.
    private func server(answering text: String, closing: Bool = false) throws -> ScriptedServer {
        try ScriptedServer { socket, _ in
            while let request = try? socket.readText(until: "\r\n\r\n"), !request.isEmpty {
                try? socket.write(text)
                if closing {
                    return
                }
            }
        }
    }

    @Test("the whole request, byte for byte")
    func request() throws {
        let seen = Shared("")
        let server = try ScriptedServer { socket, _ in
            seen.set((try? socket.readText(until: "hello world")) ?? "")
            try? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let client = client(port: server.port) { $0.userAgent = "test/1" }
        let response = try ["hello", "", " ", "world"].withSegments { segments in
            try client.send(
                method: "POST",
                path: "/v1/logs?x=1",
                headers: ["Content-Type": "application/x-protobuf", "X": ""],
                body: segments
            )
        }
        #expect(response == HTTPResponse(status: 200, headers: ["Content-Length": "0"]))
        #expect(
            seen.get() == "POST /v1/logs?x=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nUser-Agent: test/1\r\n"
                + "Content-Type: application/x-protobuf\r\nX: \r\nContent-Length: 11\r\n\r\nhello world"
        )
    }

    @Test("one connection serves many requests, with bodies of all sizes")
    func keepAlive() throws {
        let server = try TestServer()
        let client = HTTPClient(endpoint: server.endpoint)
        var random = SplitMix64(seed: 9)
        for size in [0, 1, 100, 4_095, 4_096, 4_097, 65_536, 131_072, 1 << 20, 3, 4 << 20, 0] {
            let body = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            let half = body.count / 2
            let response = try body.withUnsafeBytes { bytes in
                try client.send(
                    method: "POST",
                    path: "/",
                    body: [
                        UnsafeRawBufferPointer(rebasing: bytes[..<half]),
                        UnsafeRawBufferPointer(rebasing: bytes[half...]),
                    ]
                )
            }
            #expect(response.status == 200)
            #expect(response.headers["x-length"] == "\(size)")
            #expect(response.body == body)
        }
        #expect(server.server.counters.connections == 1)
        #expect(server.server.counters.requests == 12)
    }

    @Test("statuses are answers, not errors", arguments: [204, 304, 400, 404, 429, 500, 503])
    func statuses(_ status: Int) throws {
        let server = try TestServer()
        let client = HTTPClient(endpoint: server.endpoint)
        #expect(try client.send(method: "GET", path: "/?status=\(status)").status == status)
        #expect(try client.send(method: "HEAD", path: "/").body == [])
        #expect(server.server.counters.connections == 1)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: v\r\n\r\n", "abcde"),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            "x"
        ),
        ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab", "ab"),
        ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", ""),
    ])
    func answers(_ text: String, _ body: String) throws {
        let server = try server(answering: text)
        let client = client(port: server.port)
        for _ in 0..<3 {
            let response = try get(client)
            #expect(response.status == 200)
            #expect(response.body == Array(body.utf8))
        }
        #expect(server.connections == 1)
    }

    @Test("an answer torn into single bytes")
    func tornAnswer() throws {
        let text =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        let server = try ScriptedServer { socket, _ in
            while let request = try? socket.readText(until: "\r\n\r\n"), !request.isEmpty {
                for byte in text.utf8 {
                    try? socket.write([byte])
                }
            }
        }
        let client = client(port: server.port)
        #expect(try get(client).body == Array("abc".utf8))
        #expect(try get(client).body == Array("abc".utf8))
        #expect(server.connections == 1)
    }

    @Test(
        "after answers that end with the connection, or say so, or are followed by more, another is opened",
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\nab", true),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", false),
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false),
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", true),
        ]
    )
    func reconnect(_ text: String, _ closing: Bool) throws {
        let server = try server(answering: text, closing: closing)
        let client = client(port: server.port)
        for _ in 0..<3 {
            #expect(try get(client).body == Array("ab".utf8))
        }
        #expect(server.connections == 3)
    }

    @Test(arguments: [
        ("ICY 200 OK\r\n\r\n", "malformed first line: expected a version and a status of three digits"),
        ("HTTP/1.1 101 Switching\r\n\r\n", "the server switches to a protocol that nobody asked for"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -\r\n\r\n", "Content-Length must be one decimal number"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "malformed chunked body: the size is not a hexadecimal number"
        ),
        (String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 40), "more than 32 interim answers"),
        ("HTTP/1.1 200 OK\r\nA: " + String(repeating: "a", count: 70_000), "a header section larger than 65536 bytes"),
    ])
    func malformed(_ text: String, _ reason: String) throws {
        let server = try server(answering: text)
        let error = #expect(throws: HTTPClientError.self) { try get(client(port: server.port)) }
        #expect(error?.kind == .malformedResponse(reason))
        #expect(error?.requestMayHaveArrived == true)
        #expect(error?.description == "the answer of 127.0.0.1:\(server.port) is not valid HTTP: \(reason)")
    }

    @Test(
        "answers have a limit, and one of exactly that size is taken",
        arguments: [
            "Content-Length: 11\r\n\r\n", "Content-Length: 999999999\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nB\r\n",
            "Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n", "\r\n01234567890",
        ]
    )
    func tooLarge(_ text: String) throws {
        let server = try server(answering: "HTTP/1.1 200 OK\r\n" + text)
        let error = #expect(throws: HTTPClientError.self) {
            try get(client(port: server.port) { $0.maximumResponseBodyBytes = 10 })
        }
        #expect(error?.kind == .responseTooLarge)
    }

    @Test(arguments: [
        "Content-Length: 10\r\n\r\n0123456789", "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n",
        "\r\n0123456789",
    ])
    func exactLimit(_ text: String) throws {
        let server = try server(answering: "HTTP/1.1 200 OK\r\n" + text, closing: true)
        let response = try get(client(port: server.port) { $0.maximumResponseBodyBytes = 10 })
        #expect(response.body == Array("0123456789".utf8))
    }

    @Test(
        "a connection that ends before the answer does is an error",
        arguments: [
            "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na", "HTTP/1.1 100 Continue\r\n\r\n",
        ]
    )
    func closed(_ text: String) throws {
        let server = try server(answering: text, closing: true)
        let error = #expect(throws: HTTPClientError.self) { try get(client(port: server.port)) }
        #expect(error?.kind == .connectionClosed)
        #expect(error?.requestMayHaveArrived == true)
        // The connection was new: there is no second attempt.
        #expect(server.connections == 1)
    }

    @Test("a kept connection that dies with the next request is replaced once")
    func deadConnection() throws {
        let requests = Shared(0)
        let server = try ScriptedServer { socket, number in
            while let request = try? socket.readText(until: "\r\n\r\n"), !request.isEmpty {
                let count = requests.update { count in
                    count += 1
                    return count
                }
                // The second request is read and not answered.
                guard count != 2 else { return }
                try? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(number)")
            }
        }
        let client = client(port: server.port)
        #expect(try get(client).body == Array("0".utf8))
        #expect(try get(client).body == Array("1".utf8))
        #expect(requests.get() == 3)
        #expect(server.connections == 2)
    }

    @Test("if the second connection dies too, that is the end, and the request may have arrived")
    func deadConnectionTwice() throws {
        let requests = Shared(0)
        let server = try ScriptedServer { socket, _ in
            while let request = try? socket.readText(until: "\r\n\r\n"), !request.isEmpty {
                let isFirst = requests.update { count in
                    count += 1
                    return count == 1
                }
                guard isFirst else { return }
                try? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let client = client(port: server.port)
        _ = try get(client)
        let error = #expect(throws: HTTPClientError.self) { try get(client) }
        #expect(error?.kind == .connectionClosed)
        #expect(error?.requestMayHaveArrived == true)
        #expect(requests.get() == 3)
        #expect(server.connections == 2)
    }

    @Test("a kept connection that dies within the answer is not replaced")
    func diesWithinAnswer() throws {
        let requests = Shared(0)
        let server = try ScriptedServer { socket, _ in
            while let request = try? socket.readText(until: "\r\n\r\n"), !request.isEmpty {
                let isFirst = requests.update { count in
                    count += 1
                    return count == 1
                }
                try? socket.write("HTTP/1.1 200 OK\r\nContent-Length: \(isFirst ? 0 : 5)\r\n\r\n")
                guard isFirst else { return }
            }
        }
        let client = client(port: server.port)
        _ = try get(client)
        #expect(throws: HTTPClientError.self) { try get(client) }
        #expect(requests.get() == 2)
        #expect(server.connections == 1)
    }

    @Test("a kept connection that the server has closed meanwhile is seen before anything is sent")
    func closedMeanwhile() throws {
        let server = try TestServer { $0.idleTimeoutNanoseconds = 5_000_000 }
        let client = HTTPClient(endpoint: server.endpoint)
        for count in 1...3 {
            #expect(try get(client).status == 200)
            #expect(Waiting.until { server.server.counters.openConnections == 0 })
            #expect(server.server.counters.requests == UInt64(count))
        }
    }

    @Test("an answer that comes while the body is being sent is worth more than the broken connection")
    func earlyAnswer() throws {
        let server = try TestServer { $0.maximumBodyBytes = 1_000 }
        let client = HTTPClient(endpoint: server.endpoint)
        let body = [UInt8](repeating: 0, count: 40 << 20)
        let response = try body.withUnsafeBytes { try client.send(method: "POST", path: "/", body: [$0]) }
        #expect(response.status == 413)
        #expect(try get(client).status == 200)
    }

    @Test("no answer in time", arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"])
    func timedOut(_ text: String) throws {
        let server = try server(answering: text)
        let client = client(port: server.port)
        let error = #expect(throws: HTTPClientError.self) {
            try client.send(method: "GET", path: "/", timeoutNanoseconds: 30_000_000)
        }
        #expect(error?.kind == .timedOut)
        #expect(error?.requestMayHaveArrived == true)
        #expect(error?.description == "no complete answer from 127.0.0.1:\(server.port) in time")
        // A late answer would belong to another request: the connection is not used again.
        _ = try? client.send(method: "GET", path: "/", timeoutNanoseconds: 30_000_000)
        #expect(Waiting.until { server.connections == 2 })
    }

    @Test("a body that cannot be sent in time has not arrived")
    func sendTimedOut() throws {
        let gate = Gate()
        let server = try ScriptedServer { _, _ in gate.pass() }
        let client = client(port: server.port)
        let body = [UInt8](repeating: 0, count: 64 << 20)
        let error = #expect(throws: HTTPClientError.self) {
            try body.withUnsafeBytes {
                try client.send(method: "POST", path: "/", body: [$0], timeoutNanoseconds: 50_000_000)
            }
        }
        gate.open()
        #expect(error?.kind == .timedOut)
        #expect(error?.requestMayHaveArrived == false)
    }

    @Test("nobody listens: refused, and nothing has arrived")
    func refused() throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        let port = listener.port
        listener.shutdown()
        let error = #expect(throws: HTTPClientError.self) { try get(client(port: port)) }
        guard case .connectFailed(let cause) = try #require(error).kind else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
        #expect(cause.code == ECONNREFUSED)
        #expect(error?.requestMayHaveArrived == false)
        #expect(error?.description == "cannot connect to 127.0.0.1:\(port): connection refused")
    }

    /// A listener whose queue is full: attempts to connect wait.
    private func fullListener() throws -> (listener: TCPListener, waiting: [TCPSocket]) {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 0, deadline: Waiting.deadline())
        var waiting: [TCPSocket] = []
        for _ in 0..<16 {
            let socket = try TCPSocket(for: listener.address)
            do throws(SystemError) {
                try socket.connect(to: listener.address, deadline: MonotonicClock.deadline(after: 100_000_000))
                waiting.append(socket)
            } catch {
                return (listener, waiting)
            }
        }
        throw SystemError(code: EISCONN, call: "connect", explanation: "the queue does not fill up")
    }

    @Test("no connection in time")
    func connectTimedOut() throws {
        let (listener, waiting) = try fullListener()
        let error = #expect(throws: HTTPClientError.self) {
            try get(client(port: listener.port) { $0.connectTimeoutNanoseconds = 50_000_000 })
        }
        #expect(error?.kind == .connectTimedOut)
        #expect(error?.requestMayHaveArrived == false)
        withExtendedLifetime(waiting) {}
    }

    @Test("cancelling ends a wait for an answer, and all later requests")
    func cancelWait() throws {
        let gate = Gate()
        let server = try ScriptedServer { _, _ in gate.pass() }
        let client = client(port: server.port)
        let outcome = Shared<HTTPClientError?>(nil)
        let sender = try PlatformThread.start(name: "sender") {
            do throws(HTTPClientError) {
                _ = try client.send(method: "GET", path: "/")
            } catch {
                outcome.set(error)
            }
        }
        #expect(Waiting.until { gate.arrived == 1 })
        client.cancel()
        #expect(sender.join(untilMonotonic: Waiting.deadline()))
        gate.open()
        #expect(outcome.get()?.kind == .cancelled)
        let later = #expect(throws: HTTPClientError.self) { try get(client) }
        #expect(later?.kind == .cancelled)
        #expect(later?.requestMayHaveArrived == false)
        #expect(server.connections == 1)
    }

    @Test("cancelling ends an attempt to connect, whenever it comes")
    func cancelConnect() throws {
        let (listener, waiting) = try fullListener()
        var random = SplitMix64(seed: 3)
        for _ in 0..<20 {
            let client = client(port: listener.port)
            let outcome = Shared<HTTPClientError?>(nil)
            let sender = try PlatformThread.start(name: "sender") {
                do throws(HTTPClientError) {
                    _ = try client.send(method: "GET", path: "/")
                } catch {
                    outcome.set(error)
                }
            }
            // Before, during or after the call to connect, as it comes.
            for _ in 0..<Int.random(in: 0..<2_000, using: &random) {
                _ = MonotonicClock.now()
            }
            client.cancel()
            #expect(sender.join(untilMonotonic: Waiting.deadline()))
            #expect(outcome.get()?.kind == .cancelled)
            #expect(outcome.get()?.requestMayHaveArrived == false)
        }
        withExtendedLifetime(waiting) {}
    }

    @Test("closing gives the connection up, and the next request opens another")
    func close() throws {
        let server = try TestServer()
        let client = HTTPClient(endpoint: server.endpoint)
        #expect(try get(client).status == 200)
        client.close()
        #expect(Waiting.until { server.server.counters.openConnections == 0 })
        #expect(try get(client).status == 200)
        #expect(server.server.counters.connections == 2)
    }

    @Test("two threads that send at once are stopped")
    func exclusive() async {
        await #expect(processExitsWith: .failure) {
            let gate = Gate()
            let server = try TestServer(makeHandler: { GatedHandler(gate) })
            let client = HTTPClient(endpoint: server.endpoint)
            _ = try PlatformThread.start(name: "first") { _ = try? client.send(method: "GET", path: "/") }
            _ = Waiting.until { gate.arrived == 1 }
            _ = try? client.send(method: "GET", path: "/")
            exit(0)
        }
    }

    @Test("header fields that are the client's own stop the program")
    func ownFields() async {
        await #expect(processExitsWith: .failure) {
            let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: 1))
            _ = try? client.send(method: "GET", path: "/", headers: ["content-length": "7"])
            exit(0)
        }
    }
}

extension [String] {
    /// Passes the texts' bytes as segments.
    func withSegments<Result>(_ body: ([UnsafeRawBufferPointer]) throws -> Result) rethrows -> Result {
        let buffers = map { text in
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
            buffer.copyBytes(from: text.utf8)
            return buffer
        }
        defer {
            for buffer in buffers {
                buffer.deallocate()
            }
        }
        return try body(buffers.map { UnsafeRawBufferPointer($0) })
    }
}

/// A value that threads of a test share.
final class Shared<Value>: @unchecked Sendable {
    // Sendable: `value` is touched only with `lock` held.
    private let lock = Lock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func get() -> Value {
        lock.withLock { value }
    }

    func set(_ value: Value) {
        lock.withLock { self.value = value }
    }

    func update<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.withLock { body(&value) }
    }
}
