import CommandLineKit
import HarnessCore
import LoadEngine
import RunControl

/// A profile with every change that the environment and the command line ask for.
///
/// Shared by all commands that take a profile, so that what `bench plan` shows is what `bench run` does.
struct ProfileSelection {
    /// The options that choose and change a profile.
    static let options: [CommandOption] = [
        .value(
            "profile",
            short: "p",
            label: "name",
            "A profile of profiles/, or the path of a file",
            default: "sustained"
        ),
        .value("rate", label: "rate", "Operations a second over all producers, or max"),
        .value(
            "duration",
            label: "duration",
            "How long the reported phases last, such as 30s; idle ones keep their length"
        ),
        .value(
            "producers",
            label: "count",
            "How many threads issue operations; 'bench run' tries each of a range such as 1..8"
        ),
        .value("seed", label: "number", "Seed of everything random"),
        .value(
            "set",
            label: "key=value",
            "Change one setting of the profile, such as system.batch_size=100",
            repeatable: true
        ),
    ]

    /// How the sources of settings rank, for the help text.
    static let section = Command.HelpSection(
        "SETTINGS",
        [
            (
                label: "precedence",
                text:
                    "defaults, then the profile, then BENCH_RATE, BENCH_DURATION, BENCH_PRODUCERS, BENCH_SEED and "
                    + "BENCH_SET=key=value,…, then these options; the result records where each came from"
            )
        ]
    )

    /// The profile as written, with the changes and where each came from.
    let document: ProfileDocument
    /// The profile, checked.
    let profile: Profile
    /// What the profile makes the producers do.
    let plan: Plan
    /// The numbers of producers to try one after the other; nil unless a range was asked for.
    let producerRange: ClosedRange<Int>?
    /// The file that the profile was read from.
    let path: String
    /// The variable or option that has set a setting, by the setting's key.
    private let sources: [String: String]

    /// Reads the profile that the options name, makes its plan, and warns of variables that mean nothing.
    ///
    /// - Parameters:
    ///   - parsed: The command line.
    ///   - searches: Whether the profile is to search for its rate; changes apply to the search then.
    /// - Throws: `RunError` or `CommandLineError` of usage.
    init(_ parsed: ParsedCommand, searches: Bool = false) throws {
        let name = parsed.string("profile") ?? "sustained"
        let file = try ProfileFolder.locate(name)
        path = file.path
        let variables = try usage { try ProfileOverrides(environment: BenchTool.environment) }
        producerRange = try Self.range(parsed)
        let flags = ProfileOverrides(
            rate: try parsed.rate("rate"),
            durationNanoseconds: try parsed.duration("duration"),
            producers: try producerRange?.lowerBound
                ?? parsed.integer("producers", in: 1...Plan.maximumProducers),
            seed: try parsed.integer("seed", in: 0...Int.max).map { UInt64($0) },
            set: parsed.strings("set")
        )
        var document = try usage { try ProfileDocument(parsing: file.text, source: name) }
        var sources: [String: String] = [:]
        if searches {
            document = try usage { try document.searching(origin: .flag) }
            for setting in document.effectiveConfiguration where setting.origin == .flag {
                sources[setting.key] = "--search"
            }
        }
        let changes =
            SettingSource.sources(of: variables, origin: .environment)
            + SettingSource.sources(of: flags, origin: .flag)
        for change in changes {
            let before = document.effectiveConfiguration
            document = try usage { try document.applying(change.overrides, origin: change.origin) }
            // Not every change lets the origin change with it: a rate may follow a set within the same environment.
            let after = document.effectiveConfiguration
            for setting in after where setting.origin == change.origin && !before.contains(setting) {
                sources[setting.key] = change.name
            }
        }
        for warning in SettingSource.strangers(in: BenchTool.environment) {
            Terminal.write("warning: \(warning)\n", to: 2)
        }
        let profile = try usage { try document.profile() }
        plan = try usage { try profile.makePlan() }
        for warning in profile.idleFaults(in: plan) { Terminal.write("warning: \(warning)\n", to: 2) }
        self.document = document
        self.profile = profile
        self.sources = sources
    }

    /// Every effective setting with whoever has set it.
    ///
    /// - Parameter call: Settings of the call itself, which no profile has.
    /// - Returns: The settings of the profile, then those of the call.
    func listing(call: [ConfigurationListing.Setting]) -> ConfigurationListing {
        let settings = document.effectiveConfiguration.map { setting in
            ConfigurationListing.Setting(
                key: setting.key,
                value: setting.value,
                origin: setting.origin,
                source: setting.origin == .profile ? path : sources[setting.key]
            )
        }
        return ConfigurationListing(profile: profile.name, planHash: plan.hash, settings: settings + call)
    }

    /// The numbers of `--producers 1..8`.
    private static func range(_ parsed: ParsedCommand) throws -> ClosedRange<Int>? {
        guard let text = parsed.string("producers"), text.contains("..") else { return nil }
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 1, first < last,
            last <= Plan.maximumProducers
        else {
            throw parsed.invalidValue(
                text,
                of: "producers",
                "a range goes from a smaller to a larger number, at most \(Plan.maximumProducers), for example 1..8"
            )
        }
        return first...last
    }
}

/// Runs what can only fail by a mistake of the user.
func usage<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws -> Value {
    do {
        return try body()
    } catch {
        throw RunError.usage("\(error)")
    }
}
