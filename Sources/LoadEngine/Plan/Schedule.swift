/// Which operations a phase issues, and when.
///
/// In the open model operation n of the phase has an intended start, which depends on nothing that happens; in the
/// closed model a producer starts its next operation when the previous one has returned. Producer k of N takes the
/// operations n ≡ k (mod N), which divides every schedule exactly and staggers the producers.
package enum Schedule: Sendable, Equatable {
    /// Open model, evenly spaced: operation n starts at ⌊n · perNanoseconds / events⌋.
    ///
    /// - `events`, `perNanoseconds`: the rate over all producers as a reduced fraction.
    /// - `operations`: how many there are.
    /// - `quantumNanoseconds`: 0, or the grid to which starts are rounded down where a producer would have to wait more
    ///   than 20,000 times a second.
    case constant(events: UInt64, perNanoseconds: UInt64, operations: UInt64, quantumNanoseconds: UInt64)

    /// Open model, `size` operations at once: operation n starts at ⌊n / size⌋ · everyNanoseconds.
    case burst(size: UInt64, everyNanoseconds: UInt64, operations: UInt64)

    /// Closed model, until so many operations are done or so much time has passed; exactly one of them is given.
    case closed(operations: UInt64?, durationNanoseconds: UInt64?)

    /// Nothing is issued.
    case idle

    /// The word that a profile uses for the shape.
    package var shape: String {
        switch self {
        case .constant: "constant"
        case .burst: "burst"
        case .closed: "max"
        case .idle: "idle"
        }
    }

    /// How many operations there are, or nil when time alone bounds them.
    package var operations: UInt64? {
        switch self {
        case .constant(_, _, let operations, _), .burst(_, _, let operations): operations
        case .closed(let operations, _): operations
        case .idle: 0
        }
    }

    /// How many of the operations one producer takes, or nil when time alone bounds them.
    ///
    /// - Parameters:
    ///   - producer: the number of the producer, from 0.
    ///   - count: how many producers there are.
    /// - Returns: a number; over all producers they add up to ``operations``.
    package func operations(ofProducer producer: Int, of count: Int) -> UInt64? {
        guard let operations else { return nil }
        let (share, rest) = operations.quotientAndRemainder(dividingBy: UInt64(count))
        return share + (UInt64(producer) < rest ? 1 : 0)
    }

    /// The intended start of an operation, in nanoseconds from the start of the phase; nil in the closed model.
    ///
    /// The closed form, in exact integer arithmetic; producers step through the same values with ``ConstantArrivals``
    /// and ``BurstArrivals``.
    package func intendedStart(of operation: UInt64) -> UInt64? {
        switch self {
        case .constant(let events, let perNanoseconds, _, let quantum):
            let exact = Self.product(operation, perNanoseconds, dividedBy: events).quotient
            return quantum == 0 ? exact : exact - exact % quantum
        case .burst(let size, let everyNanoseconds, _):
            return operation / size * everyNanoseconds
        case .closed, .idle:
            return nil
        }
    }

    /// `a · b / divisor` without overflow in between.
    ///
    /// - Precondition: the quotient fits into 64 bits.
    static func product(
        _ a: UInt64,
        _ b: UInt64,
        dividedBy divisor: UInt64
    ) -> (quotient: UInt64, remainder: UInt64) {
        let (quotient, remainder) = (UInt128(a) * UInt128(b)).quotientAndRemainder(dividingBy: UInt128(divisor))
        precondition(quotient <= UInt128(UInt64.max), "a schedule cannot be longer than 584 years")
        return (UInt64(quotient), UInt64(remainder))
    }
}
