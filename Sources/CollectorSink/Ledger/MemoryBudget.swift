import Synchronization

/// Bytes that several parts may take from together, and no more.
internal final class MemoryBudget: Sendable {
    private let available: Atomic<Int>

    /// A budget of `bytes`.
    internal init(bytes: Int) {
        available = Atomic(bytes)
    }

    /// Takes `bytes` if they are left.
    ///
    /// Relaxed is enough: the number guards nothing but itself.
    ///
    /// - Parameter bytes: How many.
    /// - Returns: Whether they were left.
    internal func take(_ bytes: Int) -> Bool {
        if available.subtract(bytes, ordering: .relaxed).newValue >= 0 { return true }
        available.add(bytes, ordering: .relaxed)
        return false
    }

    /// Gives back `bytes` taken before.
    internal func giveBack(_ bytes: Int) {
        available.add(bytes, ordering: .relaxed)
    }
}
