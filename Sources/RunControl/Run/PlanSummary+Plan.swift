import HarnessCore
import LoadEngine
import Results

extension PlanSummary {
    /// The plan as it stands in a result.
    init(_ plan: Plan, faults: [Fault] = []) {
        let isOpen = plan.phases.contains(where: \.isOpen)
        self.init(
            hash: plan.hash,
            seed: plan.seed,
            producers: plan.producers,
            operation: plan.workload.operation,
            attributes: plan.workload.single?.attributes,
            latencyBasis: isOpen ? "intended_start" : "actual_start",
            phases: plan.phases.map { Results.PlannedPhase($0) }
        )
        if plan.scenarios.contains(where: { !$0.name.isEmpty }) {
            scenarios = plan.scenarios.indices.map { ScenarioSummary(plan, $0) }
        }
        if !faults.isEmpty { self.faults = faults.map(\.text) }
        shard = plan.shard.map { ShardSummary(index: $0.index, count: $0.count, producers: plan.ownProducers) }
    }
}

extension Results.PlannedPhase {
    init(_ phase: LoadEngine.PlannedPhase) {
        self.init(
            name: phase.name,
            shape: phase.shape,
            isReported: phase.report,
            durationSeconds: phase.durationNanoseconds > 0 ? Double(phase.durationNanoseconds) / 1e9 : nil,
            operations: phase.operations,
            flushEvery: phase.flushEvery,
            timedEvery: phase.timedEvery
        )
        switch phase.schedule {
        case .constant, .curve: ratePerSecond = phase.offeredPerSecond
        case .burst(let size, let everyNanoseconds, _):
            burstSize = size
            burstEverySeconds = everyNanoseconds > 0 ? Double(everyNanoseconds) / 1e9 : nil
        case .closed, .idle: break
        }
        if case .curve(let curve, _, _, _) = phase.schedule {
            peakRatePerSecond = Double(curve.peak) * 1e9 / Double(curve.perNanoseconds)
        }
        if case .poisson = phase.arrivals { arrivals = "poisson" }
        if phase.isOpen {
            catchUp = phase.catchUp.text
            graceSeconds = Double(phase.effectiveGraceNanoseconds) / 1e9
        }
        flushIntervalSeconds = phase.flushIntervalNanoseconds.map { Double($0) / 1e9 }
        if phase.thinkNanoseconds > 0 { thinkSeconds = Double(phase.thinkNanoseconds) / 1e9 }
    }
}

extension ScenarioSummary {
    /// A scenario as it stands in a result, with all of its operations.
    fileprivate init(_ plan: Plan, _ index: Int) {
        let scenario = plan.scenarios[index]
        var operations: UInt64? = 0
        for phase in plan.phases.indices {
            let own = plan.operations(ofScenario: index, inPhase: phase)
            operations = operations.flatMap { sum in own.map { sum + $0 } }
        }
        self.init(
            name: scenario.name,
            producers: scenario.producers,
            operation: scenario.workload.operation,
            weight: scenario.weight,
            operations: operations
        )
    }
}

extension JSONObject {
    /// The options of a system as JSON, by name.
    init(_ options: [String: OptionValue]) {
        self.init()
        for (key, value) in options.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .bool(let flag): self[key] = .bool(flag)
            case .integer(let number): self[key] = .integer(number)
            case .number(let number): self[key] = .number(number)
            case .string(let text): self[key] = .string(text)
            }
        }
    }
}
