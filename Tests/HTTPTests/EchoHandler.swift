import HTTP
import Platform
import TestSupport

/// Answers with what it received: the body, and in header fields the method, the target and the body's length.
final class EchoHandler: HTTPConnectionHandler {
    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        HTTPResponse(
            status: Int(head.query("status") ?? "") ?? 200,
            headers: ["X-Method": head.method, "X-Target": head.target, "X-Length": String(body.count)],
            body: Array(body)
        )
    }
}

/// A running server for a test, stopped when the object goes.
final class TestServer: Sendable {
    let server: HTTPServer

    /// Starts a server on a port of its own.
    init(
        _ configure: (inout HTTPServerConfiguration) -> Void = { _ in },
        makeHandler: @escaping @Sendable () -> any HTTPConnectionHandler = { EchoHandler() }
    ) throws {
        var configuration = HTTPServerConfiguration()
        configure(&configuration)
        server = HTTPServer(configuration: configuration, makeHandler: makeHandler)
        try server.start()
    }

    deinit {
        server.stop(deadline: Waiting.deadline())
    }

    var endpoint: HTTPEndpoint {
        HTTPEndpoint(host: "127.0.0.1", port: server.port)
    }

    func connect() throws -> TCPSocket {
        try TCPSocket.connect(host: "127.0.0.1", port: server.port, deadline: Waiting.deadline())
    }

    /// Sends bytes, and returns all that is answered.
    ///
    /// Where nothing says that they are the last, ends its side: a server that is slow to answer takes a client that has
    /// for one that has gone.
    func exchange(_ text: String) throws -> String {
        let socket = try connect()
        try socket.write(text)
        if !text.contains("Connection: close") { socket.shutdown(.writing) }
        return try socket.readText()
    }
}

/// A gate that threads wait at until a test opens it.
final class Gate: @unchecked Sendable {
    // Sendable: both are touched only with `condition` locked.
    private let condition = Condition()
    private var isOpen = false
    private var waiting = 0

    /// Waits until the gate is open.
    func pass() {
        condition.withLock {
            waiting += 1
            while !isOpen, condition.wait(untilMonotonic: Waiting.deadline()) {}
        }
    }

    func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }

    /// How many have come to the gate so far.
    var arrived: Int {
        condition.withLock { waiting }
    }
}

/// Waits at a gate before it answers.
final class GatedHandler: HTTPConnectionHandler {
    private let gate: Gate

    init(_ gate: Gate) {
        self.gate = gate
    }

    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        gate.pass()
        return HTTPResponse(status: 200, text: "done")
    }
}
