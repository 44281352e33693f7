/// The intended starts of one producer in a phase, whatever its schedule.
///
/// A producer takes the case apart before its loop; stepping through the enumeration itself is for looking at a plan.
enum PlannedArrivals: Arrivals {
    case constant(ConstantArrivals)
    case burst(BurstArrivals)
    case curve(CurveArrivals)
    case shared(SharedArrivals)
    case poisson(PoissonArrivals)

    /// The next intended start in nanoseconds from where the producer's own begin, or nil after the last.
    mutating func next() -> UInt64? {
        switch self {
        case .constant(var arrivals):
            defer { self = .constant(arrivals) }
            return arrivals.next()
        case .burst(var arrivals):
            defer { self = .burst(arrivals) }
            return arrivals.next()
        case .curve(var arrivals):
            defer { self = .curve(arrivals) }
            return arrivals.next()
        case .shared(var arrivals):
            defer { self = .shared(arrivals) }
            return arrivals.next()
        case .poisson(var arrivals):
            defer { self = .poisson(arrivals) }
            return arrivals.next()
        }
    }
}

extension Plan {
    /// The intended starts of a producer in a phase; nil when it has none, in the closed model and when idle.
    ///
    /// They count from the start of the phase and the producer's shift (``PlannedScenario/shift(ofRank:)``).
    func arrivals(ofProducer producer: Int, inPhase phase: Int) -> PlannedArrivals? {
        let place = place(ofProducer: producer)
        let scenario = scenarios[place.scenario]
        let schedule = schedule(ofScenario: place.scenario, inPhase: phase)
        let share = share(ofProducer: producer)
        if case .poisson(let seed) = phases[phase].arrivals, scenario.weight != nil, let curve = schedule.curve {
            let arrivals = PoissonArrivals(
                curve,
                operations: share.count(below: schedule.operations ?? 0),
                quantumNanoseconds: schedule.quantumNanoseconds,
                seed: seed,
                producer: producer
            )
            return .poisson(arrivals)
        }
        switch schedule {
        case .constant(let events, let perNanoseconds, let operations, let quantum):
            guard share.isWhole else { return .shared(SharedArrivals(schedule, share: share)) }
            let arrivals = ConstantArrivals(
                events: events,
                perNanoseconds: perNanoseconds,
                operations: operations,
                quantumNanoseconds: quantum,
                producer: place.rank,
                of: scenario.producers
            )
            return .constant(arrivals)
        case .burst(let size, let everyNanoseconds, let operations):
            guard share.isWhole else { return .shared(SharedArrivals(schedule, share: share)) }
            let arrivals = BurstArrivals(
                size: size,
                everyNanoseconds: everyNanoseconds,
                operations: operations,
                producer: place.rank,
                of: scenario.producers
            )
            return .burst(arrivals)
        case .curve(let curve, _, let operations, let quantum):
            let arrivals = CurveArrivals(curve, operations: operations, quantumNanoseconds: quantum, share: share)
            return .curve(arrivals)
        case .closed, .idle:
            return nil
        }
    }
}
