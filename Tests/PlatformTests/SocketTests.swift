import Glibc
import HarnessCore
import Platform
import TestSupport
import Testing

@Suite struct SocketTests {
    /// Two ends of one connection over loopback.
    private func makePair(host: String = "127.0.0.1") throws -> (client: TCPSocket, server: TCPSocket) {
        let listener = try TCPListener(host: host, port: 0, deadline: Waiting.deadline())
        let client = try TCPSocket.connect(host: host, port: listener.port, deadline: Waiting.deadline())
        let server = try #require(try listener.accept(deadline: Waiting.deadline()))
        return (client, server)
    }

    private func hasIPv6() -> Bool {
        (try? TCPListener(host: "::1", port: 0, deadline: Waiting.deadline())) != nil
    }

    @Test(arguments: ["127.0.0.1", "::1", "localhost"])
    func conversation(_ host: String) throws {
        guard host != "::1" || hasIPv6() else {
            return
        }
        let (client, server) = try makePair(host: host)
        try client.write("ping")
        #expect(try server.readText(until: "ping") == "ping")
        try server.write("pong")
        #expect(try client.readText(until: "pong") == "pong")
        #expect(client.peer?.port == server.localPort)
        #expect(server.peer?.port == client.localPort)
        #expect(client.peer?.description == server.local?.description)
    }

    @Test func addresses() throws {
        let (client, _) = try makePair()
        let peer = try #require(client.peer)
        #expect(peer.host == "127.0.0.1")
        #expect(peer.description == "127.0.0.1:\(peer.port)")
        if hasIPv6() {
            let (client, _) = try makePair(host: "::1")
            #expect(client.peer?.description.hasPrefix("[::1]:") == true)
        }
    }

    @Test("reading ends at the deadline, and nothing is lost", arguments: [0, 1_000_000] as [UInt64])
    func readDeadline(_ nanoseconds: UInt64) throws {
        let (client, server) = try makePair()
        let deadline = MonotonicClock.deadline(after: nanoseconds)
        let error = #expect(throws: SystemError.self) { try client.readSome(deadline: deadline) }
        #expect(error?.isTimeout == true)
        #expect(MonotonicClock.now() >= deadline)
        try server.write("late")
        #expect(try client.readText(until: "late") == "late")
    }

    @Test("a read that waits longer than one system call may still gets its bytes and its deadline")
    func longRead() throws {
        let (client, server) = try makePair()
        let deadline = MonotonicClock.deadline(after: 1_100_000_000)
        let error = #expect(throws: SystemError.self) { try client.readSome(deadline: deadline) }
        #expect(error?.isTimeout == true)
        #expect(MonotonicClock.now() >= deadline)
        let writer = try PlatformThread.start(name: "writer") {
            Sleep.for(nanoseconds: 1_200_000_000)
            try? server.write("x")
        }
        #expect(try client.readText(until: "x") == "x")
        writer.join()
    }

    @Test("writing to a peer that does not read ends at the deadline")
    func writeDeadline() throws {
        let (client, server) = try makePair()
        let error = #expect(throws: SystemError.self) {
            try client.write(
                [UInt8](repeating: 0, count: 64 << 20),
                deadline: MonotonicClock.deadline(after: 50_000_000)
            )
        }
        #expect(error?.isTimeout == true)
        withExtendedLifetime(server) {}
    }

    @Test("more segments than one call takes, some empty, arrive in order")
    func gather() throws {
        let (client, server) = try makePair()
        let bytes = (0..<3_000).map { UInt8(truncatingIfNeeded: $0) }
        let reader = Shared<[UInt8]>([])
        let thread = try PlatformThread.start(name: "reader") {
            while let more = try? server.readSome(), !more.isEmpty {
                reader.update { $0 += more }
            }
        }
        try bytes.withUnsafeBytes { raw in
            var segments: [UnsafeRawBufferPointer] = []
            for index in raw.indices {
                segments.append(UnsafeRawBufferPointer(rebasing: raw[index..<index + 1]))
                segments.append(UnsafeRawBufferPointer(start: nil, count: 0))
            }
            try client.write(UnsafeRawBufferPointer(start: nil, count: 0), segments, deadline: Waiting.deadline())
        }
        client.shutdown(.writing)
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        #expect(reader.get() == bytes)
    }

    @Test("a large write passes in many parts while the peer reads slowly")
    func largeWrite() throws {
        let (client, server) = try makePair()
        let total = 24 << 20
        let received = Shared((count: 0, sum: UInt64(0)))
        let thread = try PlatformThread.start(name: "reader") {
            while let more = try? server.readSome(), !more.isEmpty {
                received.update { received in
                    received.count += more.count
                    received.sum &+= more.reduce(0) { $0 &+ UInt64($1) }
                }
            }
        }
        var random = SplitMix64(seed: 4)
        var bytes = [UInt8](repeating: 0, count: total)
        for index in stride(from: 0, to: total, by: 4096) {
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        try client.write(bytes)
        client.shutdown(.writing)
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        #expect(received.get().count == total)
        #expect(received.get().sum == stride(from: 0, to: total, by: 4096).reduce(0) { $0 + UInt64(bytes[$1]) })
    }

    @Test("a shutdown from another thread ends a read that waits")
    func shutdownWakes() throws {
        let (client, server) = try makePair()
        let outcome = Shared<Int?>(nil)
        let thread = try PlatformThread.start(name: "reader") {
            outcome.set((try? client.readSome())?.count)
        }
        client.shutdown()
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        #expect(outcome.get() == 0)
        #expect(try server.readSome() == [])
    }

    @Test("writing to a closed connection is an error and no signal")
    func brokenPipe() async {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGPIPE, SIG_DFL)
            let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
            let client = try TCPSocket.connect(host: "127.0.0.1", port: listener.port, deadline: Waiting.deadline())
            client.shutdown(.writing)
            do throws(SystemError) {
                try client.write("x")
            } catch {
                exit(error.code == EPIPE ? 7 : 1)
            }
        }
    }

    @Test("an idle connection is quiet, has bytes, or has ended")
    func idleState() throws {
        let (client, server) = try makePair()
        #expect(client.idleState() == .quiet)
        try server.write("x")
        #expect(Waiting.until { client.idleState() == .hasBytes })
        #expect(try client.readText(until: "x") == "x")
        #expect(client.idleState() == .quiet)
        server.shutdown()
        #expect(Waiting.until { client.idleState() == .ended })
    }

    @Test("nobody listens: refused, with the address")
    func refused() throws {
        // A port that was free a moment ago; bound again without listening, nobody else can take it.
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        let port = listener.port
        listener.shutdown()
        let error = #expect(throws: SystemError.self) {
            try TCPSocket.connect(host: "127.0.0.1", port: port, deadline: Waiting.deadline())
        }
        #expect(error?.description == "connect 127.0.0.1:\(port): connection refused (errno 111)")
    }

    @Test("a port in use is an error that names it")
    func inUse() throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        let error = #expect(throws: SystemError.self) {
            try TCPListener(host: "127.0.0.1", port: listener.port, deadline: Waiting.deadline())
        }
        #expect(error?.code == EADDRINUSE)
        #expect(error?.description == "bind 127.0.0.1:\(listener.port): address already in use (errno 98)")
    }

    @Test("connecting ends at its deadline, and by a shutdown, where the other side does not answer")
    func connectDeadline() throws {
        // A full queue of connections that nobody accepts: further attempts wait.
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 0, deadline: Waiting.deadline())
        let address = listener.address
        var waiting: [TCPSocket] = []
        var timedOut = false
        for _ in 0..<16 where !timedOut {
            let socket = try TCPSocket(for: address)
            do throws(SystemError) {
                try socket.connect(to: address, deadline: MonotonicClock.deadline(after: 100_000_000))
                waiting.append(socket)
            } catch {
                #expect(error.isTimeout)
                timedOut = true
            }
        }
        try #require(timedOut)

        let socket = try TCPSocket(for: address)
        let error = #expect(throws: SystemError.self) {
            try socket.connect(to: address, deadline: Waiting.deadline()) { true }
        }
        #expect(error?.code == ECANCELED)

        let other = try TCPSocket(for: address)
        let isUnderWay = Shared(false)
        let outcome = Shared<SystemError?>(nil)
        let thread = try PlatformThread.start(name: "connect") {
            do throws(SystemError) {
                try other.connect(to: address, deadline: Waiting.deadline()) {
                    isUnderWay.set(true)
                    return false
                }
            } catch {
                outcome.set(error)
            }
        }
        #expect(Waiting.until { isUnderWay.get() })
        other.shutdown()
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        let failure = try #require(outcome.get())
        #expect(!failure.isTimeout)
    }

    @Test("a name that does not exist is an error with the resolver's words")
    func unknownName() throws {
        let error = #expect(throws: SystemError.self) {
            try TCPSocket.connect(host: "no-such-host.invalid", port: 1, deadline: Waiting.deadline())
        }
        #expect(error?.call == "getaddrinfo")
        #expect(error?.subject == "no-such-host.invalid")
        #expect(error?.reason.isEmpty == false)
    }

    @Test("accepting ends at its deadline and by a shutdown")
    func acceptDeadline() throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        #expect(try listener.accept(deadline: 0) == nil)
        let outcome = Shared<SystemError?>(nil)
        let thread = try PlatformThread.start(name: "accept") {
            do throws(SystemError) {
                _ = try listener.accept(deadline: Waiting.deadline())
            } catch {
                outcome.set(error)
            }
        }
        listener.shutdown()
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        #expect(outcome.get()?.code == EINVAL)
    }

    @Test("sockets do not leak into children")
    func closeOnExec() throws {
        let (client, server) = try makePair()
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        for descriptor in [client.descriptor, server.descriptor, listener.descriptor] {
            #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
        }
    }
}
