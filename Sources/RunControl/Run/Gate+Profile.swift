package import HarnessCore
package import LoadEngine
package import Results

extension Gate {
    /// The gates that a profile's thresholds are, in their order.
    ///
    /// - Parameters:
    ///   - thresholds: the thresholds as written.
    ///   - profile: the name of the profile.
    /// - Returns: the gates.
    /// - Throws: `StrictJSONError` that names the threshold whose metric, limit or level is none.
    package static func gates(
        _ thresholds: [Profile.Threshold],
        ofProfile profile: String
    ) throws(StrictJSONError) -> [Gate] {
        var gates: [Gate] = []
        for threshold in thresholds {
            let level = try level(of: threshold)
            for var gate in try Gate.gates(
                ofProfile: profile,
                thresholds: [(threshold.metric, threshold.expression)]
            ) {
                gate.level = level
                gates.append(gate)
            }
        }
        return gates
    }

    private static func level(of threshold: Profile.Threshold) throws(StrictJSONError) -> GateLevel {
        guard let text = threshold.level else { return .error }
        if let level = GateLevel(rawValue: text) { return level }
        let known = GateLevel.allCases.map(\.rawValue)
        throw StrictJSONError(
            path: "thresholds.\(threshold.metric).level",
            value: JSONValue.quoted(text),
            reason: "is not one of the known values",
            hint: Suggestion.nearest(to: text, in: known).map { "did you mean \"\($0)\"?" }
                ?? "known: \(known.joined(separator: ", "))"
        )
    }
}
