import HarnessCore

/// How the highest rate is searched for that a system sustains: the phase of shape `search` in a profile.
package struct SearchSettings: Sendable, Equatable {
    /// The name of the phase.
    package let phase: String
    /// The first rate tried, in operations a second.
    package let from: UInt64
    /// The highest rate tried, in operations a second.
    package let to: UInt64
    /// How long each rate is tried, in nanoseconds.
    package let probeNanoseconds: UInt64
    /// How long the rate found is tried again, in nanoseconds.
    package let confirmationNanoseconds: UInt64
    /// How near the rate found is to one that does not hold, as a share: 0.05 is 5 %.
    package let precision: Double
    /// What has to hold at a rate besides delivery and memory, in the order of the profile.
    package let objective: [Profile.Threshold]
    /// How much the bytes in use may grow at one rate.
    package let memoryGrowthBytes: UInt64

    /// What holds for what the profile leaves out.
    package enum Defaults {
        /// The first rate tried.
        package static let from: UInt64 = 1_000
        /// The highest rate tried.
        package static let to: UInt64 = 10_000_000
        /// How long each rate is tried.
        package static let probeNanoseconds: UInt64 = 2_000_000_000
        /// How long the rate found is tried again.
        package static let confirmationNanoseconds: UInt64 = 10_000_000_000
        /// The precision, in percent.
        package static let precisionPercent = 5.0
        /// The objective.
        package static let objective = [Profile.Threshold(metric: "response_time.p99", expression: "<= 10ms")]
        /// The allowed growth of bytes in use.
        package static let memoryGrowthBytes: UInt64 = 4 << 20
    }

    /// The keys of a phase that only a search has.
    static let keys = ["from", "to", "probe", "precision_percent", "objective", "memory_growth"]

    /// Reads the keys of a search from its phase, which has a `name`, and the `duration` of the confirmation.
    init(_ reader: JSONReader) throws(StrictJSONError) {
        for key in ShapeName.search.foreignKeys where reader.has(key) {
            throw reader.error(key, "does not apply to the shape \"search\"", hint: "remove \"\(key)\"")
        }
        phase = try reader.nonEmptyString("name")
        from = try Self.rate("from", reader) ?? Defaults.from
        to = try Self.rate("to", reader) ?? Defaults.to
        probeNanoseconds = try reader.optionalDuration("probe") ?? Defaults.probeNanoseconds
        confirmationNanoseconds = try reader.optionalDuration("duration") ?? Defaults.confirmationNanoseconds
        let percent = try reader.optionalNumber("precision_percent") ?? Defaults.precisionPercent
        precision = percent / 100
        memoryGrowthBytes = try reader.optionalBytes("memory_growth") ?? Defaults.memoryGrowthBytes
        if let stated = try reader.optionalObject("objective") {
            var objective: [Profile.Threshold] = []
            for key in stated.object.members.map(\.key) {
                objective.append(Profile.Threshold(metric: key, expression: try stated.nonEmptyString(key)))
            }
            self.objective = objective
        } else {
            objective = Defaults.objective
        }
        guard from < to else {
            throw reader.error("to", "is not above \"from\"", hint: "the search goes from the lower rate to the higher")
        }
        guard (0.1...50).contains(percent) else {
            throw reader.error("precision_percent", "is out of range", hint: "allowed: 0.1 to 50")
        }
        guard probeNanoseconds >= 100_000_000, confirmationNanoseconds >= 100_000_000 else {
            let key = probeNanoseconds < 100_000_000 ? "probe" : "duration"
            throw reader.error(key, "is too short to judge a rate", hint: "the shortest is \"100ms\"")
        }
    }

    private static func rate(_ key: String, _ reader: JSONReader) throws(StrictJSONError) -> UInt64? {
        guard let rate = try reader.optionalRate(key) else { return nil }
        guard let perSecond = rate.eventsPerSecond, perSecond >= 1 else {
            throw reader.error(key, "is not at least one operation a second", hint: "for example \"1000/s\"")
        }
        return UInt64(perSecond)
    }
}
