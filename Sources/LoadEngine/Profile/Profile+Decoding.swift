import HarnessCore

/// The shapes as profiles name them.
private enum ShapeName: String, CaseIterable {
    case constant
    case burst
    case max
    case idle

    /// The keys that describe the load of the shape.
    var keys: [String] {
        switch self {
        case .constant: ["rate", "duration", "count", "flush_every"]
        case .burst: ["size", "every", "duration", "count", "flush_every"]
        case .max: ["duration", "count", "timed_every", "flush_every"]
        case .idle: ["duration"]
        }
    }
}

extension Profile {
    /// Reads and checks a profile.
    init(_ reader: JSONReader) throws(StrictJSONError) {
        name = try reader.nonEmptyString("name")
        guard Self.isName(name) else {
            throw reader.error("name", "is not a name", hint: "use letters, digits, \"-\" and \"_\"")
        }
        description = try reader.optionalString("description") ?? ""
        (system, options) = try Self.system(reader)
        workload = try WorkloadMix(reader.optionalObject("workload"))
        phases = try Self.phases(reader)
        producers = try reader.optionalInteger("producers", in: 1...Plan.maximumProducers) ?? Defaults.producers
        seed = try reader.optionalInteger("seed", in: 0...UInt64(Int64.max)) ?? Defaults.seed
        thresholds = try Self.thresholds(reader)
        validity = try ValidityLimits(reader.optionalObject("validity"))
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
    }

    /// Names appear in file names and in query strings: they need no quoting anywhere.
    private static func isName(_ text: String) -> Bool {
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

    private static func thresholds(_ reader: JSONReader) throws(StrictJSONError) -> [Threshold] {
        guard let object = try reader.optionalObject("thresholds") else { return [] }
        var thresholds: [Threshold] = []
        for member in object.entries() {
            let expression = try object.nonEmptyString(member.key)
            thresholds.append(Threshold(metric: member.key, expression: expression))
        }
        return thresholds
    }

    // MARK: - Phases

    private static func phases(_ reader: JSONReader) throws(StrictJSONError) -> [Phase] {
        var phases: [Phase] = []
        for object in try reader.objects("phases") {
            let phase = try self.phase(object)
            guard !phases.contains(where: { $0.name == phase.name }) else {
                throw object.error("name", "names two phases", hint: "give each phase a name of its own")
            }
            phases.append(phase)
        }
        guard !phases.isEmpty else {
            throw reader.error("phases", "has no phases", hint: "add at least one, for instance a \"constant\" one")
        }
        guard phases.contains(where: \.report) else {
            throw StrictJSONError(
                path: "phases",
                reason: "every phase has \"report\": false, so the run would have no result",
                hint: "remove it from at least one phase"
            )
        }
        return phases
    }

    private static func phase(_ reader: JSONReader) throws(StrictJSONError) -> Phase {
        let name = try reader.nonEmptyString("name")
        guard isName(name) else {
            throw reader.error("name", "is not a name", hint: "use letters, digits, \"-\" and \"_\"")
        }
        let shape = try reader.choice("shape", of: ShapeName.self)
        for other in ShapeName.allCases {
            for key in other.keys where !shape.keys.contains(key) && reader.has(key) {
                throw reader.error(key, "does not apply to the shape \"\(shape.rawValue)\"", hint: "remove \"\(key)\"")
            }
        }
        let phase = Phase(
            name: name,
            shape: try self.shape(shape, reader),
            report: try reader.optionalBool("report") ?? Defaults.report,
            flush: try reader.optionalBool("flush") ?? Defaults.flush,
            flushEvery: try positive("flush_every", reader.optionalCount("flush_every"), reader),
            timedEvery: try positive("timed_every", reader.optionalCount("timed_every"), reader) ?? Defaults.timedEvery
        )
        try reader.finish()
        return phase
    }

    private static func shape(_ name: ShapeName, _ reader: JSONReader) throws(StrictJSONError) -> Shape {
        switch name {
        case .constant:
            guard case .perSecond(let events, let perNanoseconds) = try reader.rate("rate") else {
                throw reader.error("rate", "is not an arrival rate", hint: "use \"shape\": \"max\" for no limit")
            }
            guard events <= perNanoseconds else {
                throw reader.error("rate", "is more than one operation a nanosecond", hint: "use \"shape\": \"max\"")
            }
            // Producers add two fractions of this denominator in 64 bits.
            guard perNanoseconds < 1 << 62 else {
                throw reader.error("rate", "has more digits than can be kept exactly", hint: "round it")
            }
            return .constant(events: events, perNanoseconds: perNanoseconds, try extent(reader))
        case .burst:
            let size = try reader.count("size")
            _ = try positive("size", size, reader)
            guard let every = try positive("every", reader.optionalDuration("every"), reader) else {
                return .burst(size: size, everyNanoseconds: 0, try singleBurst(of: size, reader))
            }
            return .burst(size: size, everyNanoseconds: every, try extent(reader))
        case .max:
            return .max(try extent(reader))
        case .idle:
            return .idle(try bounded("duration", reader.duration("duration"), reader))
        }
    }

    /// Without `every` there is one burst, and nothing else to say of its extent.
    private static func singleBurst(of size: UInt64, _ reader: JSONReader) throws(StrictJSONError) -> Extent {
        guard !reader.has("duration") else {
            throw reader.error(
                "duration",
                "needs the distance of the bursts",
                hint: "add \"every\", for instance \"1s\""
            )
        }
        if let count = try reader.optionalCount("count"), count != size {
            throw reader.error("count", "differs from \"size\" (\(size))", hint: "add \"every\" for several bursts")
        }
        return .count(size)
    }

    private static func extent(_ reader: JSONReader) throws(StrictJSONError) -> Extent {
        let duration = try reader.optionalDuration("duration")
        let count = try reader.optionalCount("count")
        switch (duration, count) {
        case (.some, .some):
            throw reader.error("count", "stands beside \"duration\"", hint: "remove one: either ends the phase")
        case (.none, .none):
            throw StrictJSONError(
                path: reader.path,
                reason: "the phase has no end",
                hint: "add \"duration\" (for instance \"10s\") or \"count\" (for instance 10000)"
            )
        case (let duration?, .none):
            return .duration(try bounded("duration", duration, reader))
        case (.none, let count?):
            _ = try positive("count", count, reader)
            return .count(count)
        }
    }

    private static func bounded(
        _ key: String,
        _ nanoseconds: UInt64,
        _ reader: JSONReader
    ) throws(StrictJSONError) -> UInt64 {
        _ = try positive(key, nanoseconds, reader)
        guard nanoseconds <= maximumPhaseNanoseconds else {
            throw reader.error(key, "is longer than a year", hint: "the longest phase is \"365d\"")
        }
        return nanoseconds
    }

    private static func positive(
        _ key: String,
        _ value: UInt64?,
        _ reader: JSONReader
    ) throws(StrictJSONError) -> UInt64? {
        guard value != 0 else { throw reader.error(key, "is zero", hint: "it has to be at least 1") }
        return value
    }
}
