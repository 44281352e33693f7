/// What came of one case of the sweep, as the child process tells it.
package struct SweepOutcome: Codable, Sendable, Equatable {
    /// How the calls of one kind ended.
    package struct Calls: Codable, Sendable, Equatable {
        /// Those that claimed success.
        package var succeeded = 0
        /// Those whose time-out passed.
        package var timedOut = 0
        /// Those that reported losses.
        package var failed = 0

        /// Adds others.
        package mutating func add(_ other: Calls) {
            succeeded += other.succeeded
            timedOut += other.timedOut
            failed += other.failed
        }

        /// All of them.
        package var count: Int { succeeded + timedOut + failed }
    }

    /// A call that returned after its time-out.
    package struct Overrun: Codable, Sendable, Equatable {
        /// How much later, in nanoseconds, without the time in which its thread had no processor.
        package var nanoseconds: UInt64
        /// The time in which its thread was ready to run and had no processor.
        package var waited: UInt64
        /// Its time-out.
        package var timeout: UInt64
        /// How much later it may return: 20 ms and a tenth.
        package var allowance: UInt64
        /// Which call it was.
        package var call: String
    }

    /// The number of the case.
    package var number: Int
    /// Items offered to the SDK.
    package var items = 0
    /// Items that it accepted.
    package var accepted = 0
    /// Additions to counters.
    package var adds = 0
    /// How flushes ended.
    package var flushes = Calls()
    /// How shutdowns ended.
    package var shutdowns = Calls()
    /// Faults that struck.
    package var struck: UInt64 = 0
    /// The call whose overrun used the largest part of its allowance; nil if all were in time.
    package var worst: Overrun?
    /// Calls that claimed success without everything that had been accepted before.
    package var falseSuccesses: [String] = []
    /// Whatever else is wrong: items lost without a reason, an account that does not balance.
    package var problems: [String] = []

    /// The calls of flush and shutdown in the order of their ends, where something is wrong.
    package var calls: [String] = []

    /// The outcome of a case that has not begun.
    package init(number: Int) {
        self.number = number
    }

    /// Items, additions, flushes and shutdowns.
    package var operations: Int { items + adds + flushes.count + shutdowns.count }

    /// Whether a call was later than allowed.
    package var isLate: Bool { worst.map { $0.nanoseconds > $0.allowance } ?? false }
}

extension SweepOutcome.Overrun: CustomStringConvertible {
    /// The part of its allowance that the call has used.
    var share: Double { Double(nanoseconds) / Double(allowance) }

    /// `a flush of 5 ms returned 31.2 ms late, allowed are 20.5 ms`.
    package var description: String {
        let milliseconds = { (value: UInt64) in "\((Double(value) / 1e5).rounded() / 10) ms" }
        return "a \(call) of \(milliseconds(timeout)) returned \(milliseconds(nanoseconds)) late, allowed are "
            + "\(milliseconds(allowance)); beside that it had no processor for \(milliseconds(waited))"
    }
}
