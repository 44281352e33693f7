/// The bitmaps of a run's producers, by index; grows to the highest index seen.
internal struct ProducerTable: ~Copyable {
    private var bitmaps: UnsafeMutableBufferPointer<SequenceBitmap>
    private let limits: LedgerLimits
    private let budget: MemoryBudget

    /// An empty table.
    internal init(limits: LedgerLimits, budget: MemoryBudget) {
        self.limits = limits
        self.budget = budget
        bitmaps = UnsafeMutableBufferPointer(start: nil, count: 0)
    }

    deinit {
        bitmaps.deinitialize()
        bitmaps.deallocate()
    }

    /// Notes the arrival of `count` items of one producer with consecutive sequence numbers.
    ///
    /// - Parameters:
    ///   - first: Identity of the first item.
    ///   - count: How many, at least 1. All belong to the producer of the first.
    /// - Returns: How many of them were new, known and refused because they exceed the limits.
    internal mutating func insert(from first: ItemID, count: Int64) -> SequenceBitmap.Insertion {
        let producer = first.producer
        let known = max(0, min(count, limits.maximumSequence - first.sequence))
        guard producer >= 0, producer < limits.maximumProducers, known > 0 else {
            return SequenceBitmap.Insertion(refused: UInt64(count))
        }
        if producer >= bitmaps.count { grow(toHold: producer) }
        var result = bitmaps[producer].insert(from: first.sequence, count: known)
        result.refused += UInt64(count - known)
        return result
    }

    /// How many of `count` items of one producer with consecutive sequence numbers are in the table.
    internal borrowing func overlap(from first: ItemID, count: Int64) -> UInt64 {
        guard first.producer >= 0, first.producer < bitmaps.count else { return 0 }
        return bitmaps[first.producer].overlap(from: first.sequence, count: count)
    }

    /// Takes `count` items of one producer with consecutive sequence numbers out of the table.
    internal mutating func remove(from first: ItemID, count: Int64) {
        guard first.producer >= 0, first.producer < bitmaps.count else { return }
        bitmaps[first.producer].remove(from: first.sequence, count: count)
    }

    /// How many items are in the table.
    internal borrowing func distinct() -> UInt64 {
        var sum: UInt64 = 0
        for index in 0..<bitmaps.count { sum += bitmaps[index].distinct }
        return sum
    }

    /// Not counted against the budget: the limit on producers bounds it to some hundred KiB a run.
    private mutating func grow(toHold producer: Int) {
        let newCount = min(limits.maximumProducers, max(8, bitmaps.count * 2, producer + 1))
        let grown = UnsafeMutableBufferPointer<SequenceBitmap>.allocate(capacity: newCount)
        let moved = grown.moveInitialize(fromContentsOf: bitmaps)
        for index in moved..<newCount {
            grown.initializeElement(at: index, to: SequenceBitmap(budget: budget))
        }
        bitmaps.deallocate()
        bitmaps = grown
    }

    /// How many of the first items of a producer have arrived.
    internal borrowing func arrived(producer: Int, below sequence: Int64) -> UInt64 {
        bitmaps.indices.contains(producer) ? bitmaps[producer].overlap(from: 0, count: sequence) : 0
    }

    /// The account of every producer of which something has arrived, by index.
    internal borrowing func reports() -> [LedgerReport.Producer] {
        var reports: [LedgerReport.Producer] = []
        for index in 0..<bitmaps.count {
            guard let highest = bitmaps[index].highest else { continue }
            let distinct = bitmaps[index].distinct
            reports.append(
                LedgerReport.Producer(
                    producer: index,
                    distinct: distinct,
                    duplicated: bitmaps[index].duplicated,
                    highestSequence: UInt64(highest),
                    missingBelowHighest: UInt64(highest) + 1 - distinct
                )
            )
        }
        return reports
    }
}
