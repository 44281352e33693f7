import Results
import Testing

@testable import RunControl

struct PairOrderTests {
    @Test func theOrderIsABBA() {
        #expect(PairOrder.first(pairs: 4, seed: 1) == [.baseline, .candidate, .baseline, .candidate])
        #expect(PairOrder.first(pairs: 4, seed: 2) == PairOrder.first(pairs: 4, seed: 1))
        #expect(PairOrder.first(pairs: 3, seed: 3) == [.candidate, .baseline, .candidate])
    }

    @Test("A drift that is a straight line favours neither side", arguments: [UInt64(1), 3])
    func driftCancels(seed: UInt64) {
        var slots: [PairedResult.Side: Int] = [:]
        for (pair, first) in PairOrder.first(pairs: 6, seed: seed).enumerated() {
            slots[first, default: 0] += 2 * pair
            slots[first == .baseline ? .candidate : .baseline, default: 0] += 2 * pair + 1
        }
        #expect(slots[.baseline] == slots[.candidate])
    }
}
