import HarnessCore

/// The loads that a scenario may have beside the phases'.
private enum LoadName: String, CaseIterable {
    case constant
    case burst

    var keys: [String] {
        switch self {
        case .constant: ["rate"]
        case .burst: ["size", "every"]
        }
    }
}

extension Profile {
    /// The highest weight of a scenario.
    private static let maximumWeight = 1_000

    /// Reads the scenarios; empty when there are none.
    static func scenarios(
        _ reader: JSONReader,
        workload: WorkloadMix,
        phases: [Phase]
    ) throws(StrictJSONError) -> [Scenario] {
        guard reader.has("scenarios") else { return [] }
        var scenarios: [Scenario] = []
        for object in try reader.objects("scenarios") {
            let scenario = try self.scenario(object, workload: workload, phases: phases)
            guard !scenarios.contains(where: { $0.name == scenario.name }) else {
                throw object.error("name", "names two scenarios", hint: "give each scenario a name of its own")
            }
            scenarios.append(scenario)
        }
        guard (1...Plan.maximumScenarios).contains(scenarios.count) else {
            throw reader.error(
                "scenarios",
                "names \(scenarios.count) scenarios",
                hint: "use 1 to \(Plan.maximumScenarios)"
            )
        }
        guard scenarios.contains(where: { if case .weight = $0.load { true } else { false } }) else {
            throw StrictJSONError(
                path: "scenarios",
                reason: "each scenario has a load of its own, so nobody would issue the phases'",
                hint: "remove \"load\" from at least one"
            )
        }
        return scenarios
    }

    private static func scenario(
        _ reader: JSONReader,
        workload: WorkloadMix,
        phases: [Phase]
    ) throws(StrictJSONError) -> Scenario {
        let name = try reader.nonEmptyString("name")
        guard isName(name) else {
            throw reader.error("name", "is not a name", hint: "use letters, digits, \"-\" and \"_\"")
        }
        let own = try reader.optionalObject("workload")
        let weight = try reader.optionalInteger("weight", in: 1...maximumWeight)
        var load = ScenarioLoad.weight(weight ?? 1)
        if let object = try reader.optionalObject("load") {
            guard weight == nil else {
                throw reader.error("weight", "stands beside \"load\"", hint: "a scenario has either; remove one")
            }
            load = try self.load(object)
            if let phase = phases.first(where: \.shape.isLoadWithoutDuration) {
                throw reader.error(
                    "load",
                    "would have no end beside the phase \"\(phase.name)\"",
                    hint: "give each phase with load a \"duration\""
                )
            }
        }
        let think = try positive("think_time", reader.optionalDuration("think_time"), reader)
        if think != nil, !phases.contains(where: { if case .max = $0.shape { true } else { false } }) {
            throw reader.error("think_time", "belongs to the closed model", hint: "no phase has the shape \"max\"")
        }
        let scenario = Scenario(
            name: name,
            workload: own == nil ? workload : try WorkloadMix(own),
            producers: try reader.optionalInteger("producers", in: 1...Plan.maximumProducers) ?? Defaults.producers,
            load: load,
            startOffsetNanoseconds: try shift("start_offset", reader),
            staggerNanoseconds: try shift("stagger", reader),
            thinkNanoseconds: think
        )
        try reader.finish()
        return scenario
    }

    private static func load(_ reader: JSONReader) throws(StrictJSONError) -> ScenarioLoad {
        let shape = try reader.choice("shape", of: LoadName.self)
        for key in ["duration", "count"] where reader.has(key) {
            throw reader.error(key, "does not apply to a load beside the phases", hint: "it lasts as long as they do")
        }
        for key in LoadName.allCases.flatMap(\.keys) where !shape.keys.contains(key) && reader.has(key) {
            throw reader.error(key, "does not apply to the shape \"\(shape.rawValue)\"", hint: "remove \"\(key)\"")
        }
        let load: ScenarioLoad
        switch shape {
        case .constant:
            let (events, perNanoseconds) = try arrivalRate("rate", reader)
            load = .constant(events: events, perNanoseconds: perNanoseconds)
        case .burst:
            let size = try reader.count("size")
            _ = try positive("size", size, reader)
            load = .burst(size: size, everyNanoseconds: try bounded("every", reader.duration("every"), reader))
        }
        try reader.finish()
        return load
    }

    /// How many producers there are, and by how much they are staggered, where no scenario says it.
    static func producers(
        _ reader: JSONReader,
        _ scenarios: [Scenario]
    ) throws(StrictJSONError) -> (count: Int, staggerNanoseconds: UInt64) {
        guard !scenarios.isEmpty else {
            let count = try reader.optionalInteger("producers", in: 1...Plan.maximumProducers)
            return (count ?? Defaults.producers, try shift("stagger", reader))
        }
        for key in ["producers", "stagger"] where reader.has(key) {
            throw reader.error(key, "stands beside \"scenarios\"", hint: "each of them has \"\(key)\" of its own")
        }
        let count = scenarios.reduce(0) { $0 + $1.producers }
        guard count <= Plan.maximumProducers else {
            throw reader.error("scenarios", "have \(count) producers", hint: "use at most \(Plan.maximumProducers)")
        }
        return (count, 0)
    }

    private static func shift(_ key: String, _ reader: JSONReader) throws(StrictJSONError) -> UInt64 {
        guard let shift = try reader.optionalDuration(key) else { return 0 }
        guard shift <= 86_400_000_000_000 else {
            throw reader.error(key, "is longer than a day", hint: "the longest is \"1d\"")
        }
        return shift
    }
}

extension Profile.Shape {
    /// Whether operations alone say when the phase ends.
    fileprivate var isLoadWithoutDuration: Bool {
        switch self {
        case .max(.count), .burst(_, 0, _): true
        case .constant, .burst, .curve, .soak, .max, .idle: false
        }
    }
}
