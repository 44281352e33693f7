import HarnessCore

extension ProfileDocument {
    /// The search that the profile asks for, with a phase of shape `search`; nil when it has none.
    ///
    /// - Throws: ``ProfileError`` when the search's keys are wrong, or when there are two.
    package func search() throws(ProfileError) -> SearchSettings? {
        let phases = searchPhases
        guard let phase = phases.first else { return nil }
        guard phases.count == 1 else {
            throw error("phases \"\(phase.name)\" and \"\(phases[1].name)\" both search; a profile has one such phase")
        }
        do {
            return try SearchSettings(
                JSONReader(.object(phase.object), named: "phases", path: "phases[\(phase.index)]")
            )
        } catch {
            throw ProfileError(profile: source, error)
        }
    }

    /// The document with a search for the highest rate in place of its reported phase, for `--search`.
    ///
    /// - Parameter origin: whom the effective configuration names for it.
    /// - Returns: the changed document; the same one if it searches already.
    /// - Throws: ``ProfileError`` unless exactly one reported phase issues load at a rate.
    package func searching(origin: SettingOrigin) throws(ProfileError) -> ProfileDocument {
        guard searchPhases.isEmpty else { return self }
        guard tree["leak"] == nil else {
            throw error("a leak check has one load, and no rate to search for; leave out the search")
        }
        let loaded = phases.filter { phase in
            phase.object["report"] != .bool(false) && phase.object["shape"] != .string("idle")
        }
        guard loaded.count == 1, let phase = loaded.first else {
            throw error(
                "a search needs a profile with one reported phase that issues load, and this has \(loaded.count); "
                    + "'bench profiles' lists others"
            )
        }
        var document = self
        for member in phase.object.members where !["name", "report", "flush", "flush_every"].contains(member.key) {
            document.setPhase(phase.index, member.key, to: nil, from: origin)
        }
        document.setPhase(phase.index, "shape", to: .string("search"), from: origin)
        return document
    }

    /// The document of one try of a search: the phase of shape `search` becomes one of constant rate, and the others that
    /// issue load take the rate too.
    ///
    /// - Parameters:
    ///   - rate: operations a second.
    ///   - durationNanoseconds: how long.
    /// - Returns: the changed document, not yet checked.
    /// - Throws: ``ProfileError`` when the profile has no phase with a rate.
    package func trying(rate: UInt64, durationNanoseconds: UInt64) throws(ProfileError) -> ProfileDocument {
        var document = self
        for phase in searchPhases {
            for key in SearchSettings.keys { document.setPhase(phase.index, key, to: nil, from: .profile) }
            document.setPhase(phase.index, "shape", to: .string("constant"), from: .profile)
        }
        return try document.applying(
            ProfileOverrides(
                rate: Rate.every(nanoseconds: 1_000_000_000, events: rate),
                durationNanoseconds: durationNanoseconds
            ),
            origin: .profile
        )
    }

    private var searchPhases: [(index: Int, name: String, object: JSONObject)] {
        phases.filter { $0.object["shape"] == .string("search") }
    }
}
