import HarnessCore
import LoadEngine

/// Whoever changes a profile, one variable or option at a time, so that each setting can say who has set it.
struct SettingSource {
    /// What the user wrote: `BENCH_RATE` or `--rate`.
    let name: String
    /// Which kind it is.
    let origin: SettingOrigin
    /// What it changes.
    let overrides: ProfileOverrides

    /// The parts of `overrides`, in the order in which they are applied.
    ///
    /// - Parameters:
    ///   - overrides: All that one kind of source asks for.
    ///   - origin: The kind.
    /// - Returns: One source for each variable or option that says something.
    static func sources(of overrides: ProfileOverrides, origin: SettingOrigin) -> [SettingSource] {
        func source(_ word: String, _ part: ProfileOverrides) -> SettingSource? {
            guard part != ProfileOverrides() else { return nil }
            let name = origin == .environment ? "BENCH_\(word.uppercased())" : "--\(word)"
            return SettingSource(name: name, origin: origin, overrides: part)
        }
        return [
            source("set", ProfileOverrides(set: overrides.set)),
            source("rate", ProfileOverrides(rate: overrides.rate)),
            source("duration", ProfileOverrides(durationNanoseconds: overrides.durationNanoseconds)),
            source("producers", ProfileOverrides(producers: overrides.producers)),
            source("seed", ProfileOverrides(seed: overrides.seed)),
        ].compactMap(\.self)
    }

    /// The variables that are understood.
    static let variables = [
        "BENCH_RATE", "BENCH_DURATION", "BENCH_PRODUCERS", "BENCH_SEED", "BENCH_SET", Patience.variable,
    ]

    /// Variables that look as if they were meant for bench and are not understood, each with a warning.
    static func strangers(in environment: [String: String]) -> [String] {
        environment.keys.filter { $0.hasPrefix("BENCH_") && !variables.contains($0) }.sorted().map { name in
            let nearest = Suggestion.nearest(to: name, in: variables).map { "did you mean \($0)?" }
            return "the environment variable \(name) means nothing to bench; "
                + (nearest ?? "there are: \(variables.joined(separator: ", "))")
        }
    }
}
