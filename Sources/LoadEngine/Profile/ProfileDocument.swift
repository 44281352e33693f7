import HarnessCore

/// A profile as written, the changes made to it, and where each value comes from.
///
/// Changes are made to the JSON tree, before anything is checked: a value from the command line meets the same rules
/// and the same error messages as one from the file.
package struct ProfileDocument: Sendable {
    /// What messages call the profile: its name or its file.
    package let source: String
    var tree: JSONObject
    private var origins: [String: SettingOrigin] = [:]
    /// What the user took away, and from where: the system's own default, or the harness's, holds in its place.
    private var removals: [String: SettingOrigin] = [:]

    /// Reads a profile's JSON; comments and the other comforts of JSON5 are allowed.
    ///
    /// - Parameters:
    ///   - text: the JSON.
    ///   - source: what messages call the profile: its name or its file.
    /// - Throws: ``ProfileError`` when it is not JSON, or not an object. What the object says is checked by
    ///   ``profile()``.
    package init(parsing text: String, source: String) throws(ProfileError) {
        self.source = source
        do {
            tree = try StrictJSON.read(text, as: "profile").object
        } catch {
            throw ProfileError(profile: source, error)
        }
    }

    /// The validated profile; of a search, that of its first try.
    ///
    /// - Throws: ``ProfileError``, which names the value, the reason and what to do.
    package func profile() throws(ProfileError) -> Profile {
        if let search = try search() {
            return try trying(rate: search.from, durationNanoseconds: search.probeNanoseconds).profile()
        }
        do {
            return try Profile(JSONReader(.object(tree), named: "profile"))
        } catch {
            throw ProfileError(profile: source, error)
        }
    }

    // MARK: - Effective configuration

    /// Every setting with its value and origin, defaults included, in the order of the profile.
    package var effectiveConfiguration: EffectiveConfiguration {
        var settings: EffectiveConfiguration = []
        func add(_ key: String, _ value: JSONValue?, default standard: JSONValue? = nil) {
            if let value {
                settings.append(EffectiveSetting(key: key, value: value, origin: origins[key] ?? .profile))
            } else if let standard {
                settings.append(EffectiveSetting(key: key, value: standard, origin: removals[key] ?? .default))
            }
        }
        func addMembers(_ group: String, without defaulted: [String] = []) {
            guard case .object(let object)? = tree[group] else { return }
            for member in object.members where !defaulted.contains(member.key) {
                add("\(group).\(member.key)", member.value)
            }
        }
        let workload = Workload()
        add("system.name", tree["system"]?["name"], default: .string(Profile.Defaults.system))
        addMembers("system", without: ["name"])
        add(
            "workload.operation",
            tree["workload"]?["operation"],
            default: .string(workload.operation.rawValue)
        )
        if tree["workload"]?["operations"] == nil {
            add("workload.attributes", tree["workload"]?["attributes"], default: .integer(Int64(workload.attributes)))
            let length = Int64(workload.valueLength.minimum)
            add("workload.value_length", tree["workload"]?["value_length"], default: .integer(length))
            addMembers("workload", without: ["operation", "attributes", "value_length"])
        } else {
            // Each operation of a mix has its own.
            addMembers("workload", without: ["operation"])
        }
        for phase in phases {
            let prefix = "phases.\(phase.name)"
            for member in phase.object.members where member.key != "name" {
                add("\(prefix).\(member.key)", member.value)
            }
            if phase.object["report"] == nil { add("\(prefix).report", nil, default: .bool(Profile.Defaults.report)) }
            if phase.object["flush"] == nil { add("\(prefix).flush", nil, default: .bool(Profile.Defaults.flush)) }
        }
        for scenario in scenarios {
            for member in scenario.object.members where member.key != "name" {
                add("scenarios.\(scenario.name).\(member.key)", member.value)
            }
        }
        if scenarios.isEmpty {
            add("producers", tree["producers"], default: .integer(Int64(Profile.Defaults.producers)))
            add("stagger", tree["stagger"])
        }
        add("seed", tree["seed"], default: .integer(Int64(Profile.Defaults.seed)))
        addMembers("thresholds")
        addMembers("validity")
        addMembers("leak")
        add("faults", tree["faults"])
        add("sampling", tree["sampling"])
        let known = Set(settings.map(\.key))
        for (key, origin) in removals.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            settings.append(EffectiveSetting(key: key, value: .null, origin: origin))
        }
        return settings
    }

    // MARK: - The tree

    /// The phases that are objects with a name, and where they stand.
    var phases: [(index: Int, name: String, object: JSONObject)] { members(of: "phases") }

    /// The scenarios that are objects with a name, and where they stand.
    var scenarios: [(index: Int, name: String, object: JSONObject)] { members(of: "scenarios") }

    /// The elements of a list that are objects with a name, and where they stand.
    func members(of group: String) -> [(index: Int, name: String, object: JSONObject)] {
        guard case .array(let values)? = tree[group] else { return [] }
        return values.enumerated().compactMap { index, value in
            guard case .object(let object) = value, let name = object["name"]?.stringValue else { return nil }
            return (index, name, object)
        }
    }

    /// Changes one member of a phase; nil removes it.
    mutating func setPhase(_ index: Int, _ key: String, to value: JSONValue?, from origin: SettingOrigin) {
        set("phases", index, key, to: value, from: origin)
    }

    /// Changes one member of an element of a list; nil removes it.
    mutating func set(_ group: String, _ index: Int, _ key: String, to value: JSONValue?, from origin: SettingOrigin) {
        guard case .array(var values)? = tree[group], case .object(var object) = values[index] else { return }
        object[key] = value
        values[index] = .object(object)
        tree[group] = .array(values)
        if let name = object["name"]?.stringValue { note("\(group).\(name).\(key)", value, origin) }
    }

    /// Changes one member of a nested object, which is made when absent; nil removes it.
    mutating func setMember(_ group: String, _ key: String, to value: JSONValue?, from origin: SettingOrigin) {
        var object = JSONObject()
        if case .object(let present)? = tree[group] { object = present }
        object[key] = value
        tree[group] = .object(object)
        note("\(group).\(key)", value, origin)
    }

    /// Changes one member of the profile itself; nil removes it.
    mutating func set(_ key: String, to value: JSONValue?, from origin: SettingOrigin) {
        tree[key] = value
        note(key, value, origin)
    }

    private mutating func note(_ key: String, _ value: JSONValue?, _ origin: SettingOrigin) {
        origins[key] = value == nil ? nil : origin
        removals[key] = nil
    }

    /// Notes that the user took a setting away, which nobody sees in the tree.
    mutating func noteRemoval(of key: String, from origin: SettingOrigin) {
        removals[key] = origin
    }
}
