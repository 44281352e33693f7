import HarnessCore
import Results

/// Limits that hold for every run, whatever its profile says.
enum BuiltInGates {
    /// Makes the built-in gates that the profile does not set itself.
    ///
    /// - Parameters:
    ///   - gates: The profile's own gates.
    ///   - profile: The name of the profile.
    ///   - delivery: Whether anybody proves what arrives.
    ///   - hasLoad: Whether anything was attempted at all.
    ///   - repetitions: What was measured.
    /// - Returns: The gates, none where nothing was attempted or is to be delivered.
    /// - Throws: `StrictJSONError` if a metric is unknown, which would be an error of the harness.
    static func gates(
        beside gates: [Gate],
        ofProfile profile: String,
        delivery: DeliveryEvidence,
        hasLoad: Bool,
        repetitions: [Repetition]
    ) throws(StrictJSONError) -> [Gate] {
        guard hasLoad else { return [] }
        // With a ledger, an item that vanished without the system admitting it; without one, the system's own word after
        // its shutdown that it could not export.
        let judgesDuplicates = gates.contains { $0.metric.name == "duplicated" }
        let metrics: [String] =
            switch delivery {
            case .verified:
                ["unaccounted"]
                    + findings(
                        repetitions,
                        ["corrupted", "wire_violations", "wrong_tenant", "canaries_leaked"]
                            + (judgesDuplicates ? [] : ["duplicated_by_bug"])
                    )
            case .unverified: ["unexported", "failed_flushes"]
            case .notApplicable: []
            }
        let open = metrics.filter { name in !gates.contains { $0.metric.name == name } }
        return try Gate.gates(ofProfile: profile, thresholds: open.map { ($0, "== 0") }, source: .builtIn)
    }

    /// What the sink has looked for and must not have found, where it had anything to look at.
    private static func findings(_ repetitions: [Repetition], _ names: [String]) -> [String] {
        names.filter { name in
            guard let extract = MetricCatalogue.metric(named: name)?.extractFromRepetition else { return false }
            return repetitions.contains { extract($0).value != nil }
        }
    }
}
