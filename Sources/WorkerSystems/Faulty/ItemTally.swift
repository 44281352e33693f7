import Synchronization

/// Counts items over all producers.
///
/// An atomic addition: defects are not built to be fast. Relaxed, because the count is read when the producers rest, and
/// is only a count.
final class ItemTally: Sendable {
    private let count = Atomic<UInt64>(0)

    /// Adds items.
    func add(_ items: Int) {
        count.wrappingAdd(UInt64(clamping: items), ordering: .relaxed)
    }

    /// How many there are so far.
    var value: UInt64 {
        count.load(ordering: .relaxed)
    }
}
