import Testing

@testable import WorkerSystems

/// When a planted stall blocks.
struct StallTests {
    @Test func aStallIsCountedFromTheFirstCall() {
        let stall = Stall(duration: 20, offset: 100, period: nil)
        #expect(stall.end(for: 1000) == nil)
        #expect(stall.end(for: 1099) == nil)
        #expect(stall.end(for: 1100) == 1120)
        #expect(stall.end(for: 1119) == 1120)
        #expect(stall.end(for: 1120) == nil)
        #expect(stall.end(for: 9999) == nil)
    }

    @Test func aPeriodicStallComesBack() {
        let stall = Stall(duration: 20, offset: 100, period: 50)
        #expect(stall.end(for: 1000) == nil)
        #expect([1100, 1149, 1150, 1169, 1170, 1210].map { stall.end(for: $0) } == [1120, nil, 1170, 1170, nil, 1220])
    }

    @Test func aStallAtOnceBlocksTheFirstCall() {
        let stall = Stall(duration: 20, offset: 0, period: nil)
        #expect(stall.end(for: 1000) == 1020)
    }
}
