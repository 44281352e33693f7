import HarnessCore
import Testing

@testable import CollectorSink

/// The bitmap against a set of numbers.
struct SequenceBitmapTests {
    static let blockBytes = 8192
    static let directoryBytes = 16 * 8

    @Test(arguments: [1, 2, 3] as [UInt64])
    func countsAreThoseOfASet(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var bitmap = SequenceBitmap(budget: MemoryBudget(bytes: 1 << 30))
        var seen: Set<Int64> = []
        var duplicated: UInt64 = 0
        for _ in 0..<2000 {
            // Around the boundaries of words and blocks more often than elsewhere.
            let near = [0, 64, 65_536, 131_072, 1_000_000].randomElement(using: &generator) ?? 0
            let start = max(0, Int64(near) + Int64.random(in: -70...70, using: &generator))
            let count = Int64.random(in: 1...200, using: &generator)
            let new = (start..<start + count).filter { seen.insert($0).inserted }.count
            let outcome = bitmap.insert(from: start, count: count)
            #expect(outcome.distinct == UInt64(new))
            #expect(outcome.duplicated == UInt64(count) - UInt64(new))
            #expect(outcome.refused == 0)
            duplicated += outcome.duplicated
        }
        #expect(bitmap.distinct == UInt64(seen.count))
        #expect(bitmap.duplicated == duplicated)
        #expect(bitmap.highest == seen.max())
    }

    @Test func longRangesCrossBlocks() {
        var bitmap = SequenceBitmap(budget: MemoryBudget(bytes: 1 << 30))
        let first = bitmap.insert(from: 65_535, count: 131_074)
        #expect(first.distinct == 131_074)
        let second = bitmap.insert(from: 0, count: 300_000)
        #expect(second.duplicated == 131_074)
        #expect(second.distinct == 300_000 - 131_074)
        #expect(bitmap.highest == 299_999)
    }

    @Test func orderDoesNotMatter() {
        var bitmap = SequenceBitmap(budget: MemoryBudget(bytes: 1 << 30))
        for number in (0..<1000).reversed() { #expect(bitmap.insert(from: Int64(number), count: 1).distinct == 1) }
        #expect(bitmap.highest == 999)
        #expect(bitmap.insert(from: 0, count: 1000).duplicated == 1000)
    }

    @Test("Numbers for which no memory is left are refused, and those that fit still count")
    func budgetIsKept() {
        let budget = MemoryBudget(bytes: Self.directoryBytes + 2 * Self.blockBytes)
        do {
            var bitmap = SequenceBitmap(budget: budget)
            let outcome = bitmap.insert(from: 0, count: 3 * 65_536)
            #expect(outcome.distinct == 2 * 65_536)
            #expect(outcome.refused == 65_536)
            #expect(bitmap.highest == 131_071)
            #expect(bitmap.insert(from: 0, count: 1).duplicated == 1)
            #expect(!budget.take(1))
        }
        // The bitmap has gone and has given back what it took.
        #expect(budget.take(Self.directoryBytes + 2 * Self.blockBytes))
        #expect(!budget.take(1))
    }

    @Test func farNumberNeedsADirectoryThatTheBudgetMustAllow() {
        var poor = SequenceBitmap(budget: MemoryBudget(bytes: 100_000))
        #expect(poor.insert(from: 65_536 * 20_000, count: 1).refused == 1)
        #expect(poor.highest == nil)
        var rich = SequenceBitmap(budget: MemoryBudget(bytes: 1_000_000))
        #expect(rich.insert(from: 65_536 * 20_000, count: 1).distinct == 1)
        #expect(rich.highest == 1_310_720_000)
    }
}
