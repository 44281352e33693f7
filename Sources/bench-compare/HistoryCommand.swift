import CommandLineKit
import HarnessCore
import Platform
import Results

/// `bench-compare history`: the course of metrics over many runs, and where they changed.
struct HistoryCommand: Subcommand {
    static let command = Command(
        "history",
        overview: "Show how metrics went from run to run, and where their level changed; nothing is judged.",
        argument: CommandArgument("history", "The history, such as results/history.jsonl"),
        options: [
            .value(
                "append",
                label: "result",
                "A result to append before; a run that is there already is refused, and one that is not valid",
                repeatable: true
            ),
            .value("profile", label: "pattern", "Show only profiles with such names; * and ? stand for anything"),
            .value("metric", label: "pattern", "Show only metrics with such names, extremes included"),
            .value("seed", label: "number", "Seed of the permutations behind each p", default: "1"),
            .value("format", label: "format", "Form of the report.", default: "table", values: ["table", "json"]),
            .flag("no-color", "Use no colours; NO_COLOR in the environment does the same."),
        ],
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                [
                    ("0", "shown, whatever has changed"),
                    ("2", "usage error, an invalid history or result, or a run that is there already"),
                    ("3", "a result to append is of a run that cannot be trusted; nothing was appended"),
                    ("5", "the history cannot be written"),
                ]
            )
        ]
    )

    private let command: ParsedCommand
    private let surroundings: Surroundings
    private let seed: UInt64

    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws {
        command = parsed
        self.surroundings = surroundings
        seed = UInt64(try parsed.integer("seed", in: 0...Int.max) ?? 1)
    }

    func run() throws -> ExitStatus {
        let path = command.arguments[0]
        var results: [(path: String, result: RunResult)] = []
        for file in command.strings("append") {
            let result = try ResultReader.read(file)
            if let obstacle = HistoryEntry.obstacle(to: result) {
                return surroundings.refuse(["\(file) \(obstacle); measure again"], status: .noVerdict)
            }
            results.append((file, result))
        }
        if !results.isEmpty { try append(results, to: path) }
        let report = HistoryReport(
            try HistoryFile.read(path),
            selection: HistoryReport.Selection(
                profile: command.string("profile"),
                metric: command.string("metric")
            ),
            seed: seed
        )
        guard command.string("format") != "json" else {
            return surroundings.finish(data: try ResultFile.text(of: report), line: report.verdictLine, .pass)
        }
        let table = HistoryTable(
            width: surroundings.terminal.width,
            showsColour: surroundings.terminal.showsColour && !command.has("no-color"),
            glyphs: surroundings.terminal.glyphs
        )
        return surroundings.finish(table.render(report), .pass)
    }

    /// Appends runs, all or none, while no other process appends to the same file.
    private func append(_ results: [(path: String, result: RunResult)], to path: String) throws {
        let file = try AppendFile(appendingTo: path)
        var known = Set(try HistoryFile.read(path).map(\.runID))
        var lines: [UInt8] = []
        for (source, result) in results {
            guard known.insert(result.runID).inserted else {
                throw ResultFileError(
                    path: source,
                    reason: "is the run \(result.runID), which \(path) has already",
                    hint: "leave it out"
                )
            }
            lines += try HistoryFile.line(HistoryEntry(result))
        }
        try file.append(lines)
        try file.synchronize()
    }
}
