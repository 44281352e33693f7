/// Picks some calls of a producer.
protocol CallPicker {
    /// Whether the next call is picked.
    mutating func next() -> Bool
}

/// Picks every N-th call of a producer.
///
/// By count and not by chance: the same run has the same faults.
struct OneIn: CallPicker {
    private let number: UInt64
    private var calls: UInt64 = 0

    /// - Parameter number: N; 1 picks every call.
    init(_ number: UInt64) {
        self.number = number
    }

    mutating func next() -> Bool {
        // Exact: a producer has fewer than 2^40 calls.
        calls &+= 1
        guard calls == number else { return false }
        calls = 0
        return true
    }
}
