package import Platform
import Synchronization

/// An HTTP/1.1 server with a thread for each connection, and a cap on their number.
///
/// `start` and `stop` are called once each, in this order; the counters may be read at any time.
package final class HTTPServer: Sendable {
    private let core: HTTPServerCore

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - configuration: where to listen, and the limits.
    ///   - makeHandler: makes the handler of a new connection; called on the connection's thread.
    package init(
        configuration: HTTPServerConfiguration = HTTPServerConfiguration(),
        makeHandler: @escaping @Sendable () -> any HTTPConnectionHandler
    ) {
        configuration.check()
        core = HTTPServerCore(configuration: configuration, makeHandler: makeHandler)
    }

    deinit {
        // Threads hold the core: without this, a forgotten server would listen for ever.
        _ = core.stop(deadline: MonotonicClock.deadline(after: 1_000_000_000))
    }

    /// Binds, listens and accepts from now on.
    ///
    /// - Throws: `SystemError` with the address as its subject, such as `bind 127.0.0.1:4318: address already in use`.
    package func start() throws(SystemError) {
        try core.start()
    }

    /// Stops listening, so that connections are refused, and ends those connections whose handlers do not stay.
    ///
    /// Requests at hand are answered. The server must have been started; a suspended one stays so.
    package func suspend() {
        core.suspend()
    }

    /// Listens again on the same port.
    ///
    /// - Throws: `SystemError` if somebody else has taken the port meanwhile.
    package func resume() throws(SystemError) {
        try core.resume()
    }

    /// The port it listens on, also after `stop`.
    ///
    /// The server must have been started.
    package var port: Int {
        core.port
    }

    /// What it has done so far.
    package var counters: HTTPServerCounters {
        core.tally.snapshot
    }

    /// Stops accepting, lets requests at hand finish, ends all connections and waits for their threads.
    ///
    /// Requests that are still being read or answered near the deadline are cut off. Calling it again is harmless.
    ///
    /// - Parameter deadline: a moment of `MonotonicClock`.
    /// - Returns: whether all threads have ended. False means that a handler has not returned in time.
    @discardableResult
    package func stop(deadline: UInt64) -> Bool {
        core.stop(deadline: deadline)
    }
}

/// What the threads of a server share.
private final class HTTPServerCore: Sendable {
    let tally = HTTPServerTally()
    private let configuration: HTTPServerConfiguration
    private let makeHandler: @Sendable () -> any HTTPConnectionHandler
    private let state = Guarded(State())

    /// new → listening → stopped; a server that never listened can be stopped too.
    private struct State {
        var listener: TCPListener?
        var acceptor: PlatformThread?
        var isStopped = false
        /// The port, once there was a listener.
        var port: Int?
        var nextNumber: UInt64 = 0
        var connections: [UInt64: Connection] = [:]
        /// Threads whose connection has ended, to be joined by who accepts next or stops.
        var finished: [PlatformThread] = []
    }

    private struct Connection {
        let connection: HTTPServerConnection
        let thread: PlatformThread
    }

    /// How much of the time to stop is kept for threads that had to be cut off.
    private static let cutOffNanoseconds: UInt64 = 500_000_000

    init(configuration: HTTPServerConfiguration, makeHandler: @escaping @Sendable () -> any HTTPConnectionHandler) {
        self.configuration = configuration
        self.makeHandler = makeHandler
    }

    var port: Int {
        guard let port = state.withLock({ $0.port }) else {
            preconditionFailure("a server has a port only after start()")
        }
        return port
    }

    func start() throws(SystemError) {
        precondition(state.withLock { $0.port == nil && !$0.isStopped }, "a server is started once")
        try listen(port: configuration.port)
    }

    private func listen(port: Int) throws(SystemError) {
        let listener = try TCPListener(
            host: configuration.host,
            port: port,
            deadline: MonotonicClock.deadline(after: 5_000_000_000)
        )
        try state.withLock { state throws(SystemError) in
            guard state.listener == nil, !state.isStopped else { return }
            state.acceptor = try PlatformThread.start(name: "http-accept") { [self] in
                accept(from: listener)
            }
            state.listener = listener
            state.port = listener.port
        }
    }

    func suspend() {
        let (listener, acceptor) = state.withLock { state in
            defer { state.listener = nil }
            return (state.listener, state.acceptor)
        }
        guard let listener else { return }
        listener.shutdown()
        acceptor?.join()
        let open = state.withLock { $0.connections.values.map(\.connection) }
        for connection in open where !connection.staysWhenSuspended {
            connection.announceEnd()
            connection.endIfIdle()
        }
    }

    func resume() throws(SystemError) {
        guard let port = state.withLock({ $0.listener == nil ? $0.port : nil }) else { return }
        try listen(port: port)
    }

    func stop(deadline: UInt64) -> Bool {
        let (listener, acceptor) = state.withLock { state in
            state.isStopped = true
            return (state.listener, state.acceptor)
        }
        listener?.shutdown()
        guard acceptor?.join(untilMonotonic: deadline) ?? true else {
            return false
        }
        // From here on no connection is added.
        let (open, finished) = state.withLock { state in
            (Array(state.connections.values), state.finished)
        }
        // All are told before the first is ended: who sees one connection go knows that no other takes a new request.
        for entry in open {
            entry.connection.announceEnd()
        }
        for entry in open {
            entry.connection.endIfIdle()
        }
        let now = MonotonicClock.now()
        let remaining = deadline > now ? deadline - now : 0
        let cutOff = now + remaining - min(Self.cutOffNanoseconds, remaining / 2)
        let patient = open.filter { !$0.thread.join(untilMonotonic: cutOff) }
        for entry in patient {
            entry.connection.endNow()
        }
        var allEnded = true
        for thread in patient.map(\.thread) + finished {
            allEnded = thread.join(untilMonotonic: deadline) && allEnded
        }
        return allEnded
    }

    // MARK: - Accepting

    private func accept(from listener: TCPListener) {
        var rejected = HTTPRejectedConnections()
        while isServing(listener) {
            do throws(SystemError) {
                while let socket = try listener.acceptNow() {
                    reap()
                    if !serve(socket) {
                        tally.rejectedConnections.add(1, ordering: .relaxed)
                        rejected.reject(socket)
                    }
                }
                // Waits for ever only where nothing but a connection or the end of the listener can happen.
                _ = try Poll.readable([listener.descriptor] + rejected.descriptors, deadline: rejected.deadline ?? .max)
            } catch {
                guard isServing(listener) else { return }
                tally.acceptFailures.add(1, ordering: .relaxed)
                // Descriptors or memory have run out: the connection waits in the backlog until some are free.
                Sleep.for(nanoseconds: 20_000_000)
            }
            rejected.clean()
        }
    }

    /// Whether the server accepts from this listener.
    private func isServing(_ listener: TCPListener) -> Bool {
        state.withLock { $0.listener === listener && !$0.isStopped }
    }

    /// Serves a connection on a thread of its own; false if there are too many, or no more threads.
    private func serve(_ socket: TCPSocket) -> Bool {
        let connection = HTTPServerConnection(socket: socket, configuration: configuration, tally: tally)
        return state.withLock { state in
            guard state.connections.count < configuration.maximumConnections else {
                return false
            }
            let number = state.nextNumber
            state.nextNumber += 1
            // Before the thread starts: who has an answer finds its connection counted.
            tally.connections.add(1, ordering: .relaxed)
            tally.openConnections.add(1, ordering: .relaxed)
            do throws(SystemError) {
                // The lock is held until the thread is registered, so it cannot end before that.
                let thread = try PlatformThread.start(name: "http-\(number)") { [self] in
                    connection.run(handler: makeHandler())
                    finish(number)
                }
                state.connections[number] = Connection(connection: connection, thread: thread)
            } catch {
                tally.connections.subtract(1, ordering: .relaxed)
                tally.openConnections.subtract(1, ordering: .relaxed)
                tally.acceptFailures.add(1, ordering: .relaxed)
                return false
            }
            return true
        }
    }

    private func finish(_ number: UInt64) {
        state.withLock { state in
            if let entry = state.connections.removeValue(forKey: number) {
                tally.openConnections.subtract(1, ordering: .relaxed)
                state.finished.append(entry.thread)
            }
        }
    }

    /// Joins the threads that have ended: at most as many as there were connections at once.
    private func reap() {
        let finished = state.withLock { state in
            let finished = state.finished
            state.finished = []
            return finished
        }
        for thread in finished {
            thread.join()
        }
    }
}
