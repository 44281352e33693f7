import HTTP
import HarnessCore
import Testing

@testable import CollectorSink

/// Which faults strike when, without any connection.
struct FaultBoardTests {
    private let board = FaultBoard()

    private func set(_ text: String, origin: UInt64 = 1000, seed: UInt64 = 7) throws {
        _ = try #require(board.set(Fault.list(parsing: text), keepsOthers: false, origin: origin, seed: seed))
    }

    private func strike(at now: UInt64 = 1000, path: String = "/v1/logs") -> FaultStrike? {
        board.strike(path: path, now: now)
    }

    @Test func aWindowBeginsAndEndsRelativeToItsOrigin() throws {
        try set("close,at=100ns,for=50ns")
        #expect(strike(at: 1099) == nil)
        #expect(board.report(now: 1099).faults[0].state == .waiting)
        #expect(strike(at: 1100)?.outcome == .close)
        #expect(strike(at: 1149)?.outcome == .close)
        #expect(strike(at: 1150) == nil)
        let entry = board.report(now: 1150).faults[0]
        #expect(entry.state == .over && entry.struck == 2 && entry.seen == 2)
    }

    @Test func aCountIsUsedUp() throws {
        try set("status=400,next=2")
        #expect((0..<5).map { _ in strike()?.outcome != nil } == [true, true, false, false, false])
        #expect(board.report(now: 1000).faults[0].state == .over)
    }

    @Test func probabilityFollowsTheSeed() throws {
        try set("close,p=0.25")
        let first = (0..<4000).map { _ in strike() != nil }
        try set("close,p=0.25")
        // Another number, another sequence: each fault has its own.
        let second = (0..<4000).map { _ in strike() != nil }
        try set("close,p=0.25,seed=3")
        let third = (0..<4000).map { _ in strike() != nil }
        try set("close,p=0.25,seed=3")
        let fourth = (0..<4000).map { _ in strike() != nil }
        #expect(first != second)
        #expect(third == fourth)
        // Five standard deviations of a binomial distribution: 5 · √(4000 · 0.25 · 0.75) = 137.
        #expect(abs(first.count { $0 } - 1000) < 137)
    }

    @Test func faultsCompose() throws {
        try set("delay=5ms;delay=7ms;status=503,next=1;status=400;drip=100;slow_read=50;drip=10")
        let first = try #require(strike())
        #expect(first.delayNanoseconds == 12_000_000)
        #expect(first.outcome == .status(503, nil))
        #expect(first.conduct.writeBytesPerSecond == 10)
        #expect(first.conduct.readBytesPerSecond == 50)
        // The second status strikes only where the first does not.
        #expect(strike()?.outcome == .status(400, nil))
        #expect(board.report(now: 1000).faults.map(\.struck) == [2, 2, 1, 1, 2, 2, 2])
    }

    @Test func onlyTheNamedPathIsConcerned() throws {
        try set("close,path=/v1/traces;partial=1")
        #expect(strike(path: "/v1/logs")?.outcome == .partial(1))
        #expect(strike(path: "/v1/traces")?.outcome == .close)
        #expect(strike(path: "/v1/metrics") == nil)
    }

    @Test func comingBackEarlyIsNoticed() {
        board.askToWait(path: "/v1/logs", until: 5_000_000_000)
        _ = strike(at: 1_000_000_000, path: "/v1/traces")
        #expect(board.report(now: 0).retryAfter.early == 0)
        _ = strike(at: 4_900_000_000)
        board.askToWait(path: "/v1/logs", until: 9_000_000_000)
        _ = strike(at: 9_000_000_000)
        // Only the first request after the wish counts.
        _ = strike(at: 9_000_000_001)
        let account = board.report(now: 0).retryAfter
        #expect(account.sent == 2 && account.early == 1 && account.obeyed == 1)
    }

    @Test func onesAreRemovedAndAllAreForgotten() throws {
        try set("close;delay=1ms")
        let ids = board.report(now: 1000).faults.map(\.id)
        #expect(board.remove(ids[0]))
        #expect(!board.remove(ids[0]))
        #expect(strike()?.outcome == nil)
        board.clear()
        #expect(strike() == nil)
        #expect(board.report(now: 1000) == FaultReport())
    }

    @Test func theNumberOfFaultsIsBounded() throws {
        let faults = try Fault.list(parsing: "close")
        for _ in 0..<FaultBoard.maximumFaults {
            #expect(board.set(faults, keepsOthers: true, origin: 0, seed: 1) != nil)
        }
        #expect(board.set(faults, keepsOthers: true, origin: 0, seed: 1) == nil)
    }
}
