import Measurement

/// What became of the operations of one component of the mix on one producer: written by its thread alone.
final class OperationCounters: Sendable {
    /// Operations performed.
    let operations = Counter()
    /// Items that the system accepted.
    let accepted = Counter()
    /// Items that the system refused.
    let rejected = Counter()
    /// One more than the number of the last operation that was accepted; 0 before there is one.
    let lastAccepted = Counter()

    /// Counts an operation.
    ///
    /// Hot path (budget: 2 ns), outside of what is timed.
    @inline(__always)
    func count(accepted items: UInt64, of total: UInt64, number: UInt64) {
        operations.add(1)
        // Wrapping subtraction is exact: the caller has limited `items` to `total`, and numbers only grow.
        if items == total {
            accepted.add(total)
            lastAccepted.add(number &+ 1 &- lastAccepted.value)
        } else {
            accepted.add(items)
            rejected.add(total &- items)
        }
    }
}
