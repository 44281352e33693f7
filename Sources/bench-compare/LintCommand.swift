import CommandLineKit
import HarnessCore
import Results

/// `bench-compare lint`: which gates can never fire, before anything is measured.
struct LintCommand: Subcommand {
    static let command = Command(
        "lint",
        overview: "Prove which gates of a thresholds file can never fire, and name the cheapest plan that decides all.",
        argument: CommandArgument("thresholds", "The thresholds file"),
        options: [
            .value("pairs", label: "count", "How many pairs bench ab is to run", default: "8"),
            .value(
                "baseline",
                label: "result",
                "Earlier results, better paired ones: their noise and samples say what a limit needs; files, folders or "
                    + "patterns",
                takesSeveral: true
            ),
            .value(
                "profile",
                label: "pattern",
                "Only such profiles; the gates of each are judged together, as bench ab -p NAME does"
            ),
            .value("format", label: "format", "Form of the report.", default: "table", values: ["table", "json"]),
            .flag("no-color", "Use no colours; NO_COLOR in the environment does the same."),
        ],
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                [
                    ("0", "every gate can fire"), ("1", "a gate can never fire, or never decide"),
                    ("2", "usage error, or an invalid file"),
                ]
            )
        ]
    )

    private let command: ParsedCommand
    private let surroundings: Surroundings
    private let pairs: Int

    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws {
        command = parsed
        self.surroundings = surroundings
        pairs = try parsed.integer("pairs", in: 1...GateLint.mostPairs) ?? 8
    }

    func run() throws -> ExitStatus {
        let thresholds = try ThresholdsFile(path: command.arguments[0])
        var baselines: [ResultDocument] = []
        let files = try command.strings("baseline").flatMap { word in try ResultPaths.expand(word) }
        for path in ResultPaths.unique(files).files { baselines.append(try ResultDocument.readFigures(path)) }
        let profile = command.string("profile")
        let lint = GateLint(thresholds, pairs: pairs, profile: profile, baselines: baselines)
        if let profile, lint.gates == 0 {
            let nearest = Suggestion.nearest(to: profile, in: thresholds.gates.map(\.profile))
            throw command.error(
                "No gate is for a profile like '\(profile)'" + (nearest.map { ". Did you mean '\($0)'?" } ?? ""),
                option: "profile"
            )
        }
        guard command.string("format") != "json" else {
            return surroundings.finish(data: try ResultFile.text(of: lint), line: lint.verdictLine, lint.exitStatus)
        }
        let table = LintTable(
            width: surroundings.terminal.width,
            showsColour: surroundings.terminal.showsColour && !command.has("no-color")
        )
        return surroundings.finish(table.render(lint), lint.exitStatus)
    }
}
