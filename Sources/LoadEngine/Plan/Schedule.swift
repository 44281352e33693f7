/// What a profile calls a rate that changes.
package enum CurveKind: String, Sendable, Codable, CaseIterable {
    /// Straight lines from rate to rate.
    case ramp
    /// A staircase of constant rates.
    case step
    /// A constant rate that jumps to a peak for a while.
    case spike
}

/// Which operations a phase issues, and when.
///
/// In the open model operation n of the phase has an intended start, which depends on nothing that happens; in the
/// closed model a producer starts its next operation when the previous one has returned. Producer k of N takes the
/// operations n ≡ k (mod N), which divides every schedule exactly and staggers the producers; see ``OperationShare``.
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

    /// Open model, a rate that changes: operation n starts where the area under the curve reaches n, rounded down.
    ///
    /// - `curve`: the rate over all producers.
    /// - `kind`: what the profile calls it.
    /// - `operations`, `quantumNanoseconds`: as of a constant rate.
    case curve(RateCurve, kind: CurveKind, operations: UInt64, quantumNanoseconds: UInt64)

    /// Closed model, until so many operations are done or so much time has passed; exactly one of them is given.
    case closed(operations: UInt64?, durationNanoseconds: UInt64?)

    /// Nothing is issued.
    case idle

    /// The word that a profile uses for the shape.
    package var shape: String {
        switch self {
        case .constant: "constant"
        case .burst: "burst"
        case .curve(_, let kind, _, _): kind.rawValue
        case .closed: "max"
        case .idle: "idle"
        }
    }

    /// Whether operations have intended starts.
    package var isOpen: Bool {
        switch self {
        case .constant, .burst, .curve: true
        case .closed, .idle: false
        }
    }

    /// How many operations there are, or nil when time alone bounds them.
    package var operations: UInt64? {
        switch self {
        case .constant(_, _, let operations, _), .burst(_, _, let operations), .curve(_, _, let operations, _):
            operations
        case .closed(let operations, _): operations
        case .idle: 0
        }
    }

    /// The grid to which intended starts are rounded down, in nanoseconds; 0 for none.
    package var quantumNanoseconds: UInt64 {
        switch self {
        case .constant(_, _, _, let quantum), .curve(_, _, _, let quantum): quantum
        case .burst, .closed, .idle: 0
        }
    }

    /// The intended start of an operation, in nanoseconds from the start of the phase; nil in the closed model.
    ///
    /// The closed form, in exact integer arithmetic; producers step through the same values.
    package func intendedStart(of operation: UInt64) -> UInt64? {
        switch self {
        case .constant(let events, let perNanoseconds, _, let quantum):
            let exact = Self.product(operation, perNanoseconds, dividedBy: events).quotient
            return Self.floor(exact, to: quantum)
        case .burst(let size, let everyNanoseconds, _):
            return operation / size * everyNanoseconds
        case .curve(let curve, _, _, let quantum):
            return Self.floor(curve.time(ofOperation: operation), to: quantum)
        case .closed, .idle:
            return nil
        }
    }

    /// How many operations start before a moment; nil when time alone bounds them.
    ///
    /// - Parameter time: nanoseconds from the start of the phase.
    /// - Returns: their number; for operations of the closed model, which start at no planned time, all of them.
    package func operations(before time: UInt64) -> UInt64? {
        let exact: UInt128
        switch self {
        case .constant(let events, let perNanoseconds, _, let quantum):
            let area = UInt128(Self.ceiling(time, to: quantum)) * UInt128(events)
            exact = (area + UInt128(perNanoseconds) - 1) / UInt128(perNanoseconds)
        case .burst(let size, let everyNanoseconds, let operations):
            guard everyNanoseconds > 0 else { return time > 0 ? operations : 0 }
            exact = UInt128(Self.ceiling(time, to: everyNanoseconds) / everyNanoseconds) * UInt128(size)
        case .curve(let curve, _, _, let quantum):
            exact = curve.operations(before: Self.ceiling(time, to: quantum))
        case .closed(let operations, _):
            // Nothing says when they start.
            return operations.map { time > 0 ? $0 : 0 }
        case .idle:
            return 0
        }
        return UInt64(min(exact, UInt128(operations ?? 0)))
    }

    static func floor(_ time: UInt64, to grid: UInt64) -> UInt64 {
        grid == 0 ? time : time - time % grid
    }

    private static func ceiling(_ time: UInt64, to grid: UInt64) -> UInt64 {
        guard grid > 0, time % grid > 0 else { return time }
        let (result, overflow) = (time - time % grid).addingReportingOverflow(grid)
        return overflow ? .max : result
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
