import HTTP
import HarnessCore

/// What all faults together do to one request.
internal struct FaultStrike: Equatable, Sendable {
    /// How long the request waits before it is looked at, in nanoseconds.
    internal var delayNanoseconds: UInt64 = 0
    /// What becomes of it; nil if it is taken and answered.
    internal var outcome: Fault.Action?
    /// How the connection treats it.
    internal var conduct = HTTPConduct()

    /// What is sent in place of an answer: no line that could begin one.
    private static let garbage = Array("\u{1}\u{2}this is not HTTP\u{3}\r\n\r\n".utf8)

    /// Adds what one fault does, with 64 random bits for what is drawn.
    internal mutating func add(_ action: Fault.Action, drawing bits: UInt64) {
        switch action {
        case .delay(let delay): delayNanoseconds += delay.nanoseconds(drawing: bits)
        case .slowRead(let speed):
            conduct.readBytesPerSecond = min(conduct.readBytesPerSecond ?? .max, Int(clamping: speed))
        case .drip(let speed):
            conduct.writeBytesPerSecond = min(conduct.writeBytesPerSecond ?? .max, Int(clamping: speed))
        case .halfClose: conduct.halfCloses = true
        case .refuse, .restart: break
        case .status, .partial, .close, .reset, .hang, .garbage, .lost:
            outcome = action
            switch action {
            case .close, .lost: conduct.answer = .withheld
            case .hang: conduct.answer = .awaited
            case .garbage: conduct.answer = .replaced(Self.garbage)
            case .reset(let bytes): conduct.resetAfterBodyBytes = bytes.map { Int(clamping: $0) } ?? .max
            default: break
            }
        }
    }
}
