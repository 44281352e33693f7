import LoadEngine
import Results
import RunControl

/// What would run, for programs and for the text form alike.
struct PlanReport: Encodable {
    /// All phases together.
    struct Totals: Encodable {
        /// Operations; nil where time alone bounds a phase.
        var operations: UInt64?
        /// Of them, those of reported phases.
        var reportedOperations: UInt64?
        /// Items that the operations hand to the system; nil where that depends on the mix, or nobody knows.
        var items: UInt64?
        /// The planned durations of the phases together, in seconds, without flushes; nil where a number of operations
        /// alone ends one.
        var durationS: Double?
        /// The same over all repetitions.
        var runDurationS: Double?
    }

    /// One phase.
    struct Phase: Encodable {
        var name: String
        var shape: String
        var isReported: Bool
        /// The planned start, in seconds after the start of the first phase; nil after a phase of unknown length.
        var startS: Double?
        /// The planned length in seconds; nil where a number of operations alone ends the phase.
        var durationS: Double?
        /// The mean rate in operations a second; nil where there is none.
        var ratePerS: Double?
        /// Operations; nil where time alone bounds them.
        var operations: UInt64?
        var burstSize: UInt64?
        var burstEveryS: Double?
        /// How the operations of a rate are spread; nil where there is no rate.
        var arrivals: String?
        /// How fast overdue operations may be issued; nil in the closed model.
        var catchUp: String?
        /// For how long after the planned end overdue operations are still started, in seconds; nil in the closed model.
        var graceS: Double?
        /// The pause of a producer after each operation, in seconds; nil for none.
        var thinkTimeS: Double?
        /// Whether the system is flushed at the end.
        var flush: Bool
        var flushEvery: UInt64?
        var flushIntervalS: Double?
        var timedEvery: UInt64
    }

    /// What one producer does.
    struct Producer: Encodable {
        /// Its number, from 0.
        var producer: Int
        /// Its scenario, where there are any.
        var scenario: String?
        /// Its operations over all phases; nil where time alone bounds them.
        var operations: UInt64?
    }

    /// A search, of which the plan is the first try.
    struct Search: Encodable {
        /// The phase that searches.
        var phase: String
        /// The first rate tried, in operations a second.
        var fromPerS: UInt64
        /// The highest rate tried, in operations a second.
        var toPerS: UInt64
        /// How long each rate is tried, in seconds.
        var probeS: Double
        /// How long the rate found is tried again, in seconds.
        var confirmationS: Double
    }

    /// A part of a plan.
    struct Shard: Encodable {
        var index: Int
        var count: Int
    }

    let schemaVersion = MachineOutput.schemaVersion
    let kind = "plan"
    let profile: String
    let description: String
    let system: String
    let planHash: String
    let seed: UInt64
    let repetitions: Int
    /// What an operation is: the name of a kind, or `mixed`.
    let operation: String
    /// Items of an operation, on average; nil where scenarios differ in it and nobody knows how many operations each has.
    let itemsPerOperation: Double?
    /// The part of the plan that this is about; nil for the whole.
    let shard: Shard?
    /// What the plan is the first try of; nil for a plain run.
    let search: Search?
    let totals: Totals
    let phases: [Phase]
    let producers: [Producer]
    /// What the queue of the system can cost; empty where nothing can be said.
    let loss: [LossBound]

    /// Looks at a plan.
    ///
    /// - Parameters:
    ///   - profile: where it comes from.
    ///   - plan: the plan, or a part of it.
    ///   - repetitions: how often it would run.
    ///   - search: what it is the first try of.
    ///   - changed: the keys of the settings that are not the profile's own.
    init(profile: Profile, plan: Plan, repetitions: Int, search: SearchSettings? = nil, changed: [String] = []) {
        self.profile = plan.profile
        description =
            profile.description.isEmpty ? "" : ProfileDescription.marked(profile.description, changed: changed)
        system = profile.system
        planHash = plan.hash
        seed = plan.seed
        self.repetitions = repetitions
        operation = plan.workload.operation
        itemsPerOperation = Self.itemsPerOperation(plan)
        shard = plan.shard.map { Shard(index: $0.index, count: $0.count) }
        self.search = search.map { search in
            Search(
                phase: search.phase,
                fromPerS: search.from,
                toPerS: search.to,
                probeS: Self.seconds(search.probeNanoseconds),
                confirmationS: Self.seconds(search.confirmationNanoseconds)
            )
        }
        let outline = RunOutline(plan: plan, repetitions: repetitions)
        let operations = plan.phases.indices.map { plan.operations(inPhase: $0) }
        let reported = plan.phases.indices.filter { plan.phases[$0].report }
        let all = Self.sum(operations)
        totals = Totals(
            operations: all,
            reportedOperations: Self.sum(reported.map { operations[$0] }),
            items: Self.items(plan),
            durationS: outline.repetitionNanoseconds.map(Self.seconds),
            runDurationS: outline.runNanoseconds.map(Self.seconds)
        )
        var start: UInt64? = 0
        phases = plan.phases.indices.map { index in
            let phase = Phase(plan, index, start: start)
            start = plan.phases[index].isOpenEnded ? nil : start.map { $0 + plan.phases[index].durationNanoseconds }
            return phase
        }
        producers = plan.ownProducers.map { producer in
            let scenario = plan.scenarios[plan.place(ofProducer: producer).scenario].name
            return Producer(
                producer: producer,
                scenario: scenario.isEmpty ? nil : scenario,
                operations: Self.sum(
                    plan.phases.indices.map { plan.operations(ofProducer: producer, inPhase: $0) }
                )
            )
        }
        loss = QueueArithmetic(plan: plan, system: profile.system, options: profile.options).bounds
    }

    /// The items of all operations, or nil where chance decides or nobody knows.
    private static func items(_ plan: Plan) -> UInt64? {
        sum(
            plan.scenarios.enumerated().flatMap { index, scenario in
                plan.phases.indices.map { phase in
                    scenario.workload.single.flatMap { workload in
                        plan.operations(ofScenario: index, inPhase: phase).map {
                            $0 * UInt64(workload.itemsPerOperation)
                        }
                    }
                }
            }
        )
    }

    private static func itemsPerOperation(_ plan: Plan) -> Double? {
        let means = Set(plan.scenarios.map(\.workload.meanItemsPerOperation))
        if means.count == 1 { return means.first }
        let counts = plan.scenarios.indices.map { scenario in
            sum(plan.phases.indices.map { plan.operations(ofScenario: scenario, inPhase: $0) })
        }
        guard let all = sum(counts), all > 0 else { return nil }
        let items = zip(plan.scenarios, counts).reduce(0) {
            $0 + $1.0.workload.meanItemsPerOperation * Double($1.1 ?? 0)
        }
        return items / Double(all)
    }

    /// The sum, or nil where a part of it is unknown.
    private static func sum(_ counts: [UInt64?]) -> UInt64? {
        counts.reduce(0) { sum, count in sum.flatMap { sum in count.map { sum + $0 } } }
    }

    /// Nanoseconds as seconds.
    static func seconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 }
}

extension PlanReport.Phase {
    /// One phase of a plan, or of a part of it.
    init(_ plan: Plan, _ index: Int, start: UInt64?) {
        let phase = plan.phases[index]
        let operations = plan.operations(inPhase: index)
        let isOpen = phase.isOpen
        // The rate of a part is what its operations make of the whole's.
        let part = phase.operations.flatMap { all in operations.map { all > 0 ? Double($0) / Double(all) : 1 } } ?? 1
        self.init(
            name: phase.name,
            shape: phase.shape,
            isReported: phase.report,
            startS: start.map(PlanReport.seconds),
            durationS: phase.isOpenEnded ? nil : PlanReport.seconds(phase.durationNanoseconds),
            ratePerS: phase.offeredPerSecond.map { $0 * part },
            operations: operations,
            arrivals: isOpen && phase.offeredPerSecond != nil ? phase.arrivals.word : nil,
            catchUp: isOpen ? phase.catchUp.text : nil,
            graceS: isOpen ? PlanReport.seconds(phase.effectiveGraceNanoseconds) : nil,
            thinkTimeS: phase.thinkNanoseconds > 0 ? PlanReport.seconds(phase.thinkNanoseconds) : nil,
            flush: phase.flush,
            flushEvery: phase.flushEvery,
            flushIntervalS: phase.flushIntervalNanoseconds.map(PlanReport.seconds),
            timedEvery: phase.timedEvery
        )
        if case .burst(let size, let every, _) = phase.schedule {
            burstSize = size
            burstEveryS = every > 0 ? PlanReport.seconds(every) : nil
        }
    }
}

extension ArrivalProcess {
    /// The word that a profile uses.
    var word: String {
        switch self {
        case .uniform: "uniform"
        case .poisson: "poisson"
        }
    }
}
