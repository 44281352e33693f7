import CommandLineKit
import FoundationEssentials
import HarnessCore
import Platform
import Results

/// `bench-compare accept RESULT… --reason WHY`: makes results the baseline of their profiles.
struct AcceptCommand: Subcommand {
    /// The folder that baselines go to unless another is named.
    static let defaultFolder = "results/baseline"

    static let command = Command(
        "accept",
        overview: "Accept results as the baselines of their profiles, in place of what was accepted before.",
        argument: CommandArgument("result", "Results that bench wrote.", arity: .oneOrMore),
        options: [
            .value("reason", label: "text", "Why they are accepted; it stands in the index"),
            .value("into", label: "folder", "Where baselines are kept", default: defaultFolder),
            .value(
                "thresholds",
                label: "file",
                "The limits that must hold; without the option \(CompareCommand.defaultThresholds) where it exists"
            ),
            .flag("allow-dirty", "Take results of a working copy with changes, which nobody can build again"),
        ],
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                [
                    ("0", "accepted"),
                    ("1", "a limit does not hold; nothing was accepted"),
                    ("2", "usage error, an invalid file, or a working copy with changes; nothing was accepted"),
                    ("3", "a result cannot be trusted or is not complete; nothing was accepted"),
                    ("5", "the folder cannot be written"),
                ]
            )
        ]
    )

    private let command: ParsedCommand
    private let surroundings: Surroundings
    private let reason: String

    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws {
        command = parsed
        self.surroundings = surroundings
        reason = parsed.string("reason") ?? ""
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw parsed.error("Missing expected option '--reason <text>'; a baseline without one explains nothing")
        }
    }

    func run() throws -> ExitStatus {
        let path = command.string("thresholds") ?? surroundings.defaultThresholds
        let thresholds = try ThresholdsFile.identified(
            path,
            isRequired: command.has("thresholds"),
            digest: SHA256.hexadecimalDigest
        )
        let acceptance = BaselineAcceptance(
            reason: reason,
            acceptedAt: surroundings.now,
            thresholds: thresholds,
            allowsDirty: command.has("allow-dirty")
        )
        var groups: [[(path: String, result: RunResult)]] = []
        var (messages, statuses): ([String], [ExitStatus]) = ([], [])
        for word in command.arguments {
            for file in try ResultPaths.expand(word) {
                let result = try ResultReader.read(file)
                let found = try acceptance.obstacles(to: result, path: file, today: surroundings.today)
                messages += found.reasons.map { "\(file) cannot be a baseline: \($0)" }
                statuses.append(found.status)
                if let place = groups.firstIndex(where: { $0[0].result.profile == result.profile }) {
                    if groups[place][0].result.plan.identity != result.plan.identity {
                        messages.append(
                            "\(file) and \(groups[place][0].path) are of one profile and differ in their plans"
                        )
                        statuses.append(.usage)
                    }
                    groups[place].append((file, result))
                } else {
                    groups.append([(file, result)])
                }
            }
        }
        // All or none: a folder in which half of the baselines are new compares apples with pears.
        guard messages.isEmpty else { return surroundings.refuse(messages, status: .mostUrgent(of: statuses)) }
        let folder = command.string("into") ?? Self.defaultFolder
        var baselines = try BaselineFolder(path: folder, digest: SHA256.hexadecimalDigest)
        do {
            for group in groups { try baselines.accept(group, acceptance) }
        } catch {
            return surroundings.refuse(["\(error)"], status: .internalError)
        }
        let lines = groups.map { group in
            let files = baselines.index.entry(for: group[0].result.profile)?.files.map(\.name) ?? []
            return "accepted \(group[0].result.profile): \(files.joined(separator: ", ")) in \(folder)\n"
        }
        return surroundings.finish(lines.joined() + "accept=DONE exit=0 baselines=\(groups.count)\n", .pass)
    }
}
