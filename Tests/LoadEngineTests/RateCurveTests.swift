import HarnessCore
import Testing

@testable import LoadEngine

struct RateCurveTests {
    static func curve(_ shape: String) throws -> (curve: RateCurve, operations: UInt64) {
        let plan = try PlanTests.plan(#"{"name": "main", \#(shape)}"#)
        guard case .curve(let curve, _, let operations, _) = plan.phases[0].schedule else {
            throw Failure()
        }
        return (curve, operations)
    }

    struct Failure: Error {}

    /// The largest whole number whose square is at most `value`, by bisection.
    static func squareRoot(_ value: UInt128) -> UInt128 {
        var (low, high) = (UInt128(0), UInt128(1) << 63)
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle <= value { low = middle } else { high = middle }
        }
        return low
    }

    /// From 0 to R in D the area is R·t²/2D, so operation n starts at √(2·n·D/R): here √(2·n·10^16) ns.
    @Test func aRampFromZeroIsASquareRoot() throws {
        let (curve, operations) = try Self.curve(
            #""shape": "ramp", "from": "0/s", "stages": [{"rate": "1000/s", "duration": "10s"}]"#
        )
        #expect(operations == 5000)
        for operation in 0..<operations {
            let exact = Self.squareRoot(2 * UInt128(operation) * 10_000_000_000_000_000)
            if UInt128(curve.time(ofOperation: operation)) != exact {
                Issue.record("operation \(operation) starts at \(curve.time(ofOperation: operation)), not \(exact)")
            }
        }
    }

    /// The mirror image: with m = 5000 − n operations to come, √(2·m·10^16) ns are left; rounded down from the other side.
    @Test func aRampToZeroIsItsMirrorImage() throws {
        let (curve, operations) = try Self.curve(
            #""shape": "ramp", "from": "1000/s", "stages": [{"rate": "0/s", "duration": "10s"}]"#
        )
        #expect(operations == 5000)
        for operation in 0..<operations {
            let square = 2 * UInt128(5000 - operation) * 10_000_000_000_000_000
            let root = Self.squareRoot(square)
            let left = root * root == square ? root : root + 1
            if UInt128(curve.time(ofOperation: operation)) != 10_000_000_000 - left {
                Issue.record("operation \(operation) starts at \(curve.time(ofOperation: operation))")
            }
        }
    }

    /// Areas by hand: 0 to 1000/s in 1 s is 500, 3 s of it 3000, a jump to 100/s, 2 s of that 200, and down to 0 in 1 s
    /// another 50.
    @Test func stagesAreAreas() throws {
        let (curve, operations) = try Self.curve(
            """
            "shape": "ramp", "from": 0, "stages": [
                {"rate": "1000/s", "duration": "1s"}, {"rate": "1000/s", "duration": "3s"},
                {"rate": "100/s", "duration": "0s"}, {"rate": "100/s", "duration": "2s"}, {"rate": "0/s", "duration": "1s"}
            ]
            """
        )
        #expect(operations == 3750)
        let starts = [500, 501, 3500, 3501, 3700].map { curve.time(ofOperation: $0) }
        #expect(starts == [1_000_000_000, 1_001_000_000, 4_000_000_000, 4_010_000_000, 6_000_000_000])
        let reached = [0, 1, 1_000_000_000, 1_000_000_001, 4_000_000_000, 7_000_000_000].map {
            curve.operations(before: $0)
        }
        #expect(reached == [0, 1, 500, 501, 3500, 3750])
        #expect(curve.ratePerSecond(at: 500_000_000) == 500)
        #expect(curve.ratePerSecond(at: 4_000_000_000) == 100)
        #expect(curve.ratePerSecond(at: 7_000_000_000) == 0)
    }

    /// 2.5 operations in the first stage: the half is carried, and the next starts after half of its second's distance.
    @Test func fractionsOfOperationsAreCarried() throws {
        let (curve, operations) = try Self.curve(
            #""shape": "step", "rates": ["5/s", "1/s"], "every": "500ms""#
        )
        #expect(operations == 3)
        #expect((0..<3).map { curve.time(ofOperation: $0) } == [0, 200_000_000, 400_000_000])
        let (slow, total) = try Self.curve(#""shape": "step", "rates": ["1/s", "4/s"], "every": "2500ms""#)
        // The first stage ends at 2.5; the missing half takes an eighth of a second at 4/s.
        #expect(total == 13)
        #expect(slow.time(ofOperation: 3) == 2_625_000_000)
    }

    @Test func nothingStartsWhileTheRateIsZero() throws {
        let (curve, operations) = try Self.curve(
            #""shape": "step", "rates": [0, "10/s", 0, "10/s"], "every": "1s""#
        )
        #expect(operations == 20)
        #expect(curve.time(ofOperation: 0) == 1_000_000_000)
        #expect(curve.time(ofOperation: 10) == 3_000_000_000)
        #expect(curve.operations(before: 3_000_000_000) == 10)
    }

    @Test func aStaircaseGoesFromRateToRate() throws {
        let (curve, operations) = try Self.curve(
            #""shape": "step", "from": "100/s", "to": "300/s", "steps": 4, "duration": "10s""#
        )
        let rates = [0, 2_500_000_000, 5_000_000_000, 7_500_000_000].map { curve.ratePerSecond(at: $0) }
        #expect(zip(rates, [100, 500.0 / 3, 700.0 / 3, 300]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(operations == 2000)
    }

    @Test func aSpikeIsThreePieces() throws {
        let (curve, operations) = try Self.curve(
            #""shape": "spike", "rate": "100/s", "peak": "10k/s", "at": "3s", "for": "500ms", "duration": "10s""#
        )
        #expect(operations == 300 + 5000 + 650)
        #expect(
            [2_999_999_999, 3_000_000_000, 3_500_000_000].map { curve.ratePerSecond(at: $0) } == [100, 10_000, 100]
        )
    }

    /// Every moment is the last whole nanosecond before which the area is no more than the number of the operation.
    @Test func theInverseIsExactForRandomCurves() throws {
        var random = SplitMix64(seed: 20_260_101)
        for _ in 0..<300 {
            let unit = UInt64.random(in: 1...1_000_000_000, using: &random)
            let pieces = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                RateCurve.Piece(
                    from: UInt64.random(in: 0...min(unit, 1000), using: &random),
                    to: UInt64.random(in: 0...min(unit, 1000), using: &random),
                    durationNanoseconds: UInt64.random(in: 1...10_000_000_000, using: &random)
                )
            }
            guard let curve = RateCurve(perNanoseconds: unit, pieces: pieces) else { continue }
            let total = UInt64(curve.operations)
            for _ in 0..<20 {
                let operation = UInt64.random(in: 0..<total, using: &random)
                let time = curve.time(ofOperation: operation)
                let isLast =
                    Self.isReached(curve, operation, at: time) && !Self.isReached(curve, operation, at: time + 1)
                if !isLast { Issue.record("operation \(operation) of \(pieces) over \(unit) starts at \(time)") }
                if curve.operations(before: time) > operation || curve.operations(before: time + 1) <= operation {
                    Issue.record("operation \(operation) of \(pieces) over \(unit) is not counted at \(time)")
                }
            }
        }
    }

    /// Whether the area before a moment is at most a number of operations: with fractions of 2 · duration.
    private static func isReached(_ curve: RateCurve, _ operation: UInt64, at time: UInt64) -> Bool {
        var left = UInt128(operation) * 2 * UInt128(curve.perNanoseconds)
        var start: UInt64 = 0
        for piece in curve.pieces {
            let (from, to, duration) = (UInt128(piece.from), UInt128(piece.to), UInt128(piece.durationNanoseconds))
            if time <= start + piece.durationNanoseconds {
                let t = UInt128(time - start)
                // 2·from·t + (to − from)·t²/duration ≤ left, multiplied by the duration, without a negative number.
                return 2 * from * t * duration + to * t * t <= left * duration + from * t * t
            }
            guard left >= (from + to) * duration else { return false }
            left -= (from + to) * duration
            start += piece.durationNanoseconds
        }
        return false
    }

    @Test func whatCannotBeExactIsNoCurve() {
        let day: UInt64 = 86_400_000_000_000
        let ramp = { (from: UInt64, to: UInt64, days: UInt64) in
            RateCurve(
                perNanoseconds: 1_000_000_000,
                pieces: [RateCurve.Piece(from: from, to: to, durationNanoseconds: days * day)]
            )
        }
        #expect(ramp(0, 1_000_000, 1) != nil)
        #expect(ramp(0, 1_000_000_000, 365) == nil)
        #expect(ramp(1_000_000, 1_000_000, 365) != nil, "a constant rate has no square in it")
        #expect(ramp(0, 0, 1) == nil)
        #expect(ramp(1, 2_000_000_000, 1) == nil, "more than one operation a nanosecond")
    }
}
