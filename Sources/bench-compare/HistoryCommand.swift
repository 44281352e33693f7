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
                "Results to append before; a run that is there already is refused, and one that is not valid. Of folders and "
                    + "patterns such files are left out",
                takesSeveral: true
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
        guard let metric = parsed.string("metric") else { return }
        guard MetricCatalogue.all.contains(where: { Glob.matches($0.name, pattern: metric) }) else {
            let near = Suggestion.nearest(to: metric, in: MetricCatalogue.all.map(\.name))
            throw parsed.invalidValue(
                metric,
                of: "metric",
                "no metric has such a name; " + (near.map { "did you mean '\($0)'?" } ?? "see --list-metrics")
            )
        }
    }

    func run() throws -> ExitStatus {
        let path = command.arguments[0]
        do {
            try append(command.strings("append"), to: path)
        } catch let obstacle as Obstacle {
            return surroundings.refuse([obstacle.description], status: .noVerdict)
        }
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
    ///
    /// A file that was named itself has to belong there. A folder and a pattern name what may: a run that is in the history
    /// already, one that cannot be trusted and a paired result are left out, and counted.
    private func append(_ words: [String], to path: String) throws {
        var candidates: [(path: String, result: RunResult)] = []
        var others: [String] = []
        for word in words {
            for file in try ResultPaths.expand(word) where !candidates.contains(where: { $0.path == file }) {
                switch try ResultDocument.read(file) {
                case .run(let result):
                    if let obstacle = HistoryEntry.obstacle(to: result) {
                        guard word != file else { throw Obstacle(description: "\(file) \(obstacle); measure again") }
                        others.append("\(file) \(obstacle)")
                    } else {
                        candidates.append((file, result))
                    }
                case .paired where word == file:
                    throw ResultFileError(
                        path: file,
                        reason: "holds both sides of a comparison, and a history has runs"
                    )
                case .paired: others.append("\(file) holds both sides of a comparison")
                }
            }
        }
        guard !candidates.isEmpty else {
            try checkProfile(HistoryFile.read(path).map(\.profile))
            return note(others)
        }
        let file = try AppendFile(appendingTo: path)
        let entries = try HistoryFile.read(path)
        try checkProfile(entries.map(\.profile) + candidates.map(\.result.profile))
        var known = Set(entries.map(\.runID))
        var lines: [UInt8] = []
        for (source, result) in candidates {
            if known.insert(result.runID).inserted {
                lines += try HistoryFile.line(HistoryEntry(result))
            } else if words.contains(source) {
                throw ResultFileError(
                    path: source,
                    reason: "is the run \(result.runID), which \(path) has already",
                    hint: "leave it out"
                )
            } else {
                others.append("\(source) is there already")
            }
        }
        if !lines.isEmpty {
            try file.append(lines)
            try file.synchronize()
        }
        note(others)
    }

    /// Refuses a profile that no run is of, before anything is written.
    private func checkProfile(_ profiles: [String]) throws {
        guard let profile = command.string("profile"), !profiles.contains(where: { Glob.matches($0, pattern: profile) })
        else { return }
        let known = Set(profiles).sorted()
        let hint =
            Suggestion.nearest(to: profile, in: known).map { "did you mean '\($0)'?" }
            ?? "it has \(known.isEmpty ? "no runs" : known.joined(separator: ", "))"
        throw command.invalidValue(profile, of: "profile", "the history has no run of it; \(hint)")
    }

    /// Says on standard error what was left out.
    private func note(_ others: [String]) {
        for text in others { _ = surroundings.writeError("note: left out: \(text)\n") }
    }

    /// Why a result that was named does not belong into a history.
    private struct Obstacle: Error {
        let description: String
    }
}
