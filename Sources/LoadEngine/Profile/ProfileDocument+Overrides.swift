import HarnessCore

extension ProfileDocument {
    /// The document with changes from one source; apply the environment's before the command line's.
    ///
    /// - `rate` goes to every phase with load: a `constant` one takes the rate, a `burst` one keeps its size and
    ///   changes its distance, a `max` one becomes `constant`; the rate `max` makes each of them a `max` phase.
    /// - `duration` goes to every reported phase with load, in place of a `count`; if there is none, to the reported
    ///   `idle` ones. Warm-up keeps its own.
    /// - A single burst has neither, and is left as it is.
    /// - Where the rate changes within a phase (`ramp`, `step`, `spike`), a rate from outside has no meaning, nor has a
    ///   duration where each stage has its own: an error.
    /// - Loads that scenarios have beside the phases stay as they are; `producers` is an error where scenarios have
    ///   their own.
    ///
    /// - Parameters:
    ///   - overrides: the changes.
    ///   - origin: whom the effective configuration names for them.
    /// - Returns: the changed document, not yet checked.
    /// - Throws: ``ProfileError`` when a change makes no sense for this profile.
    package func applying(
        _ overrides: ProfileOverrides,
        origin: SettingOrigin
    ) throws(ProfileError) -> ProfileDocument {
        var document = self
        for assignment in overrides.set {
            try document.assign(assignment, from: origin)
        }
        if let rate = overrides.rate { try document.apply(rate, from: origin) }
        if let duration = overrides.durationNanoseconds { try document.apply(duration: duration, from: origin) }
        if let producers = overrides.producers {
            guard tree["scenarios"] == nil else {
                throw error(
                    "the scenarios have producers of their own; use --set scenarios.\(scenarios.first?.name ?? "NAME")"
                        + ".producers=\(producers)"
                )
            }
            document.set("producers", to: .integer(Int64(producers)), from: origin)
        }
        if let seed = overrides.seed {
            document.set("seed", to: .integer(Int64(clamping: seed)), from: origin)
        }
        return document
    }

    // MARK: - Rate and duration

    private mutating func apply(_ rate: Rate, from origin: SettingOrigin) throws(ProfileError) {
        var isUsed = false
        for phase in phases {
            let shape = phase.object["shape"]?.stringValue
            let isSingleBurst = shape == "burst" && phase.object["every"] == nil
            guard shape != "idle", !isSingleBurst else { continue }
            isUsed = true
            guard shape != ShapeName.search.rawValue else {
                throw error(
                    "phase \"\(phase.name)\" searches for the rate; remove the rate from the call, or bound the search with "
                        + "--set phases.\(phase.name).from=… and phases.\(phase.name).to=…"
                )
            }
            if let name = shape.flatMap(ShapeName.init), name.isCurve {
                throw error(
                    "phase \"\(phase.name)\" has the shape \"\(name.rawValue)\", whose rate changes; remove the rate from "
                        + "the call, or change its rates in a copy of the profile"
                )
            }
            switch rate {
            case .unlimited:
                setPhase(phase.index, "shape", to: .string("max"), from: origin)
                for key in ["rate", "size", "every", "arrivals", "catch_up", "grace"] {
                    setPhase(phase.index, key, to: nil, from: origin)
                }
            case .perSecond(let events, let perNanoseconds):
                guard shape == "burst" else {
                    if shape == "max" {
                        setPhase(phase.index, "shape", to: .string("constant"), from: origin)
                        for key in ["timed_every", "think_time"] { setPhase(phase.index, key, to: nil, from: origin) }
                    }
                    setPhase(phase.index, "rate", to: .string(Self.text(events, perNanoseconds)), from: origin)
                    continue
                }
                try setDistance(of: phase, events: events, perNanoseconds: perNanoseconds, from: origin)
            }
        }
        guard isUsed else { throw error("no phase has a rate that could be changed; remove the rate from the call") }
    }

    private mutating func setDistance(
        of phase: (index: Int, name: String, object: JSONObject),
        events: UInt64,
        perNanoseconds: UInt64,
        from origin: SettingOrigin
    ) throws(ProfileError) {
        // A size that is none is left for the check of the whole profile, which has the better message.
        guard case .integer(let size)? = phase.object["size"], size > 0 else { return }
        let exact = UInt128(UInt64(size)) * UInt128(perNanoseconds)
        let every = (exact + UInt128(events) / 2) / UInt128(events)
        guard every > 0, let nanoseconds = UInt64(exactly: every) else {
            throw error(
                "phase \"\(phase.name)\" cannot have bursts of \(size) at \(Self.text(events, perNanoseconds)); "
                    + "change their size with --set phases.\(phase.name).size=…"
            )
        }
        setPhase(phase.index, "every", to: .string(Self.text(durationNanoseconds: nanoseconds)), from: origin)
    }

    private mutating func apply(duration: UInt64, from origin: SettingOrigin) throws(ProfileError) {
        let reported = phases.filter { $0.object["report"] != .bool(false) }
        let loaded = reported.filter { phase in
            let shape = phase.object["shape"]?.stringValue
            return shape != "idle" && !(shape == "burst" && phase.object["every"] == nil)
        }
        let targets = loaded.isEmpty ? reported.filter { $0.object["shape"] == .string("idle") } : loaded
        guard !targets.isEmpty else {
            throw error("no reported phase has a duration that could be changed; remove the duration from the call")
        }
        for phase in targets {
            guard phase.object["shape"] != .string("ramp"), phase.object["rates"] == nil else {
                throw error(
                    "phase \"\(phase.name)\" has stages with durations of their own; remove the duration from the call, or "
                        + "change them in a copy of the profile"
                )
            }
            setPhase(phase.index, "count", to: nil, from: origin)
            setPhase(phase.index, "duration", to: .string(Self.text(durationNanoseconds: duration)), from: origin)
        }
    }

    /// The rate as a profile writes it, without loss.
    private static func text(_ events: UInt64, _ perNanoseconds: UInt64) -> String {
        let (perSecond, rest) = (UInt128(events) * 1_000_000_000).quotientAndRemainder(
            dividingBy: UInt128(perNanoseconds)
        )
        return rest == 0 ? "\(perSecond)/s" : "\(events)/\(perNanoseconds)ns"
    }

    /// The duration as a profile writes it, in the largest unit that keeps it whole.
    private static func text(durationNanoseconds: UInt64) -> String {
        let units: [(UInt64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1000, "us")]
        for (size, unit) in units where durationNanoseconds % size == 0 {
            return "\(durationNanoseconds / size)\(unit)"
        }
        return "\(durationNanoseconds)ns"
    }

    // MARK: - Assignments

    /// Makes the change of one `key=value`.
    private mutating func assign(_ assignment: String, from origin: SettingOrigin) throws(ProfileError) {
        guard let separator = assignment.firstIndex(of: "="), separator != assignment.startIndex else {
            throw error("\"\(assignment)\" is not a setting; write key=value, for example system.batch_size=100")
        }
        let key = String(assignment[..<separator])
        let value = Self.value(of: String(assignment[assignment.index(after: separator)...]))
        let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch parts[0] {
        case "system", "workload", "thresholds", "validity", "leak":
            guard parts.count == 2, !parts[1].isEmpty else {
                throw error(
                    "\"\(key)\" is a group of settings; name one of them, for example \(Self.example(parts[0]))"
                )
            }
            setMember(parts[0], parts[1], to: value, from: origin)
        case "phases":
            try assign(parts.count == 2 ? parts[1] : "", of: "phases", "phase", to: value, from: origin)
        case "scenarios":
            try assign(parts.count == 2 ? parts[1] : "", of: "scenarios", "scenario", to: value, from: origin)
        case "description", "producers", "stagger", "seed", "faults", "sampling":
            guard parts.count == 1 else { throw error("\"\(key)\" is not a setting: \(parts[0]) has no members") }
            set(parts[0], to: value, from: origin)
        case "name":
            throw error("the name of a profile cannot be changed; copy the profile instead")
        default:
            let known = [
                "system", "workload", "phases", "scenarios", "producers", "stagger", "seed", "thresholds", "validity",
                "leak", "faults", "sampling", "description",
            ]
            throw error("unknown setting \"\(key)\"; \(hint(forUnknown: key, parts, known))")
        }
        if value == nil { noteRemoval(of: key, from: origin) }
    }

    /// What is probably meant: a group misspelt, or a member whose group was left out.
    private func hint(forUnknown key: String, _ parts: [String], _ known: [String]) -> String {
        if let group = Suggestion.nearest(to: parts[0], in: known) {
            return "did you mean \"\(([group] + parts.dropFirst()).joined(separator: "."))\"?"
        }
        let settings = effectiveConfiguration.map(\.key)
        let members = settings.filter { $0.contains(".") && !$0.hasPrefix("thresholds.") }
        func last(_ setting: String) -> String { setting.split(separator: ".").last.map(String.init) ?? setting }
        if let member = members.map(last).first(where: { $0 == key })
            ?? Suggestion.nearest(to: key, in: members.map(last)),
            // Of phases the reported ones come last, as a rule.
            let setting = members.first(where: { last($0) == member && !$0.hasPrefix("phases.") })
                ?? members.last(where: { last($0) == member })
        {
            return "did you mean \"\(setting)\"?"
        }
        let list = "known: \(known.joined(separator: ", "))"
        return parts.count == 1 ? "\(list); an option of the system is written \"system.\(key)\"" : list
    }

    /// Makes a change to one of the phases or scenarios, which are named in its path: `main.rate`.
    private mutating func assign(
        _ path: String,
        of group: String,
        _ singular: String,
        to value: JSONValue?,
        from origin: SettingOrigin
    ) throws(ProfileError) {
        let members = members(of: group)
        let names = members.map(\.name)
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[1] != "name" else {
            let example = group == "phases" ? "duration" : "producers"
            throw error(
                "\"\(group).\(path)\" is not a setting of a \(singular); write \(group).NAME.KEY, for example "
                    + "\(group).\(names.first ?? "main").\(example)"
            )
        }
        guard let member = members.first(where: { $0.name == parts[0] }) else {
            let nearest = Suggestion.nearest(to: parts[0], in: names).map { "did you mean \"\($0)\"?" }
            throw error(
                "there is no \(singular) \"\(parts[0])\"; \(nearest ?? "there are: \(names.joined(separator: ", "))")"
            )
        }
        set(group, member.index, parts[1], to: value, from: origin)
    }

    /// A JSON scalar where the text is one, otherwise the text as a string; no text removes the setting.
    ///
    /// No setting can be JSON's null, so that word is a string like any other: there is a system of that name.
    private static func value(of text: String) -> JSONValue? {
        guard !text.isEmpty else { return nil }
        return switch try? StrictJSON.parse(text) {
        case let value? where value.isScalar: value
        default: .string(text)
        }
    }

    private static func example(_ group: String) -> String {
        switch group {
        case "system": "system.batch_size"
        case "workload": "workload.attributes"
        case "validity": "validity.lag_p99"
        case "leak": "leak.bytes_per_item"
        default: "thresholds.lost"
        }
    }

    func error(_ message: String) -> ProfileError {
        ProfileError(profile: source, message: message)
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .bool, .integer, .number, .string: true
        case .null, .array, .object: false
        }
    }
}
