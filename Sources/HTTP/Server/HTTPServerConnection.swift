import Platform
import Synchronization

/// One connection of a server: reads requests, calls the handler, writes answers, until either side ends it.
///
/// `run` belongs to the connection's thread; the rest may be called by any.
final class HTTPServerConnection: Sendable {
    /// The connection.
    let socket: TCPSocket
    /// Sizes and times.
    let configuration: HTTPServerConfiguration
    /// Where requests are counted.
    let tally: HTTPServerTally

    /// Whether a request is being read or answered.
    ///
    /// Sequentially consistent together with `isStopping`: either the thread sees that the server stops, or who stops
    /// it sees that the thread is busy, so an accepted request is not cut off.
    private let isBusy = Atomic<Bool>(false)
    /// Whether the connection is to end after the request at hand; see `isBusy`.
    let isStopping = Atomic<Bool>(false)
    /// What the handler said last; relaxed, because a suspension meets requests at any moment anyway.
    private let staysOpen = Atomic<Bool>(false)

    init(socket: TCPSocket, configuration: HTTPServerConfiguration, tally: HTTPServerTally) {
        self.socket = socket
        self.configuration = configuration
        self.tally = tally
    }

    /// Asks the connection to end after the request at hand.
    ///
    /// One that waits for a request goes on waiting.
    func announceEnd() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
    }

    /// Whether the connection is to stay open when the server is suspended.
    var staysWhenSuspended: Bool {
        staysOpen.load(ordering: .relaxed)
    }

    /// Ends the connection if no request is at hand; call it after `announceEnd`.
    func endIfIdle() {
        if !isBusy.load(ordering: .sequentiallyConsistent) {
            socket.shutdown()
        }
    }

    /// Ends the connection at once, whatever it does.
    func endNow() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        socket.shutdown()
    }

    /// Serves the connection until it ends.
    func run(handler: any HTTPConnectionHandler) {
        var session = Session(handler: handler, configuration: configuration)
        while serve(&session) {
            isBusy.store(false, ordering: .sequentiallyConsistent)
        }
        socket.shutdown()
    }

    /// What the connection's thread keeps from one request to the next.
    struct Session: ~Copyable {
        let handler: any HTTPConnectionHandler
        var input: HTTPInputBuffer
        var output = HTTPResponseWriter()
        var head = HTTPRequestHead()

        init(handler: any HTTPConnectionHandler, configuration: HTTPServerConfiguration) {
            self.handler = handler
            // A head and a usual batch in one read.
            input = HTTPInputBuffer(capacity: HTTPServerConnection.readBytes)
        }
    }

    /// How much a single read may take at first.
    static let readBytes = 128 << 10

    /// Why a request is not answered by the handler.
    enum Refusal: Error {
        /// Answer with this status and end the connection.
        case answer(status: Int, reason: String)
        /// End the connection: there is nobody to answer, or nothing to answer to.
        case close
    }

    /// Serves one request; whether another may follow.
    private func serve(_ session: inout Session) -> Bool {
        var hasHead = false
        do throws(Refusal) {
            try waitForRequest(&session.input)
            isBusy.store(true, ordering: .sequentiallyConsistent)
            let deadline = MonotonicClock.deadline(after: configuration.requestTimeoutNanoseconds)
            try readHead(&session, deadline: deadline)
            hasHead = true
            let conduct = session.handler.conduct(for: session.head)
            staysOpen.store(session.handler.staysWhenSuspended, ordering: .relaxed)
            if let conduct { try obstruct(&session, conduct, deadline: deadline) }
            let (body, used) = try readBody(&session, deadline: deadline)
            tally.requests.add(1, ordering: .relaxed)
            let response = session.handler.respond(
                to: session.head,
                body: UnsafeRawBufferPointer(rebasing: session.input.unread[..<body])
            )
            session.input.consume(used)
            session.input.shrink(ifLargerThan: configuration.retainedBufferBytes)
            if let conduct { return try answer(response, conduct, &session) }
            if MonotonicClock.now() + configuration.requestTimeoutNanoseconds > deadline + Self.patience {
                try checkClient(&session)
            }
            let keepAlive = session.head.keepAlive && !isStopping.load(ordering: .sequentiallyConsistent)
            try write(response, keepAlive: keepAlive, &session)
            session.handler.answerWasSent()
            if !keepAlive {
                linger(&session.input)
            }
            return keepAlive
        } catch {
            if case .answer(let status, let reason) = error {
                tally.failedRequests.add(1, ordering: .relaxed)
                let answer = hasHead ? session.handler.refusal(of: session.head, status: status, reason: reason) : nil
                refuse(with: answer ?? HTTPResponse(status: status, text: reason), &session)
            }
            return false
        }
    }

    /// How long a client waits in any case, in nanoseconds: before, it need not be asked whether it is still there.
    private static let patience: UInt64 = 1_000_000

    /// Ends the connection if the client has: it has waited too long and gone, although the kernel would still take
    /// the bytes.
    func checkClient(_ session: inout Session) throws(Refusal) {
        guard socket.idleState() != .ended else {
            session.handler.answerWasLost()
            throw .close
        }
    }

    /// Waits until a request begins.
    ///
    /// Silence for too long ends the connection without an answer, which the client could take for the answer to a
    /// request that crosses it.
    private func waitForRequest(_ input: inout HTTPInputBuffer) throws(Refusal) {
        guard input.unread.isEmpty else {
            return
        }
        guard !isStopping.load(ordering: .sequentiallyConsistent) else {
            throw .close
        }
        let deadline = MonotonicClock.deadline(after: configuration.idleTimeoutNanoseconds)
        let count: Int
        do throws(SystemError) {
            count = try input.fill(minimumRoom: Self.readBytes, from: socket, deadline: deadline)
        } catch {
            throw .close
        }
        guard count > 0 else {
            throw .close
        }
    }

    /// Writes an answer in one go; throws if the client has gone.
    func write(_ response: HTTPResponse, keepAlive: Bool, _ session: inout Session) throws(Refusal) {
        do throws(SystemError) {
            try session.output.write(
                response,
                isAnswerToHead: session.head.method == "HEAD",
                minorVersion: session.head.minorVersion,
                keepAlive: keepAlive,
                to: socket,
                deadline: MonotonicClock.deadline(after: configuration.requestTimeoutNanoseconds)
            )
        } catch {
            // The client has gone, or reads nothing: there is nobody to tell.
            session.handler.answerWasLost()
            throw .close
        }
    }
}
