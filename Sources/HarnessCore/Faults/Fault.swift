/// One way in which a receiver misbehaves on purpose: what it does, to which requests, and when.
///
/// The same fault is written as JSON (`{"status": 503, "retry_after": "2s", "probability": 0.3, "for": "10s"}`) and as
/// text for a command line (`status=503,retry_after=2s,p=0.3,for=10s`); ``init(_:)`` and ``list(parsing:)`` read them.
package struct Fault: Equatable, Sendable {
    /// What is done.
    package var action: Action
    /// The chance of each request that it concerns, above 0 and at most 1.
    package var probability = 1.0
    /// How many requests it strikes at most; nil for no limit.
    package var next: UInt64?
    /// When it begins, in nanoseconds after it was set.
    package var atNanoseconds: UInt64 = 0
    /// How long it lasts, in nanoseconds; nil until it is removed.
    package var durationNanoseconds: UInt64?
    /// The path of the requests that it concerns; nil for all signals.
    package var path: String?
    /// The seed of what is random about it; nil for one that follows from its place.
    package var seed: UInt64?
    /// In a profile, the phase with which it begins and ends; nil for the whole run.
    package var phase: String?

    /// A fault that strikes every request from now on.
    package init(_ action: Action) {
        self.action = action
    }

    /// What a fault does.
    package enum Action: Equatable, Sendable {
        /// The answer comes later.
        case delay(FaultDelay)
        /// An error instead of an answer, with a `Retry-After` if there is one.
        case status(Int, FaultRetryAfter?)
        /// The last items of the request are rejected, the others taken.
        case partial(UInt64)
        /// The connection is closed without an answer; nothing is taken.
        case close
        /// The connection is reset after so many bytes of the body, or after half of it; nothing is taken.
        case reset(afterBytes: UInt64?)
        /// The request is read and never answered; nothing is taken.
        case hang
        /// The body is read at so many bytes a second.
        case slowRead(bytesPerSecond: UInt64)
        /// The answer is sent at so many bytes a second.
        case drip(bytesPerSecond: UInt64)
        /// Bytes that are not HTTP instead of an answer; nothing is taken.
        case garbage
        /// Everything is taken, and the connection closed without an answer.
        case lost
        /// The request is answered, and then nothing is sent on this connection any more.
        case halfClose
        /// Nobody listens.
        case refuse
        /// Nobody listens for so many nanoseconds, then somebody does on the same port.
        case restart(downNanoseconds: UInt64)

        /// The name under which it is written.
        package var kind: FaultKind {
            switch self {
            case .delay: .delay
            case .status: .status
            case .partial: .partial
            case .close: .close
            case .reset: .reset
            case .hang: .hang
            case .slowRead: .slowRead
            case .drip: .drip
            case .garbage: .garbage
            case .lost: .lost
            case .halfClose: .halfClose
            case .refuse: .refuse
            case .restart: .restart
            }
        }
    }

    /// When it is over, in nanoseconds after it was set; nil for never.
    package var endNanoseconds: UInt64? {
        if case .restart(let down) = action { return atNanoseconds + down }
        return durationNanoseconds.map { atNanoseconds + $0 }
    }
}

/// A header that asks to come back later.
package struct FaultRetryAfter: Equatable, Sendable {
    /// After how many seconds.
    package var seconds: UInt64
    /// Whether the header names a date instead of the number of seconds.
    package var isDate = false

    /// Asks to come back after some seconds.
    package init(seconds: UInt64, isDate: Bool = false) {
        self.seconds = seconds
        self.isDate = isDate
    }
}
