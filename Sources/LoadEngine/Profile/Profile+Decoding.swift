import HarnessCore

extension Profile {
    /// Reads and checks a profile.
    init(_ reader: JSONReader) throws(StrictJSONError) {
        name = try reader.nonEmptyString("name")
        guard Self.isName(name) else {
            throw reader.error("name", "is not a name", hint: "use letters, digits, \"-\" and \"_\"")
        }
        description = try reader.optionalString("description") ?? ""
        (system, options) = try Self.system(reader)
        let workload = try WorkloadMix(reader.optionalObject("workload"))
        self.workload = workload
        phases = try Self.phases(reader)
        scenarios = try Self.scenarios(reader, workload: workload, phases: phases)
        (producers, staggerNanoseconds) = try Self.producers(reader, scenarios)
        seed = try reader.optionalInteger("seed", in: 0...UInt64(Int64.max)) ?? Defaults.seed
        thresholds = try Self.thresholds(reader)
        validity = try ValidityLimits(reader.optionalObject("validity"))
        leak = try LeakSettings(reader, phases: phases)
        faults = try Self.faults(reader, phases: phases)
        samplesMemory = try reader.optionalBool("sampling") ?? true
        try reader.finish()
    }

    /// What holds where a profile says nothing.
    enum Defaults {
        static let system = "telemetry"
        static let producers = 1
        static let seed: UInt64 = 1
        static let report = true
        static let flush = true
        static let timedEvery: UInt64 = 1
        /// Of the shape `soak` alone.
        static let flushIntervalNanoseconds: UInt64 = 10_000_000_000
    }

    /// Names appear in file names and in query strings: they need no quoting anywhere.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default:
                    false
                }
            }
    }

    private static func system(
        _ reader: JSONReader
    ) throws(StrictJSONError) -> (name: String, options: [String: OptionValue]) {
        guard let system = try reader.optionalObject("system") else { return (Defaults.system, [:]) }
        let name = system.has("name") ? try system.nonEmptyString("name") : Defaults.system
        var options: [String: OptionValue] = [:]
        for member in system.entries() where member.key != "name" {
            switch member.value {
            case .bool(let value): options[member.key] = .bool(value)
            case .integer(let value): options[member.key] = .integer(value)
            case .number(let value): options[member.key] = .number(value)
            case .string(let value): options[member.key] = .string(value)
            case .null, .array, .object:
                throw system.error(
                    member.key,
                    "is \(member.value.kind); a system option is a Boolean, number or string"
                )
            }
        }
        return (name, options)
    }

    /// `"lost": "== 0"`, or `"lost": {"budget": "== 0", "level": "warn"}`.
    private static func thresholds(_ reader: JSONReader) throws(StrictJSONError) -> [Threshold] {
        guard let object = try reader.optionalObject("thresholds") else { return [] }
        var thresholds: [Threshold] = []
        for member in object.entries() {
            guard case .object = member.value, let limit = try object.optionalObject(member.key) else {
                let expression = try object.nonEmptyString(member.key)
                thresholds.append(Threshold(metric: member.key, expression: expression))
                continue
            }
            thresholds.append(
                Threshold(
                    metric: member.key,
                    expression: try limit.nonEmptyString("budget"),
                    level: try limit.optionalString("level")
                )
            )
            try limit.finish()
        }
        return thresholds
    }
}
