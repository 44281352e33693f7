/// Performs a producer's operations one after the other, and counts what becomes of them.
///
/// A value in a local variable of the loop that times the operations; it is kept from phase to phase.
protocol OperationIssuer {
    /// Where the next operation is recorded, or, between ``perform()`` and ``settle()``, the one just performed.
    var latencies: LatencyWriter { get }

    /// Performs the next operation: the call that is timed, and nothing else.
    mutating func perform()

    /// Counts the operation that was performed last, and makes ready for the next; not timed.
    mutating func settle()

    /// Passes over the next operation, which cannot be started any more.
    mutating func skip()
}
