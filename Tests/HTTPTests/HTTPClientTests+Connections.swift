import Glibc
import HarnessCore
import Platform
import TestSupport
import Testing

@testable import HTTP

/// Connections that die, that are never made, and that are given up.
extension HTTPClientTests {
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
        #expect(client.resentRequests == 0)
        #expect(try get(client).body == Array("1".utf8))
        #expect(client.resentRequests == 1)
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
}
