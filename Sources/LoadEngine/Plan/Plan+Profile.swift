import HarnessCore

extension Profile {
    /// The most operations of one producer in a run: what fits below the producer in an item's id.
    package static var maximumOperationsPerProducer: UInt64 { 1 << 40 }

    /// The longest phase, in nanoseconds: a year.
    package static var maximumPhaseNanoseconds: UInt64 { 365 * 86_400 * 1_000_000_000 }

    /// A producer that has more intended starts a second than this is woken once a quantum instead.
    static var maximumWakeUpsPerSecond: UInt64 { 20_000 }

    /// The length of a quantum, in nanoseconds.
    static var quantumNanoseconds: UInt64 { 1_000_000 }

    /// The plan of the profile: pure, the same on every machine.
    ///
    /// - Throws: ``ProfileError`` when a phase is too long or has too many operations.
    package func makePlan() throws(ProfileError) -> Plan {
        let scenarios = plannedScenarios
        var planned: [PlannedPhase] = []
        for phase in phases {
            for name in phase.plannedNames {
                planned.append(try plan(phase, named: name, index: planned.count, scenarios))
            }
        }
        let plan = Plan(profile: name, seed: seed, scenarios: scenarios, phases: planned)
        try checkItems(of: plan)
        return plan
    }

    /// The scenarios, or one without a name that stands for all producers.
    private var plannedScenarios: [PlannedScenario] {
        guard !scenarios.isEmpty else {
            return [
                PlannedScenario(
                    name: "",
                    workload: workload,
                    producers: producers,
                    weight: 1,
                    staggerNanoseconds: staggerNanoseconds
                )
            ]
        }
        return scenarios.map { scenario in
            let weight: Int? = if case .weight(let weight) = scenario.load { weight } else { nil }
            return PlannedScenario(
                name: scenario.name,
                workload: scenario.workload,
                producers: scenario.producers,
                weight: weight,
                startOffsetNanoseconds: scenario.startOffsetNanoseconds,
                staggerNanoseconds: scenario.staggerNanoseconds,
                thinkNanoseconds: scenario.thinkNanoseconds
            )
        }
    }

    /// Each item needs an id of its own.
    private func checkItems(of plan: Plan) throws(ProfileError) {
        var items = [UInt64](repeating: 0, count: producers)
        for (index, phase) in plan.phases.enumerated() {
            for producer in 0..<producers {
                let workload = plan.scenarios[plan.place(ofProducer: producer).scenario].workload
                let most = workload.components.map { UInt64($0.workload.itemsPerOperation) }.max() ?? 1
                let operations = plan.operations(ofProducer: producer, inPhase: index) ?? 0
                let (product, overflow) = operations.multipliedReportingOverflow(by: most)
                let (sum, isTooMuch) = items[producer].addingReportingOverflow(product)
                guard !overflow, !isTooMuch, sum < Self.maximumOperationsPerProducer else {
                    throw ProfileError(
                        profile: name,
                        message: "phase \"\(phase.name)\" brings the run to more than 2^40 operations per producer; "
                            + "shorten it or use more producers"
                    )
                }
                items[producer] = sum
            }
        }
    }

    private func plan(
        _ phase: Phase,
        named name: String,
        index: Int,
        _ scenarios: [PlannedScenario]
    ) throws(ProfileError) -> PlannedPhase {
        let shared = scenarios.reduce(0) { $0 + ($1.weight == nil ? 0 : $1.producers) }
        let (schedule, duration) = try schedule(phase, producers: shared)
        var besides: [String: Schedule] = [:]
        if schedule != .idle {
            for scenario in self.scenarios {
                besides[scenario.name] = try beside(scenario, phase, durationNanoseconds: duration)
            }
        }
        // Whoever starts later ends later; nothing is cut off.
        let shift = schedule == .idle ? 0 : scenarios.map { $0.shift(ofRank: $0.producers - 1) }.max() ?? 0
        let isSoak = if case .soak = phase.shape { true } else { false }
        return PlannedPhase(
            name: name,
            schedule: schedule,
            besides: besides,
            durationNanoseconds: duration + shift,
            report: phase.report,
            flush: phase.flush,
            flushEvery: phase.flushEvery,
            flushIntervalNanoseconds: phase.flushIntervalNanoseconds,
            timedEvery: phase.timedEvery,
            isSoak: isSoak,
            arrivals: phase.isPoisson ? .poisson(seed: Self.poissonSeed(seed, phase: index)) : .uniform,
            catchUp: phase.catchUp,
            graceNanoseconds: phase.graceNanoseconds,
            thinkNanoseconds: phase.thinkNanoseconds,
            isCycle: phase.cycles != nil,
            freshThreads: phase.freshThreads,
            sessions: phase.sessions
        )
    }

    /// A stream of its own for the arrivals of each phase, apart from those that choose operations of a mix.
    private static func poissonSeed(_ seed: UInt64, phase: Int) -> UInt64 {
        // "poisson" in ASCII.
        SeededHash.value(seed ^ 0x70_6F69_7373_6F6E, UInt64(phase))
    }

    /// The load that a scenario has beside a phase, or nil when it shares the phase's.
    private func beside(
        _ scenario: Scenario,
        _ phase: Phase,
        durationNanoseconds: UInt64
    ) throws(ProfileError) -> Schedule? {
        switch scenario.load {
        case .weight: nil
        case .constant(let events, let perNanoseconds):
            try constant(events, perNanoseconds, .duration(durationNanoseconds), scenario.producers, phase).schedule
        case .burst(let size, let everyNanoseconds):
            try burst(size, everyNanoseconds, .duration(durationNanoseconds), phase).schedule
        }
    }

    // MARK: - Schedules

    private func schedule(
        _ phase: Phase,
        producers: Int
    ) throws(ProfileError) -> (schedule: Schedule, durationNanoseconds: UInt64) {
        switch phase.shape {
        case .constant(let events, let perNanoseconds, let extent):
            return try constant(events, perNanoseconds, extent, producers, phase)
        case .soak(let events, let perNanoseconds, let duration):
            return try constant(events, perNanoseconds, .duration(duration), producers, phase)
        case .burst(let size, let everyNanoseconds, let extent):
            return try burst(size, everyNanoseconds, extent, phase)
        case .curve(let curve, let kind):
            let schedule = Schedule.curve(
                curve,
                kind: kind,
                operations: try count(curve.operations, phase),
                quantumNanoseconds: Self.quantum(curve.peak, curve.perNanoseconds, producers)
            )
            return (schedule, curve.durationNanoseconds)
        case .max(.duration(let nanoseconds)):
            return (.closed(operations: nil, durationNanoseconds: nanoseconds), nanoseconds)
        case .max(.count(let count)):
            return (.closed(operations: count, durationNanoseconds: nil), 0)
        case .idle(let nanoseconds):
            return (.idle, nanoseconds)
        }
    }

    private func constant(
        _ events: UInt64,
        _ perNanoseconds: UInt64,
        _ extent: Extent,
        _ producers: Int,
        _ phase: Phase
    ) throws(ProfileError) -> (schedule: Schedule, durationNanoseconds: UInt64) {
        let operations: UInt64
        let duration: UInt64
        switch extent {
        case .duration(let nanoseconds):
            // All n with ⌊n · per / events⌋ < duration: ⌈duration · events / per⌉ of them.
            let exact = UInt128(nanoseconds) * UInt128(events)
            operations = try count((exact + UInt128(perNanoseconds) - 1) / UInt128(perNanoseconds), phase)
            duration = nanoseconds
        case .count(let count):
            operations = count
            duration = try length(UInt128(count) * UInt128(perNanoseconds) / UInt128(events), phase)
        }
        let schedule = Schedule.constant(
            events: events,
            perNanoseconds: perNanoseconds,
            operations: operations,
            quantumNanoseconds: Self.quantum(events, perNanoseconds, producers)
        )
        return (schedule, duration)
    }

    private func burst(
        _ size: UInt64,
        _ everyNanoseconds: UInt64,
        _ extent: Extent,
        _ phase: Phase
    ) throws(ProfileError) -> (schedule: Schedule, durationNanoseconds: UInt64) {
        switch extent {
        case .duration(let nanoseconds):
            let bursts = (nanoseconds + everyNanoseconds - 1) / everyNanoseconds
            let operations = try count(UInt128(bursts) * UInt128(size), phase)
            return (.burst(size: size, everyNanoseconds: everyNanoseconds, operations: operations), nanoseconds)
        case .count(let count):
            let bursts = (count + size - 1) / size
            let duration = try length(UInt128(bursts) * UInt128(everyNanoseconds), phase)
            return (.burst(size: size, everyNanoseconds: everyNanoseconds, operations: count), duration)
        }
    }

    /// The grid of intended starts: none, or a quantum where a producer would have to wake up too often.
    private static func quantum(_ events: UInt64, _ perNanoseconds: UInt64, _ producers: Int) -> UInt64 {
        let wakeUps = UInt128(perNanoseconds) * UInt128(producers) * UInt128(maximumWakeUpsPerSecond)
        return UInt128(events) * 1_000_000_000 > wakeUps ? quantumNanoseconds : 0
    }

    private func count(_ operations: UInt128, _ phase: Phase) throws(ProfileError) -> UInt64 {
        guard operations < UInt128(Self.maximumOperationsPerProducer) * UInt128(producers) else {
            throw ProfileError(
                profile: name,
                message: "phase \"\(phase.name)\" has \(operations) operations, more than 2^40 per producer; "
                    + "shorten it or use more producers"
            )
        }
        return UInt64(operations)
    }

    private func length(_ nanoseconds: UInt128, _ phase: Phase) throws(ProfileError) -> UInt64 {
        guard nanoseconds <= UInt128(Self.maximumPhaseNanoseconds) else {
            throw ProfileError(
                profile: name,
                message: "phase \"\(phase.name)\" would take longer than a year; lower its count or raise its rate"
            )
        }
        return UInt64(nanoseconds)
    }
}
