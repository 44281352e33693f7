import HarnessCore
import LoadEngine
import Results

extension PlanSummary {
    /// The plan as it stands in a result.
    init(_ plan: Plan) {
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
