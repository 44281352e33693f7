import LoadEngine

/// Picks one call of a producer in N on average, drawn from the run's seed.
///
/// For defects that meet only some items: where those come in a period, as planted secrets do, picking by count can miss
/// every one of them. The same run has the same faults all the same.
struct DrawnCalls: CallPicker {
    private let stream: UInt64
    private let limit: UInt64
    private var calls: UInt64 = 0

    /// - Parameters:
    ///   - number: N; 1 picks every call.
    ///   - context: the producer; each draws for itself.
    init(_ number: UInt64, of context: ProducerContext) {
        // A stream of its own: checksums are drawn from the seed as well, and must not fall on the same items.
        stream = SeededHash.value(context.seed ^ 0x64_6566_6563_74, UInt64(context.producer))
        limit = .max / number
    }

    mutating func next() -> Bool {
        // Exact: a producer has fewer than 2^40 calls.
        defer { calls &+= 1 }
        return SeededHash.value(stream, calls) <= limit
    }
}
