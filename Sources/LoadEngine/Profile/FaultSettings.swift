import HarnessCore

extension Profile {
    /// Reads and checks the faults of a profile.
    ///
    ///     "faults": [{"kind": "status", "status": 503, "phase": "down", "at": "1s", "for": "5s"}, "delay=5ms"]
    ///     "faults": "refuse,phase=down"
    ///
    /// - Parameters:
    ///   - reader: the profile.
    ///   - phases: its phases, which faults may name.
    /// - Returns: the faults in their order; empty if there are none.
    /// - Throws: `StrictJSONError` for a fault that is none, names no phase or would never end.
    static func faults(_ reader: JSONReader, phases: [Phase]) throws(StrictJSONError) -> [Fault] {
        let faults = try Fault.list(reader, "faults")
        for (index, fault) in faults.enumerated() {
            let path = "faults[\(index)]"
            if let name = fault.phase {
                let names = phases.flatMap(\.plannedNames)
                guard names.contains(name) else {
                    let guess = Suggestion.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" }
                    throw StrictJSONError(
                        path: "\(path).phase",
                        value: JSONValue.quoted(name),
                        reason: "is not a phase",
                        hint: guess ?? "there are: \(names.joined(separator: ", "))"
                    )
                }
            }
            let hasEnd =
                fault.durationNanoseconds != nil
                || phases.contains { phase in
                    phase.hasDuration && fault.phase.map(phase.plannedNames.contains) == true
                }
            if fault.action == .refuse, !hasEnd {
                throw StrictJSONError(
                    path: path,
                    value: JSONValue.quoted(fault.text),
                    reason: "would never end",
                    hint: "say how long, for example \"for\": \"10s\", or name a phase that has a duration"
                )
            }
        }
        return faults
    }
}

extension Profile.Phase {
    /// Whether it is known beforehand how long the phase lasts.
    fileprivate var hasDuration: Bool {
        switch shape {
        case .constant(_, _, .duration), .burst(_, _, .duration), .max(.duration), .curve, .soak, .idle: true
        case .constant, .burst, .max: false
        }
    }
}
