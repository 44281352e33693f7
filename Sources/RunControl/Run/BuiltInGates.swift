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
    /// - Returns: At most one gate.
    /// - Throws: `StrictJSONError` if a metric is unknown, which would be an error of the harness.
    static func gates(
        beside gates: [Gate],
        ofProfile profile: String,
        delivery: DeliveryEvidence,
        hasLoad: Bool
    ) throws(StrictJSONError) -> [Gate] {
        // With a ledger, an item that vanished without the system admitting it; without one, the system's own word that
        // it dropped some.
        let metric: String? =
            switch delivery {
            case .verified: "unaccounted"
            case .unverified: "dropped"
            case .notApplicable: nil
            }
        guard hasLoad, let metric, !gates.contains(where: { $0.metric.name == metric }) else { return [] }
        return try Gate.gates(ofProfile: profile, thresholds: [(metric, "== 0")], source: .builtIn)
    }
}
