import HarnessCore

/// How a leak check judges what the cycles of its phase leave behind: the object `leak` of a profile.
///
///     "leak": {"bytes_per_item": 0.02, "bytes_per_cycle": "1KiB", "sessions": 32, "threads": 32}
package struct LeakSettings: Sendable, Equatable {
    /// The name of the phase with the cycles.
    package let phase: String
    /// How many cycles it has.
    package let cycles: Int
    /// The most that bytes in use may grow for each item, in bytes.
    package let bytesPerItem: Double
    /// The most that bytes in use may grow in each cycle, in bytes; the greater of both limits holds.
    package let bytesPerCycle: UInt64
    /// How many of the first cycles do not count, at least.
    package let discard: Int
    /// How many systems the trial `sessions` makes in each cycle; 0 for no such trial.
    package let sessions: UInt64
    /// How many threads the trial `threads` begins and ends in each cycle; 0 for no such trial.
    package let threads: Int
    /// How many operations a cycle of these two trials has.
    package let shortCount: UInt64

    /// What holds for what the profile leaves out.
    package enum Defaults {
        /// The tolerance for an item, in bytes: an event of 540 B in 27,000.
        package static let bytesPerItem = 0.02
        /// The tolerance for a cycle, in bytes.
        package static let bytesPerCycle: UInt64 = 1_024
        /// The cycles that do not count.
        package static let discard = 4
        /// The systems of the trial `sessions`: an object of 64 bytes that each forgets is twice the tolerance.
        package static let sessions: UInt64 = 32
        /// The threads of the trial `threads`.
        package static let threads = 32
        /// The operations of a cycle of both; a prime, so that what goes with items stands out.
        package static let shortCount: UInt64 = 10_007
    }

    /// The fewest cycles that count: an interval of 99 % needs them.
    package static let countedCycles = 6

    private static let mostDiscarded = Int(Profile.maximumCycles) - countedCycles

    /// The fewest cycles that a phase may have: in a leak check those that do not count, and enough that do.
    ///
    /// - Parameter profile: the profile, whose object `leak` need not have been checked.
    /// - Returns: 2 without such an object.
    static func leastCycles(_ profile: JSONReader) -> UInt64 {
        guard case .object(let leak)? = profile.object["leak"] else { return 2 }
        guard case .integer(let discard)? = leak["discard"] else {
            return UInt64(Defaults.discard + countedCycles)
        }
        return UInt64(max(0, min(Int64(mostDiscarded), discard))) + UInt64(countedCycles)
    }

    /// Reads the object of a profile; nil where it has none.
    ///
    /// - Parameters:
    ///   - profile: the profile.
    ///   - phases: its phases.
    /// - Throws: `StrictJSONError` for values out of range, and unless exactly one phase has cycles.
    init?(_ profile: JSONReader, phases: [Profile.Phase]) throws(StrictJSONError) {
        guard let reader = try profile.optionalObject("leak") else { return nil }
        let cycling = phases.filter { $0.cycles != nil }
        guard cycling.count == 1, let phase = cycling.first else {
            throw profile.error(
                "leak",
                cycling.isEmpty ? "has no phase to check" : "has \(cycling.count) phases to check",
                hint: "give exactly one phase \"cycles\", for instance 16"
            )
        }
        guard phase.operationCount != nil else {
            throw profile.error(
                "leak",
                "varies the number of operations, and phase \"\(phase.name)\" has none that could be changed",
                hint: "give it a \"count\", and a burst \"every\" as well"
            )
        }
        self.phase = phase.name
        cycles = Int(phase.cycles ?? 0)
        bytesPerItem = try reader.optionalNumber("bytes_per_item") ?? Defaults.bytesPerItem
        bytesPerCycle = try reader.optionalBytes("bytes_per_cycle") ?? Defaults.bytesPerCycle
        discard = try reader.optionalInteger("discard", in: 0...Self.mostDiscarded) ?? Defaults.discard
        sessions = try reader.optionalInteger("sessions", in: 0...1_000) ?? Defaults.sessions
        threads = try reader.optionalInteger("threads", in: 0...Plan.maximumProducers) ?? Defaults.threads
        shortCount = try reader.optionalInteger("short_count", in: 1...1_000_000_000) ?? Defaults.shortCount
        guard bytesPerItem >= 0, bytesPerItem.isFinite else {
            throw reader.error("bytes_per_item", "is negative", hint: "for example 0.02")
        }
        try reader.finish()
    }
}

extension Profile.Phase {
    /// The number of operations that the profile gives the phase; nil where it is bounded otherwise, and of a single burst.
    package var operationCount: UInt64? {
        switch shape {
        case .constant(_, _, .count(let count)), .max(.count(let count)): count
        case .burst(_, let every, .count(let count)) where every > 0: count
        default: nil
        }
    }
}
