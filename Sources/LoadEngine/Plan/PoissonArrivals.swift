/// Steps through the random arrivals of one producer: so many evenly distributed places of the area under the rate,
/// drawn in their order.
///
/// With k of them still to come in what is left of the area, the next one leaves the fraction V^(1/k) of it, V being
/// evenly distributed: the smallest of k. That is the order statistics of the whole share without a memory of it (Jon
/// Bentley, James Saxe: "Generating sorted lists of random numbers", 1980, https://doi.org/10.1145/355921.355927).
struct PoissonArrivals: Arrivals {
    private let curve: RateCurve
    private let quantum: UInt64
    private let stream: UInt64
    private var number: UInt64 = 0
    private var remaining: UInt64
    private var left: Double
    private var piece = 0

    /// Creates the arrivals of a producer.
    ///
    /// - Parameters:
    ///   - curve: the rate over all producers; its shape counts here, not its height.
    ///   - operations: how many of the operations are the producer's.
    ///   - quantumNanoseconds: 0, or the grid to which starts are rounded down.
    ///   - seed: the seed of the phase.
    ///   - producer: the producer's number in the run.
    init(_ curve: RateCurve, operations: UInt64, quantumNanoseconds: UInt64, seed: UInt64, producer: Int) {
        self.curve = curve
        quantum = quantumNanoseconds
        stream = SeededHash.value(seed, UInt64(producer))
        remaining = operations
        left = Double(curve.area)
    }

    mutating func next() -> UInt64? {
        guard remaining > 0 else { return nil }
        // Evenly distributed in (0, 1): 53 bits, and a half of the last one.
        let even = (Double(SeededHash.value(stream, number) >> 11) + 0.5) * 0x1p-53
        left *= PlainMath.exp(PlainMath.log(even) / Double(remaining))
        number += 1
        remaining -= 1
        let whole = Double(curve.area)
        let area = min(UInt128(max(whole - left, 0)), curve.area - 1)
        while curve.areas[piece] <= area { piece += 1 }
        return Schedule.floor(curve.time(ofArea: area, in: piece), to: quantum)
    }
}

extension Schedule {
    /// The rate over time of a constant rate or a curve; nil for anything else.
    var curve: RateCurve? {
        switch self {
        case .constant(let events, let perNanoseconds, let operations, _):
            let duration = Self.product(operations, perNanoseconds, dividedBy: events).quotient
            // A single piece of constant rate is as high as it likes: only its length matters.
            let piece = RateCurve.Piece(from: 1, to: 1, durationNanoseconds: max(duration, 1))
            return RateCurve(perNanoseconds: 1, pieces: [piece])
        case .curve(let curve, _, _, _): return curve
        case .burst, .closed, .idle: return nil
        }
    }
}
