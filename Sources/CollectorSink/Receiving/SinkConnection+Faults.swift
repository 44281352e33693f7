import HTTP
import HarnessCore
import Platform

extension SinkConnection {
    /// Answers as the faults want it.
    internal func suffer(_ strike: FaultStrike, _ head: HTTPRequestHead, take: () -> HTTPResponse) -> HTTPResponse {
        if strike.delayNanoseconds > 0 { board.pause(nanoseconds: strike.delayNanoseconds) }
        switch strike.outcome {
        case nil, .partial, .lost: return take()
        case .status(let status, let retryAfter):
            var response = Self.failure(status, head: head, "a fault that was asked for: \(status)")
            if let retryAfter { response.headers.append("Retry-After", ask(retryAfter, path: head.path)) }
            return response
        // Nothing is taken, and nothing of this is sent.
        default: return HTTPResponse(status: 503, text: "a fault that was asked for")
        }
    }

    /// The value of a header that asks to come back later, which is noted.
    private func ask(_ retryAfter: FaultRetryAfter, path: String) -> String {
        let pause = retryAfter.seconds * 1_000_000_000
        guard retryAfter.isDate else {
            board.askToWait(path: path, until: MonotonicClock.now() + pause)
            return String(retryAfter.seconds)
        }
        // A date is of whole seconds: the next one after the pause.
        let now = WallClock.now()
        let second = (now + pause + 999_999_999) / 1_000_000_000
        board.askToWait(path: path, until: MonotonicClock.now() + (second * 1_000_000_000 - now))
        return HTTPDate.format(seconds: second)
    }
}
