import CommandLineKit
import FoundationEssentials
import HarnessCore
import Results

/// Reads results and thresholds, judges, and writes the report.
struct CompareTool {
    /// What standard output is.
    let terminal: Terminal
    /// The thresholds file that is used without being named, where it exists.
    var defaultThresholds = CompareCommand.defaultThresholds
    /// Takes the report; returns whether all of it was written.
    let writeOutput: (String) -> Bool
    /// Takes messages for the user.
    let writeError: (String) -> Bool

    /// Runs the tool with the words after its name.
    func run(_ words: [String]) -> ExitStatus {
        do {
            switch try CommandParser(CompareCommand.command, width: terminal.width).parse(words) {
            case .print(let text): return finish(text, .pass)
            case .run(let command): return try compare(command)
            }
        } catch {
            _ = writeError("\(error)\n")
            return error.exitStatus
        }
    }

    private func compare(_ command: ParsedCommand) throws(CommandLineError) -> ExitStatus {
        let showsColour = terminal.showsColour && !command.has("no-color")
        if command.has("list-metrics") {
            return finish(MetricCatalogue.table(width: terminal.width, showsColour: showsColour), .pass)
        }
        guard !command.arguments.isEmpty else { throw command.error("Missing expected argument '<result> ...'") }
        let report: GateReport
        let paired: [PairedResult]
        switch judge(command) {
        case .success(let judged): (report, paired) = judged
        case .failure(let failure): return refuse(failure.messages)
        }
        for problem in report.problems {
            _ = writeError("Error: \(problem)\n")
        }
        do {
            let isJSON = command.string("format") == "json"
            let file = command.string("output")
            let width = file == nil ? terminal.width : 120
            let hasColour = showsColour && file == nil
            let comparisons = paired.map { PairedTable(width: width, showsColour: hasColour).render($0) + "\n" }
                .joined()
            let text = try isJSON ? report.json() : comparisons + report.table(width: width, showsColour: hasColour)
            guard let file else { return finish(text, report.exitStatus) }
            try GateReport.write(text, to: file)
            return finish("\(report.verdictLine)\n", report.exitStatus)
        } catch {
            return refuse([error.description])
        }
    }

    // MARK: - Reading

    private struct Refusal: Error {
        var messages: [String]
    }

    private func judge(_ command: ParsedCommand) -> Result<(GateReport, [PairedResult]), Refusal> {
        var messages: [String] = []
        var results: [(path: String, result: RunResult)] = []
        var paired: [(path: String, result: PairedResult)] = []
        var (known, repeated): (Set<String>, [String]) = ([], [])
        for path in command.arguments {
            guard known.insert(URL(filePath: path).resolvingSymlinksInPath().standardized.path).inserted else {
                if !repeated.contains(path) { repeated.append(path) }
                continue
            }
            do {
                switch try ResultDocument.read(path) {
                case .run(let result): results.append((path, result))
                case .paired(let result):
                    paired.append((path, result))
                    // The limits are the candidate's to keep.
                    results.append((path, result.candidate.result))
                }
            } catch {
                // All files are tried, so that one run tells all that is wrong.
                messages.append(error.description)
            }
        }
        do {
            let named = command.string("thresholds")
            let thresholds = try thresholds(named)
            guard messages.isEmpty else { return .failure(Refusal(messages: messages)) }
            let allowsUnselected = named == nil || command.has("allow-unselected")
            var report = try GateReport(
                judging: results,
                thresholds: thresholds,
                allowsUnselected: allowsUnselected,
                allowsUnverified: command.has("allow-unverified")
            )
            report.notes = repeated.map { "\($0) was given more than once, and counts once" } + report.notes
            if !paired.isEmpty {
                report.comparisons = paired.map {
                    GateReport.Comparison(path: $0.path, $0.result)
                }
            }
            return .success((report, paired.map(\.result)))
        } catch {
            return .failure(Refusal(messages: messages + [error.description]))
        }
    }

    private func thresholds(_ named: String?) throws(ResultFileError) -> (path: String, file: ThresholdsFile)? {
        if let named { return (named, try ThresholdsFile(path: named)) }
        guard FileManager.default.fileExists(atPath: defaultThresholds) else { return nil }
        return (defaultThresholds, try ThresholdsFile(path: defaultThresholds))
    }

    // MARK: - Writing

    /// Writes a report; a report that cannot be delivered is never a pass.
    private func finish(_ text: String, _ status: ExitStatus) -> ExitStatus {
        guard writeOutput(text) else {
            _ = writeError("Error: standard output cannot be written\n")
            return .internalError
        }
        return status
    }

    private func refuse(_ messages: [String]) -> ExitStatus {
        for message in messages {
            _ = writeError("Error: \(message)\n")
        }
        return finish("verdict=ERROR exit=\(ExitStatus.usage.rawValue) gates=0 failed=0\n", .usage)
    }
}
