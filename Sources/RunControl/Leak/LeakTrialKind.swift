import LoadEngine

/// What a series of cycles is for, and what it changes in the profile.
///
/// Each changes one thing, so that what grows with it shows:
///
///     check           the profile as it is
///     control         the system that does nothing
///     sessions        further systems in each cycle, and few items
///     threads         threads that begin and end with each cycle, and few items
///     double-items    twice the items, as many flushes
///     double-flushes  twice the flushes, as many items
///     double-sessions, double-threads
enum LeakTrialKind: String, CaseIterable {
    case check
    case control
    case sessions
    case threads
    case doubleItems = "double-items"
    case doubleFlushes = "double-flushes"
    case doubleSessions = "double-sessions"
    case doubleThreads = "double-threads"

    /// The most that a profile takes.
    private static let mostCycles = 1_000

    /// What follows the name of a trial that was repeated with twice the cycles.
    static let longerSuffix = "-longer"

    /// The settings that make the trial, as `--set` takes them.
    ///
    /// - Parameters:
    ///   - settings: the leak check.
    ///   - profile: the profile as it is.
    ///   - isLonger: whether it has twice the cycles.
    /// - Returns: `key=value` pairs; nil where the profile leaves no place for the trial.
    func assignments(_ settings: LeakSettings, _ profile: Profile, isLonger: Bool = false) -> [String]? {
        guard let phase = profile.phases.first(where: { $0.name == settings.phase }), let count = phase.operationCount
        else { return nil }
        func set(_ key: String, _ value: some CustomStringConvertible) -> String {
            "phases.\(phase.name).\(key)=\(value)"
        }
        let few = set("count", min(settings.shortCount, count))
        let longer = isLonger ? [set("cycles", min(Self.mostCycles, 2 * settings.cycles))] : []
        switch self {
        case .check: return longer
        case .control: return ["system.name=null"] + longer
        case .doubleItems:
            return [set("count", 2 * count)] + (phase.flushEvery.map { [set("flush_every", 2 * $0)] } ?? [])
        case .doubleFlushes:
            // The flush at the end of the cycle is the other one where the profile has no more.
            return [set("flush_every", max(1, phase.flushEvery.map { $0 / 2 } ?? (count + 1) / 2))]
        case .sessions, .doubleSessions:
            guard settings.sessions > 0 else { return nil }
            let factor: UInt64 = self == .sessions ? 1 : 2
            return [few, set("sessions", min(1_000, factor * settings.sessions))] + longer
        case .threads, .doubleThreads:
            // Where scenarios have producers of their own, their number is the profile's.
            guard settings.threads > 0, profile.scenarios.isEmpty || self == .threads else { return nil }
            let factor = self == .threads ? 1 : 2
            let threads = min(Plan.maximumProducers, factor * settings.threads)
            return [few, set("fresh_threads", true)] + (profile.scenarios.isEmpty ? ["producers=\(threads)"] : [])
                + longer
        }
    }
}
