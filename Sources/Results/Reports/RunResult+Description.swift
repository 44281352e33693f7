extension RunResult {
    /// What the profile says of itself, marked where the run was not what it says; nil where it says nothing.
    package var markedDescription: String? {
        guard let description, !description.isEmpty else { return nil }
        let changed = configuration.filter { ["environment", "flag"].contains($0.origin) }.map(\.key)
        return ProfileDescription.marked(description, changed: changed)
    }
}

/// The description of a profile of which settings were changed.
package enum ProfileDescription {
    private static let describing = ["phases.", "workload.", "system.", "producers", "leak.", "faults", "scenarios."]

    /// Marks a description that may be wrong by now: its words are the profile's.
    ///
    /// - Parameters:
    ///   - description: what the profile says.
    ///   - changed: the keys of the settings that are not the profile's.
    /// - Returns: the description with `(changed)` after it where one of them may be in it.
    package static func marked(_ description: String, changed: [String]) -> String {
        let isChanged = changed.contains { key in describing.contains { key.hasPrefix($0) } }
        return description + (isChanged ? " (changed)" : "")
    }
}
