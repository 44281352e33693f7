import Platform
import Synchronization

/// One connection of a server: reads requests, calls the handler, writes answers, until either side ends it.
///
/// `run` belongs to the connection's thread; the rest may be called by any.
final class HTTPServerConnection: Sendable {
    private let socket: TCPSocket
    private let configuration: HTTPServerConfiguration
    private let tally: HTTPServerTally

    /// Whether a request is being read or answered.
    ///
    /// Sequentially consistent together with `isStopping`: either the thread sees that the server stops, or who stops
    /// it sees that the thread is busy, so an accepted request is not cut off.
    private let isBusy = Atomic<Bool>(false)
    private let isStopping = Atomic<Bool>(false)
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
    private struct Session: ~Copyable {
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
    private static let readBytes = 128 << 10

    /// Why a request is not answered by the handler.
    private enum Refusal: Error {
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
    private func checkClient(_ session: inout Session) throws(Refusal) {
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

    private func write(_ response: HTTPResponse, keepAlive: Bool, _ session: inout Session) throws(Refusal) {
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

// MARK: - Faults

extension HTTPServerConnection {
    /// How much of a body or an answer goes at once when it goes slowly.
    private static let slowBytes = 64

    /// Reads the body slowly, or resets the connection within it.
    private func obstruct(_ session: inout Session, _ conduct: HTTPConduct, deadline: UInt64) throws(Refusal) {
        guard case .length(let length) = session.head.framing else { return }
        if let limit = conduct.resetAfterBodyBytes {
            let wanted = limit == Int.max ? length / 2 : min(limit, length)
            while session.input.unread.count < wanted {
                try readMore(&session.input, minimumRoom: wanted - session.input.unread.count, deadline: deadline)
            }
            tally.requests.add(1, ordering: .relaxed)
            socket.reset()
            throw .close
        }
        guard let speed = conduct.readBytesPerSecond, length <= configuration.maximumBodyBytes else { return }
        // The kernel's buffer would swallow the usual batch at once: what counts is when the last byte was taken.
        let due = MonotonicClock.deadline(after: Self.nanoseconds(of: length, at: speed))
        while session.input.unread.count < length, MonotonicClock.now() < due {
            try readMore(&session.input, minimumRoom: Self.slowBytes, deadline: deadline)
            pause(until: min(due, MonotonicClock.deadline(after: Self.nanoseconds(of: Self.slowBytes, at: speed))))
        }
        while !isStopping.load(ordering: .relaxed), MonotonicClock.now() < due {
            pause(until: min(due, MonotonicClock.deadline(after: 20_000_000)))
        }
    }

    /// Does with an answer what was asked for; whether another request may follow.
    private func answer(
        _ response: HTTPResponse,
        _ conduct: HTTPConduct,
        _ session: inout Session
    ) throws(Refusal) -> Bool {
        switch conduct.answer {
        case .sent:
            break
        case .withheld:
            session.handler.answerWasLost()
            throw .close
        case .awaited:
            session.handler.answerWasLost()
            awaitEnd(&session.input, nanoseconds: configuration.idleTimeoutNanoseconds)
            throw .close
        case .replaced(let bytes):
            session.handler.answerWasLost()
            try write(slowly: bytes, bytesPerSecond: conduct.writeBytesPerSecond, &session)
            linger(&session.input)
            return false
        }
        try checkClient(&session)
        let keepAlive = session.head.keepAlive && !isStopping.load(ordering: .sequentiallyConsistent)
        if let speed = conduct.writeBytesPerSecond {
            let bytes = session.output.bytes(
                of: response,
                isAnswerToHead: session.head.method == "HEAD",
                minorVersion: session.head.minorVersion,
                keepAlive: keepAlive
            )
            try write(slowly: bytes, bytesPerSecond: speed, &session)
        } else {
            try write(response, keepAlive: keepAlive, &session)
        }
        session.handler.answerWasSent()
        if conduct.halfCloses || !keepAlive {
            linger(&session.input)
            return false
        }
        return true
    }

    private func write(slowly bytes: [UInt8], bytesPerSecond: Int?, _ session: inout Session) throws(Refusal) {
        let step = bytesPerSecond.map { max(1, min(Self.slowBytes, $0 / 50)) } ?? max(1, bytes.count)
        for start in stride(from: 0, to: bytes.count, by: step) {
            let part = bytes[start..<min(start + step, bytes.count)]
            var isLost = socket.idleState() == .ended || isStopping.load(ordering: .relaxed)
            if !isLost {
                part.withUnsafeBytes { part in
                    do throws(SystemError) {
                        let limit = configuration.requestTimeoutNanoseconds
                        try socket.write(part, deadline: MonotonicClock.deadline(after: limit))
                    } catch {
                        isLost = true
                    }
                }
            }
            guard !isLost else {
                session.handler.answerWasLost()
                throw .close
            }
            if let bytesPerSecond, start + step < bytes.count {
                pause(until: MonotonicClock.deadline(after: Self.nanoseconds(of: step, at: bytesPerSecond)))
            }
        }
    }

    private static func nanoseconds(of bytes: Int, at bytesPerSecond: Int) -> UInt64 {
        UInt64(Double(bytes) * 1e9 / Double(bytesPerSecond))
    }

    /// Waits in steps that a server which stops does not have to wait for.
    private func pause(until moment: UInt64) {
        while !isStopping.load(ordering: .relaxed), MonotonicClock.now() < moment {
            Sleep.until(monotonic: min(moment, MonotonicClock.deadline(after: 50_000_000)))
        }
    }
}

// MARK: - Reading

extension HTTPServerConnection {
    /// Reads and parses a head, and takes it from the buffer.
    private func readHead(_ session: inout Session, deadline: UInt64) throws(Refusal) {
        var scanned = 0
        while true {
            let (emptyLines, end) = HTTPHeadParser.requestHead(in: session.input.unread, scanned: &scanned)
            session.input.consume(emptyLines)
            if let first = session.input.unread.first, !first.isTokenCharacter, first != UInt8(ascii: "\r") {
                // Not HTTP at all, such as the start of a TLS session: no end of a head would ever come.
                throw .answer(status: 400, reason: "the request does not begin with a method")
            }
            guard (end ?? session.input.unread.count) <= configuration.maximumHeaderBytes else {
                let limit = configuration.maximumHeaderBytes
                throw .answer(status: 431, reason: "the header section is larger than \(limit) bytes")
            }
            if let end {
                let bytes = UnsafeRawBufferPointer(rebasing: session.input.unread[..<end])
                do throws(HTTPParseError) {
                    try HTTPHeadParser.parseRequest(bytes, into: &session.head)
                } catch {
                    throw .answer(status: error.status, reason: error.description)
                }
                session.input.consume(end)
                return
            }
            try readMore(&session.input, minimumRoom: 4096, deadline: deadline)
        }
    }

    /// Reads a body until it lies whole at the start of the unread bytes.
    ///
    /// - Returns: the body's length, and how many unread bytes belong to the request.
    private func readBody(_ session: inout Session, deadline: UInt64) throws(Refusal) -> (body: Int, used: Int) {
        switch session.head.framing {
        case .none, .untilClose:
            return (0, 0)
        case .length(let length):
            guard length <= configuration.maximumBodyBytes else {
                throw tooLarge
            }
            try writeContinueIfAwaited(&session, deadline: deadline)
            while session.input.unread.count < length {
                try readMore(&session.input, minimumRoom: length - session.input.unread.count, deadline: deadline)
            }
            return (length, length)
        case .chunked:
            try writeContinueIfAwaited(&session, deadline: deadline)
            return try readChunks(&session.input, deadline: deadline)
        }
    }

    private func readChunks(
        _ input: inout HTTPInputBuffer,
        deadline: UInt64
    ) throws(Refusal) -> (body: Int, used: Int) {
        var decoder = HTTPChunkedDecoder(maximumTrailerBytes: configuration.maximumHeaderBytes)
        // The content is moved together at the start of the unread bytes: [content][gap][not understood yet].
        var content = 0
        var position = 0
        while true {
            let step: HTTPChunkedDecoder.Step
            do throws(HTTPParseError) {
                step = try decoder.step(over: UnsafeRawBufferPointer(rebasing: input.unread[position...]))
            } catch {
                throw .answer(status: error.status, reason: error.description)
            }
            switch step {
            case .content(let skip, let count):
                // What the chunk still announces counts already: it need not arrive to be refused.
                guard decoder.remaining <= configuration.maximumBodyBytes,
                    content + count <= configuration.maximumBodyBytes - decoder.remaining
                else {
                    throw tooLarge
                }
                input.moveUnread(from: position + skip, to: content, count: count)
                position += skip + count
                content += count
            case .incomplete(let skip):
                position += skip
                guard decoder.remaining <= configuration.maximumBodyBytes - content else {
                    throw tooLarge
                }
                input.removeUnread(content..<position)
                position = content
                try readMore(&input, minimumRoom: Self.readBytes / 2, deadline: deadline)
            case .finished(let skip):
                return (content, position + skip)
            }
        }
    }

    private var tooLarge: Refusal {
        .answer(status: 413, reason: "the body is larger than \(configuration.maximumBodyBytes) bytes")
    }

    /// Sends `100 Continue`, unless the body is on its way already.
    private func writeContinueIfAwaited(_ session: inout Session, deadline: UInt64) throws(Refusal) {
        guard session.head.expectsContinue, session.input.unread.isEmpty else {
            return
        }
        do throws(SystemError) {
            try session.output.writeContinue(to: socket, deadline: deadline)
        } catch {
            throw .close
        }
    }

    private func readMore(_ input: inout HTTPInputBuffer, minimumRoom: Int, deadline: UInt64) throws(Refusal) {
        let count: Int
        do throws(SystemError) {
            count = try input.fill(minimumRoom: minimumRoom, from: socket, deadline: deadline)
        } catch {
            throw error.isTimeout ? .answer(status: 408, reason: "the request did not arrive in time") : .close
        }
        guard count > 0 else {
            throw .close
        }
    }
}

// MARK: - Ending

extension HTTPServerConnection {
    /// How long, and for how many bytes, the client's rest is read after the last answer.
    private static let lingerNanoseconds: UInt64 = 1_000_000_000
    private static let lingerBytes = 16 << 20

    /// Answers with an error, after which the connection ends.
    private func refuse(with answer: HTTPResponse, _ session: inout Session) {
        do throws(SystemError) {
            try session.output.write(
                answer,
                isAnswerToHead: false,
                minorVersion: 1,
                keepAlive: false,
                to: socket,
                deadline: MonotonicClock.deadline(after: Self.lingerNanoseconds)
            )
        } catch {
            // The client has gone: there is nobody to tell.
            return
        }
        linger(&session.input)
    }

    /// Reads on for a while after the last answer.
    ///
    /// Closing with unread bytes would send a reset, which can destroy the answer before the client has read it: "the
    /// server … performs a half-close … then continues to read … until it receives a corresponding close by the client,
    /// or … is reasonably certain that its own TCP stack has received the client's acknowledgement" (RFC 9112, section
    /// 9.6).
    private func linger(_ input: inout HTTPInputBuffer) {
        socket.shutdown(.writing)
        awaitEnd(&input, nanoseconds: Self.lingerNanoseconds)
    }

    /// Reads away what comes until the client ends the connection or the time is over.
    private func awaitEnd(_ input: inout HTTPInputBuffer, nanoseconds: UInt64) {
        let deadline = MonotonicClock.deadline(after: nanoseconds)
        var total = 0
        while total < Self.lingerBytes, !isStopping.load(ordering: .relaxed) {
            input.consume(input.unread.count)
            do throws(SystemError) {
                let count = try input.fill(minimumRoom: 4096, from: socket, deadline: deadline)
                guard count > 0 else {
                    return
                }
                total += count
            } catch {
                return
            }
        }
    }
}
