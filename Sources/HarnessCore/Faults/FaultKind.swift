/// The names of faults.
package enum FaultKind: String, CaseIterable, Sendable {
    case delay
    case status
    case partial
    case close
    case reset
    case hang
    case slowRead = "slow_read"
    case drip
    case garbage
    case lost
    case halfClose = "half_close"
    case refuse
    case restart

    /// Whether it needs a value of its own, and what such a value looks like.
    package var exampleValue: String? {
        switch self {
        case .delay: "\"250ms\""
        case .status: "503"
        case .partial: "3"
        case .slowRead, .drip: "\"10KB\""
        case .close, .reset, .hang, .garbage, .lost, .halfClose, .refuse, .restart: nil
        }
    }

    /// Whether it decides what becomes of a request: of these only one can strike.
    package var isOutcome: Bool {
        switch self {
        case .status, .partial, .close, .reset, .hang, .garbage, .lost: true
        case .delay, .slowRead, .drip, .halfClose, .refuse, .restart: false
        }
    }

    /// Whether it concerns the listener instead of requests.
    package var isOfListener: Bool { self == .refuse || self == .restart }
}
