/// Steps through ``Schedule/curve(_:kind:operations:quantumNanoseconds:)``, piece by piece.
struct CurveArrivals: Arrivals {
    private let curve: RateCurve
    private let share: OperationShare
    private let quantum: UInt64
    private let own: UInt64
    private var index: UInt64 = 0
    private var piece = 0

    /// Creates the arrivals of a producer's share.
    init(_ curve: RateCurve, operations: UInt64, quantumNanoseconds: UInt64, share: OperationShare) {
        self.curve = curve
        self.share = share
        quantum = quantumNanoseconds
        own = share.count(below: operations)
    }

    mutating func next() -> UInt64? {
        guard index < own else { return nil }
        let area = UInt128(share.operation(index)) * curve.areaOfOperation
        // There is a piece: every planned operation has less area before it than the whole curve.
        while curve.areas[piece] <= area { piece += 1 }
        index += 1
        return Schedule.floor(curve.time(ofArea: area, in: piece), to: quantum)
    }
}
