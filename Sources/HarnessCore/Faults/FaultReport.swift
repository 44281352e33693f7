/// Which faults a receiver was told to have, and what they did.
package struct FaultReport: Codable, Equatable, Sendable {
    /// The faults in the order in which they were set.
    package var faults: [Entry] = []
    /// What was taken although its sender was never told.
    package var unanswered = Unanswered()
    /// Whether senders came back as late as they were asked to.
    package var retryAfter = RetryAfter()
    /// Why the listener could not be opened again; absent while there is no such trouble.
    package var trouble: String?

    private enum CodingKeys: String, CodingKey {
        case faults, unanswered, trouble
        case retryAfter = "retry_after"
    }

    /// A report of nothing.
    package init() {}

    /// One fault.
    package struct Entry: Codable, Equatable, Sendable {
        /// Its number, by which it can be removed.
        package var id: Int
        /// The fault as text.
        package var fault: String
        /// Its kind.
        package var kind: String
        /// The phase of the plan that it belongs to; absent where it belongs to the whole run.
        package var phase: String?
        /// Whether it waits for its time, strikes, or is over.
        package var state: State
        /// Requests that came while it was active and that it concerned.
        package var seen: UInt64
        /// How often it struck: requests, or for a fault of the listener how often it was closed.
        package var struck: UInt64

        /// Makes an entry.
        package init(id: Int, fault: Fault, state: State, seen: UInt64, struck: UInt64) {
            self.id = id
            self.fault = fault.text
            kind = fault.action.kind.rawValue
            self.state = state
            self.seen = seen
            self.struck = struck
        }
    }

    /// Where in its time a fault is.
    package enum State: String, Codable, Sendable {
        /// Its time has not come.
        case waiting
        /// It strikes.
        case active
        /// Its time is over, or it has struck as often as it may.
        case over
    }

    /// Requests that were taken and whose answer did not reach the sender: it has to send them again.
    package struct Unanswered: Codable, Equatable, Sendable {
        /// How many requests.
        package var requests: UInt64 = 0
        /// How many items they brought: so many may arrive twice by right.
        package var items: UInt64 = 0

        /// None.
        package init() {}
    }

    /// What became of the wish to be left alone for a while.
    ///
    /// The next request for the same path counts, whoever sends it: with several senders it says nothing.
    package struct RetryAfter: Codable, Equatable, Sendable {
        /// How often the wish was sent.
        package var sent: UInt64 = 0
        /// How often the next request came when it was allowed to.
        package var obeyed: UInt64 = 0
        /// How often it came earlier.
        package var early: UInt64 = 0

        /// Nothing.
        package init() {}
    }
}
