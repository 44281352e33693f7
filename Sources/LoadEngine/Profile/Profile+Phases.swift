import HarnessCore

/// How operations arrive, as profiles name it.
private enum ArrivalsName: String, CaseIterable {
    case uniform
    case poisson
}

extension Profile {
    /// Reads the phases; at least one, with names of their own, and at least one that is reported.
    static func phases(_ reader: JSONReader) throws(StrictJSONError) -> [Phase] {
        var phases: [Phase] = []
        let leastCycles = LeakSettings.leastCycles(reader)
        for object in try reader.objects("phases") {
            let phase = try self.phase(object, leastCycles: leastCycles)
            let taken = phases.flatMap { [$0.name] + $0.plannedNames }
            guard !([phase.name] + phase.plannedNames).contains(where: taken.contains) else {
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

    private static func phase(_ reader: JSONReader, leastCycles: UInt64) throws(StrictJSONError) -> Phase {
        let name = try reader.nonEmptyString("name")
        guard isName(name) else {
            throw reader.error("name", "is not a name", hint: "use letters, digits, \"-\" and \"_\"")
        }
        let shape = try reader.choice("shape", of: ShapeName.self)
        for key in shape.foreignKeys where reader.has(key) {
            throw reader.error(key, "does not apply to the shape \"\(shape.rawValue)\"", hint: "remove \"\(key)\"")
        }
        let isSoak = shape == .soak
        let phase = Phase(
            name: name,
            shape: try self.shape(shape, reader),
            report: try reader.optionalBool("report") ?? Defaults.report,
            flush: try reader.optionalBool("flush") ?? Defaults.flush,
            flushEvery: try positive("flush_every", reader.optionalCount("flush_every"), reader),
            flushIntervalNanoseconds: try positive("flush_interval", reader.optionalDuration("flush_interval"), reader)
                ?? (isSoak ? Defaults.flushIntervalNanoseconds : nil),
            timedEvery: try positive("timed_every", reader.optionalCount("timed_every"), reader) ?? Defaults.timedEvery,
            isPoisson: try reader.optionalChoice("arrivals", of: ArrivalsName.self) == .poisson,
            catchUp: try catchUp(reader),
            graceNanoseconds: try grace(reader),
            thinkNanoseconds: try positive("think_time", reader.optionalDuration("think_time"), reader) ?? 0,
            cycles: try reader.optionalInteger("cycles", in: leastCycles...maximumCycles),
            freshThreads: try reader.optionalBool("fresh_threads") ?? false,
            sessions: try reader.optionalInteger("sessions", in: 0...maximumSessions) ?? 0
        )
        try checkCycles(phase, reader)
        guard phase.thinkNanoseconds == 0 || phase.timedEvery == 1 else {
            throw reader.error(
                "timed_every",
                "stands beside \"think_time\"",
                hint: "remove it: pauses leave time enough"
            )
        }
        try reader.finish()
        return phase
    }

    /// The most cycles of a phase: each is a phase of the plan.
    static let maximumCycles: UInt64 = 1_000
    /// The most systems that a cycle makes one after the other.
    private static let maximumSessions: UInt64 = 1_000

    /// Cycles do the same work each time, and leave nothing behind that a flush could send.
    private static func checkCycles(_ phase: Phase, _ reader: JSONReader) throws(StrictJSONError) {
        guard phase.cycles != nil else {
            for key in ["fresh_threads", "sessions"] where reader.has(key) {
                throw reader.error(key, "stands without \"cycles\"", hint: "add \"cycles\", for instance 16")
            }
            return
        }
        if case .max(.duration) = phase.shape {
            throw reader.error(
                "cycles",
                "needs a number of operations: what a duration holds differs from cycle to cycle",
                hint:
                    "use \"count\" in place of \"duration\", on a command line --set phases.\(phase.name).count=NUMBER"
            )
        }
        guard phase.flush else {
            throw reader.error("flush", "stands beside \"cycles\"", hint: "remove it: each cycle ends with a flush")
        }
    }

    private static func catchUp(_ reader: JSONReader) throws(StrictJSONError) -> CatchUp {
        guard let text = try reader.optionalString("catch_up") else { return .unlimited }
        guard let catchUp = CatchUp(text) else {
            throw reader.error(
                "catch_up",
                "is not a multiple of the planned rate",
                hint: "write \"2x\", anything from \"1x\" to \"1000x\", or \"unlimited\""
            )
        }
        return catchUp
    }

    private static func grace(_ reader: JSONReader) throws(StrictJSONError) -> UInt64? {
        guard let grace = try reader.optionalDuration("grace") else { return nil }
        guard grace <= maximumPhaseNanoseconds else {
            throw reader.error("grace", "is longer than a year", hint: "the longest is \"365d\"")
        }
        return grace
    }

    // MARK: - Shapes

    private static func shape(_ name: ShapeName, _ reader: JSONReader) throws(StrictJSONError) -> Shape {
        switch name {
        case .constant:
            let (events, perNanoseconds) = try arrivalRate("rate", reader)
            return .constant(events: events, perNanoseconds: perNanoseconds, try extent(reader))
        case .ramp: return .curve(try ramp(reader), .ramp)
        case .step: return .curve(try step(reader), .step)
        case .spike: return .curve(try spike(reader), .spike)
        case .soak:
            let (events, perNanoseconds) = try arrivalRate("rate", reader)
            let duration = try bounded("duration", reader.duration("duration"), reader)
            return .soak(events: events, perNanoseconds: perNanoseconds, durationNanoseconds: duration)
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
        case .search:
            throw reader.error("shape", "is not for a load beside the phases", hint: "search in a phase of its own")
        }
    }

    /// A rate that is neither zero nor without limit, as a reduced fraction.
    static func arrivalRate(
        _ key: String,
        _ reader: JSONReader
    ) throws(StrictJSONError) -> (events: UInt64, perNanoseconds: UInt64) {
        guard case .perSecond(let events, let perNanoseconds) = try reader.rate(key) else {
            throw reader.error(key, "is not an arrival rate", hint: "use \"shape\": \"max\" for no limit")
        }
        guard events <= perNanoseconds else {
            throw reader.error(key, "is more than one operation a nanosecond", hint: "use \"shape\": \"max\"")
        }
        // Producers add two fractions of this denominator in 64 bits.
        guard perNanoseconds < 1 << 62 else {
            throw reader.error(key, "has more digits than can be kept exactly", hint: "round it")
        }
        return (events, perNanoseconds)
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

    /// A duration from a nanosecond to a year.
    static func bounded(
        _ key: String,
        _ nanoseconds: UInt64,
        _ reader: JSONReader
    ) throws(StrictJSONError) -> UInt64 {
        guard nanoseconds != 0 else { throw reader.error(key, "is zero", hint: "it has to be at least 1 ns") }
        guard nanoseconds <= maximumPhaseNanoseconds else {
            throw reader.error(key, "is longer than a year", hint: "the longest phase is \"365d\"")
        }
        return nanoseconds
    }

    /// The value, which must not be zero.
    static func positive(
        _ key: String,
        _ value: UInt64?,
        _ reader: JSONReader
    ) throws(StrictJSONError) -> UInt64? {
        guard value != 0 else { throw reader.error(key, "is zero", hint: "it has to be at least 1") }
        return value
    }
}

extension Profile.Phase {
    /// The names that the phase has in a plan: one for each cycle, `main-1`, `main-2` …; its own without cycles.
    package var plannedNames: [String] {
        cycles.map { count in (1...count).map { "\(name)-\($0)" } } ?? [name]
    }
}
