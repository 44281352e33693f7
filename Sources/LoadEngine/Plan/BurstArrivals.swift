/// Steps through ``Schedule/burst(size:everyNanoseconds:operations:)`` without a division.
struct BurstArrivals: Arrivals {
    private var remaining: UInt64
    private var start: UInt64
    /// Where the operation stands in its burst; below `size`.
    private var position: UInt64
    private let size: UInt64
    private let every: UInt64
    private let step: UInt64
    private let positionStep: UInt64

    /// Creates the arrivals of producer `producer` of `count`.
    init(size: UInt64, everyNanoseconds: UInt64, operations: UInt64, producer: Int, of count: Int) {
        self.size = size
        every = everyNanoseconds
        start = UInt64(producer) / size * everyNanoseconds
        position = UInt64(producer) % size
        step = UInt64(count) / size * everyNanoseconds
        positionStep = UInt64(count) % size
        let (share, rest) = operations.quotientAndRemainder(dividingBy: UInt64(count))
        remaining = share + (UInt64(producer) < rest ? 1 : 0)
    }

    mutating func next() -> UInt64? {
        guard remaining > 0 else { return nil }
        // Wrapping arithmetic is exact: a plan is shorter than 584 years, and burst sizes stay below 2^63.
        remaining &-= 1
        let result = start
        start &+= step
        position &+= positionStep
        if position >= size {
            position &-= size
            start &+= every
        }
        return result
    }
}
