import Platform
import Synchronization

extension HTTPServerConnection {
    /// How much of a body or an answer goes at once when it goes slowly.
    private static let slowBytes = 64

    /// Reads the body slowly, or resets the connection within it.
    func obstruct(_ session: inout Session, _ conduct: HTTPConduct, deadline: UInt64) throws(Refusal) {
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
    func answer(
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
