import Glibc
import HarnessCore
import Platform
import TestSupport
import Testing

@testable import HTTP

@Suite struct HTTPClientTests {
    /// A client that is in no hurry, unless told otherwise.
    func client(
        port: Int,
        _ configure: (inout HTTPClientConfiguration) -> Void = { _ in }
    ) -> HTTPClient {
        var configuration = HTTPClientConfiguration()
        configuration.connectTimeoutNanoseconds = Waiting.limitNanoseconds
        configuration.requestTimeoutNanoseconds = Waiting.limitNanoseconds
        configure(&configuration)
        return HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: port), configuration: configuration)
    }

    /// Sends the shortest request.
    func get(_ client: HTTPClient) throws(HTTPClientError) -> HTTPResponse {
        try client.send(method: "GET", path: "/")
    }

    /// A server that answers every request of every connection with this text, and closes after it if asked to.
    func server(answering text: String, closing: Bool = false) throws -> ScriptedServer {
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
        // Making a large body takes long under a sanitizer on a busy machine; nobody is to take that for silence.
        let server = try TestServer { $0.idleTimeoutNanoseconds = 600_000_000_000 }
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
