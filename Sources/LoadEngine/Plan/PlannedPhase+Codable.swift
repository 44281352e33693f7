extension PlannedPhase: Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case schedule
        case besides
        case durationNanoseconds = "duration_ns"
        case report
        case flush
        case flushEvery = "flush_every"
        case flushIntervalNanoseconds = "flush_interval_ns"
        case timedEvery = "timed_every"
        case isSoak = "soak"
        case poissonSeed = "poisson_seed"
        case catchUp = "catch_up"
        case graceNanoseconds = "grace_ns"
        case thinkNanoseconds = "think_ns"
        case isCycle = "cycle"
        case freshThreads = "fresh_threads"
        case sessions
    }

    /// Reads a phase; what does not stand there has not been used.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let poissonSeed = try container.decodeIfPresent(UInt64.self, forKey: .poissonSeed)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            schedule: try container.decode(Schedule.self, forKey: .schedule),
            besides: try container.decodeIfPresent([String: Schedule].self, forKey: .besides) ?? [:],
            durationNanoseconds: try container.decode(UInt64.self, forKey: .durationNanoseconds),
            report: try container.decode(Bool.self, forKey: .report),
            flush: try container.decode(Bool.self, forKey: .flush),
            flushEvery: try container.decodeIfPresent(UInt64.self, forKey: .flushEvery),
            flushIntervalNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .flushIntervalNanoseconds),
            timedEvery: try container.decode(UInt64.self, forKey: .timedEvery),
            isSoak: try container.decodeIfPresent(Bool.self, forKey: .isSoak) ?? false,
            arrivals: poissonSeed.map { .poisson(seed: $0) } ?? .uniform,
            catchUp: try container.decodeIfPresent(CatchUp.self, forKey: .catchUp) ?? .unlimited,
            graceNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .graceNanoseconds),
            thinkNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .thinkNanoseconds) ?? 0,
            isCycle: try container.decodeIfPresent(Bool.self, forKey: .isCycle) ?? false,
            freshThreads: try container.decodeIfPresent(Bool.self, forKey: .freshThreads) ?? false,
            sessions: try container.decodeIfPresent(UInt64.self, forKey: .sessions) ?? 0
        )
    }

    /// Writes a phase; what it does not use is left out, so that plans from before it keep their hashes.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(schedule, forKey: .schedule)
        if !besides.isEmpty { try container.encode(besides, forKey: .besides) }
        try container.encode(durationNanoseconds, forKey: .durationNanoseconds)
        try container.encode(report, forKey: .report)
        try container.encode(flush, forKey: .flush)
        try container.encodeIfPresent(flushEvery, forKey: .flushEvery)
        try container.encodeIfPresent(flushIntervalNanoseconds, forKey: .flushIntervalNanoseconds)
        try container.encode(timedEvery, forKey: .timedEvery)
        if isSoak { try container.encode(true, forKey: .isSoak) }
        if case .poisson(let seed) = arrivals { try container.encode(seed, forKey: .poissonSeed) }
        if catchUp != .unlimited { try container.encode(catchUp, forKey: .catchUp) }
        try container.encodeIfPresent(graceNanoseconds, forKey: .graceNanoseconds)
        if thinkNanoseconds > 0 { try container.encode(thinkNanoseconds, forKey: .thinkNanoseconds) }
        if isCycle { try container.encode(true, forKey: .isCycle) }
        if freshThreads { try container.encode(true, forKey: .freshThreads) }
        if sessions > 0 { try container.encode(sessions, forKey: .sessions) }
    }
}
