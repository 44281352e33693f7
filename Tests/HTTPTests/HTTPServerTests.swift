import Platform
import TestSupport
import Testing

@testable import HTTP

@Suite struct HTTPServerTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let lastGet = "GET /z HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    /// An answer without its `Date` field, which must be there and well-formed.
    private func withoutDate(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).filter { line in
            guard line.hasPrefix("Date: ") else { return true }
            #expect(line.hasSuffix(" GMT") && line.utf8.count == 35, sourceLocation: sourceLocation)
            return false
        }.joined(separator: "\r\n")
    }

    @Test("the whole answer, byte for byte but for the date")
    func answer() throws {
        let answer = try TestServer().exchange(
            "POST /v1/logs?x=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
        )
        #expect(answer.contains("\r\nDate: "))
        #expect(
            withoutDate(answer) == "HTTP/1.1 200 OK\r\nX-Method: POST\r\nX-Target: /v1/logs?x=1\r\nX-Length: 5\r\n"
                + "Content-Length: 5\r\nConnection: close\r\n\r\nhello"
        )
    }

    @Test("a request torn into single bytes is one request")
    func tornReads() throws {
        let server = try TestServer()
        let socket = try server.connect()
        let text =
            "\r\nPOST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0A\r\n0123456789\r\n0\r\nT: v\r\n\r\n"
        for byte in text.utf8 {
            try socket.write([byte])
        }
        #expect(try socket.readText(until: "abc0123456789").contains("X-Length: 13\r\n"))
        #expect(server.server.counters.requests == 1)
    }

    @Test("requests sent at once are answered in their order")
    func pipelining() throws {
        let server = try TestServer()
        let post = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
        let chunked = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nch\r\n1\r\nu\r\n0\r\n\r\n"
        let answer = try server.exchange(Self.get + post + chunked + post + Self.lastGet + Self.get)
        let targets = answer.split(separator: "\r\n").filter { $0.hasPrefix("X-Target: ") }
        // After the request that asks to close, nothing is answered.
        #expect(targets == ["/a", "/b", "/c", "/b", "/z"].map { "X-Target: \($0)" })
        #expect(answer.contains("\r\n\r\nbodyHTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("\r\n\r\nchuHTTP/1.1 200 OK\r\n"))
        let counters = server.server.counters
        #expect(counters.requests == 5)
        #expect(counters.connections == 1)
        #expect(counters.failedRequests == 0)
    }

    @Test("100 Continue is sent when the client waits for it, before the body")
    func expectContinue() throws {
        let server = try TestServer()
        let socket = try server.connect()
        try socket.write("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        #expect(try socket.readText(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try socket.write("body")
        #expect(try socket.readText(until: "body").hasPrefix("HTTP/1.1 200 OK\r\n"))
        try socket.write("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n")
        #expect(try socket.readText(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try socket.write("4\r\nmore\r\n0\r\n\r\n")
        #expect(try socket.readText(until: "more").hasPrefix("HTTP/1.1 200 OK\r\n"))
        // With the body on its way there is nothing to wait for.
        try socket.write("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\nx")
        #expect(try socket.readText(until: "x").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test("a body that is too large is refused without 100 Continue")
    func expectContinueRefused() throws {
        let server = try TestServer { $0.maximumBodyBytes = 10 }
        let answer = try server.exchange(
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n"
        )
        #expect(answer.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
    }

    @Test("HEAD has the length of a body that is not sent; 204 and 304 have none")
    func withoutBody() throws {
        let server = try TestServer()
        let body = "Content-Length: 2\r\nConnection: close\r\n\r\nab"
        let head = try server.exchange("HEAD / HTTP/1.1\r\nHost: x\r\n\(body)")
        #expect(head.contains("\r\nContent-Length: 2\r\n") && head.hasSuffix("\r\n\r\n"))
        for status in ["204 No Content", "304 Not Modified"] {
            let answer = try server.exchange("POST /?status=\(status.prefix(3)) HTTP/1.1\r\nHost: x\r\n\(body)")
            #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n") && answer.hasSuffix("\r\n\r\n"))
            #expect(!answer.contains("Content-Length"))
        }
    }

    @Test("HTTP/1.0 closes unless it asks to keep the connection")
    func oldVersion() throws {
        let server = try TestServer()
        let closing = try server.exchange("GET / HTTP/1.0\r\n\r\n" + Self.get)
        #expect(closing.contains("\r\nConnection: close\r\n"))
        #expect(closing.components(of: "HTTP/1.1 200 OK") == 1)
        let keeping = try server.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + Self.get)
        #expect(keeping.contains("\r\nConnection: keep-alive\r\n"))
        #expect(keeping.components(of: "HTTP/1.1 200 OK") == 2)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", "400 Bad Request", "an HTTP/1.1 request needs exactly one Host field"),
        ("GET /\r\n\r\n", "400 Bad Request", "malformed first line: expected a method, a target and a version"),
        ("\u{16}\u{3}\u{1}\u{2}", "400 Bad Request", "the request does not begin with a method"),
        ("GET / HTTP/2.0\r\n\r\n", "505 HTTP Version Not Supported", "only HTTP/1.0 and HTTP/1.1 are supported"),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "501 Not Implemented",
            "the only supported transfer coding is chunked"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: x\r\n\r\n", "417 Expectation Failed",
            "the only supported expectation is 100-continue"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n", "413 Content Too Large",
            "the body is larger than 100 bytes"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", "413 Content Too Large",
            "the body is larger than 100 bytes"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n64\r\nb",
            "413 Content Too Large",
            "the body is larger than 100 bytes"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "400 Bad Request",
            "malformed chunked body: the size is not a hexadecimal number"
        ),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 1_000),
            "431 Request Header Fields Too Large", "the header section is larger than 1000 bytes"
        ),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 1_000) + "\r\n\r\n",
            "431 Request Header Fields Too Large", "the header section is larger than 1000 bytes"
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: "
                + String(repeating: "a", count: 1_000), "431 Request Header Fields Too Large",
            "the trailer section is too large"
        ),
    ])
    func refusals(_ request: String, _ status: String, _ reason: String) throws {
        let server = try TestServer {
            $0.maximumHeaderBytes = 1_000
            $0.maximumBodyBytes = 100
        }
        let answer = try server.exchange(request)
        #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n"))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n\(reason)\n"))
        #expect(server.server.counters.failedRequests == 1)
        #expect(server.server.counters.requests == 0)
        // It lives on.
        #expect(try server.exchange(Self.lastGet).hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test("bodies and heads of exactly the limits are taken")
    func limits() throws {
        let fields = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nConnection: close\r\nA: "
        let filler = String(repeating: "a", count: 500 - fields.utf8.count - 4)
        let server = try TestServer {
            $0.maximumHeaderBytes = 500
            $0.maximumBodyBytes = 100
        }
        let body = String(repeating: "b", count: 100)
        #expect(try server.exchange("\(fields)\(filler)\r\n\r\n\(body)").hasSuffix("\r\n\r\n\(body)"))
    }

    @Test("a refusal reaches a client that goes on sending for a while")
    func refusalIsRead() throws {
        let server = try TestServer { $0.maximumBodyBytes = 1_000 }
        let socket = try server.connect()
        try socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n")
        try socket.write([UInt8](repeating: 0, count: 4_000_000))
        #expect(try socket.readText().hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
    }

    @Test(
        "a request that does not arrive in time is answered with 408",
        arguments: [
            "GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        ]
    )
    func requestTimeout(_ beginning: String) throws {
        let server = try TestServer { $0.requestTimeoutNanoseconds = 30_000_000 }
        let socket = try server.connect()
        try socket.write(beginning)
        let answer = try socket.readText()
        #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nthe request did not arrive in time\n"))
    }

    @Test("a silent connection is closed without a word, also after a request")
    func idleTimeout() throws {
        let server = try TestServer { $0.idleTimeoutNanoseconds = 30_000_000 }
        let silent = try server.connect()
        #expect(try silent.readText() == "")
        let socket = try server.connect()
        try socket.write(Self.get)
        let answer = try socket.readText()
        #expect(answer.components(of: "HTTP/1.1 ") == 1)
        #expect(server.server.counters.failedRequests == 0)
    }

    @Test("a client that goes in the midst of a request harms nobody")
    func abandoned() throws {
        let server = try TestServer()
        #expect(try server.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc") == "")
        #expect(try server.exchange("POST / HT") == "")
        #expect(try server.exchange("") == "")
        #expect(try server.exchange(Self.lastGet).hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(server.server.counters.requests == 1)
    }

    @Test("connections over the cap are told so, and others take their place when they go")
    func cap() throws {
        let server = try TestServer { $0.maximumConnections = 2 }
        let held = try [server.connect(), server.connect()]
        for socket in held {
            try socket.write(Self.get)
            _ = try socket.readText(until: "\r\n\r\n")
        }
        for _ in 0..<3 {
            let answer = try server.exchange(Self.lastGet)
            #expect(answer.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
            #expect(answer.contains("\r\nRetry-After: 1\r\n"))
            #expect(answer.hasSuffix("\r\n\r\ntoo many open connections\n"))
            #expect(answer.contains("\r\nContent-Length: \("too many open connections\n".utf8.count)\r\n"))
        }
        #expect(server.server.counters.rejectedConnections == 3)
        #expect(server.server.counters.openConnections == 2)
        held[0].shutdown()
        #expect(try Waiting.until { try server.exchange(Self.lastGet).hasPrefix("HTTP/1.1 200 OK\r\n") })
        #expect(server.server.counters.openConnections <= 2)
    }

    @Test("many connections come and go, and none is left")
    func churn() throws {
        let server = try TestServer()
        for _ in 0..<200 {
            #expect(try server.exchange(Self.lastGet).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        #expect(server.server.counters.connections == 200)
        #expect(Waiting.until { server.server.counters.openConnections == 0 })
        #expect(server.server.stop(deadline: Waiting.deadline()))
    }

    @Test("stopping ends idle connections and lets a request at hand finish")
    func gracefulStop() throws {
        let gate = Gate()
        let server = try TestServer(makeHandler: { GatedHandler(gate) })
        let idle = try server.connect()
        let busy = try server.connect()
        try busy.write(Self.get)
        #expect(Waiting.until { gate.arrived == 1 })
        #expect(Waiting.until { server.server.counters.openConnections == 2 })
        let stopped = Gate()
        let stopper = try PlatformThread.start(name: "stop") {
            if server.server.stop(deadline: Waiting.deadline()) {
                stopped.open()
            }
        }
        #expect(try idle.readText() == "")
        gate.open()
        let answer = try busy.readText()
        #expect(answer.hasSuffix("\r\n\r\ndone\n"))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(stopper.join(untilMonotonic: Waiting.deadline()))
        stopped.pass()
        #expect(throws: SystemError.self) { try server.connect() }
        // Once more does no harm.
        #expect(server.server.stop(deadline: 0))
    }

    @Test("stopping cuts off a request that does not arrive, and says when a handler does not return")
    func forcedStop() throws {
        let server = try TestServer()
        let slow = try server.connect()
        try slow.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc")
        #expect(Waiting.until { server.server.counters.openConnections == 1 })
        #expect(server.server.stop(deadline: MonotonicClock.deadline(after: 1_000_000_000)))
        #expect(try slow.readText() == "")

        let gate = Gate()
        let stuck = try TestServer(makeHandler: { GatedHandler(gate) })
        let socket = try stuck.connect()
        try socket.write(Self.get)
        #expect(Waiting.until { gate.arrived == 1 })
        #expect(!stuck.server.stop(deadline: MonotonicClock.deadline(after: 20_000_000)))
        gate.open()
        #expect(stuck.server.stop(deadline: Waiting.deadline()))
    }

    @Test("a port in use is an error; a server that never started can be stopped")
    func portInUse() throws {
        let server = try TestServer()
        var configuration = HTTPServerConfiguration()
        configuration.port = server.server.port
        let second = HTTPServer(configuration: configuration) { EchoHandler() }
        let error = #expect(throws: SystemError.self) { try second.start() }
        #expect(error?.description == "bind 127.0.0.1:\(server.server.port): address already in use (errno 98)")
        #expect(second.stop(deadline: 0))
    }

    @Test("a handler is made for each connection, and the body lies in the connection's own buffer")
    func handlers() throws {
        final class AddressHandler: HTTPConnectionHandler {
            private var addresses: Set<UInt> = []

            func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
                addresses.insert(UInt(bitPattern: body.baseAddress))
                return HTTPResponse(status: 200, headers: ["X-Addresses": String(addresses.count)])
            }
        }
        let server = try TestServer(makeHandler: { AddressHandler() })
        for _ in 0..<2 {
            let client = HTTPClient(endpoint: server.endpoint)
            let body = [UInt8](repeating: 1, count: 40_000)
            for _ in 0..<20 {
                let response = try body.withUnsafeBytes { try client.send(method: "POST", path: "/", body: [$0]) }
                // Bodies of one size, behind heads of one size, are delivered where they were before.
                #expect(response.headers["X-Addresses"] == "1")
            }
        }
    }
}

extension String {
    /// How often a text occurs.
    func components(of text: String) -> Int {
        ranges(of: text).count
    }
}
