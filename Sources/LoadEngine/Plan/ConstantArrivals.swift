/// Steps through ``Schedule/constant(events:perNanoseconds:operations:quantumNanoseconds:)`` without a division.
///
/// Operation n starts at ⌊n · per / events⌋. From one operation of the producer to its next, n grows by the number of
/// producers, so the start grows by a constant whole part and a constant remainder; remainders are carried exactly.
struct ConstantArrivals: Arrivals {
    private var remaining: UInt64
    private var start: UInt64
    /// In units of 1/events ns; below `events`.
    private var fraction: UInt64
    private let step: UInt64
    private let fractionStep: UInt64
    private let events: UInt64
    private let quantum: UInt64
    private var quantumStart: UInt64 = 0

    /// Creates the arrivals of producer `producer` of `count`.
    init(
        events: UInt64,
        perNanoseconds: UInt64,
        operations: UInt64,
        quantumNanoseconds: UInt64,
        producer: Int,
        of count: Int
    ) {
        let first = Schedule.product(UInt64(producer), perNanoseconds, dividedBy: events)
        let distance = Schedule.product(UInt64(count), perNanoseconds, dividedBy: events)
        start = first.quotient
        fraction = first.remainder
        step = distance.quotient
        fractionStep = distance.remainder
        self.events = events
        quantum = quantumNanoseconds
        let (share, rest) = operations.quotientAndRemainder(dividingBy: UInt64(count))
        remaining = share + (UInt64(producer) < rest ? 1 : 0)
    }

    mutating func next() -> UInt64? {
        guard remaining > 0 else { return nil }
        // Wrapping arithmetic is exact: a plan is shorter than 584 years, and a sum of two fractions below 2^64,
        // because a profile's rates stay below 2^63 events.
        remaining &-= 1
        let result = start
        start &+= step
        fraction &+= fractionStep
        if fraction >= events {
            fraction &-= events
            start &+= 1
        }
        guard quantum != 0 else { return result }
        if result &- quantumStart >= quantum { quantumStart = result - result % quantum }
        return quantumStart
    }
}
