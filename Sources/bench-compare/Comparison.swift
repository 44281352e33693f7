import CommandLineKit
import FoundationEssentials
import HarnessCore
import Results

/// `bench-compare RESULT…`: reads results and thresholds, judges, and writes the report.
struct Comparison: Subcommand {
    static var command: Command { CompareCommand.command }

    private let command: ParsedCommand
    private let surroundings: Surroundings

    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws {
        command = parsed
        self.surroundings = surroundings
    }

    func run() throws -> ExitStatus {
        let showsColour = surroundings.terminal.showsColour && !command.has("no-color")
        if command.has("list-metrics") {
            return surroundings.finish(
                MetricCatalogue.table(width: surroundings.terminal.width, showsColour: showsColour),
                .pass
            )
        }
        guard !command.arguments.isEmpty else { throw command.error("Missing expected argument '<result> ...'") }
        let report: GateReport
        let paired: [PairedResult]
        switch judge(command) {
        case .success(let judged): (report, paired) = judged
        case .failure(let failure): return surroundings.refuse(failure.messages)
        }
        for problem in report.problems {
            _ = surroundings.writeError("Error: \(problem)\n")
        }
        do {
            let isJSON = command.string("format") == "json"
            let file = command.string("output")
            let width = file == nil ? surroundings.terminal.width : 120
            let hasColour = showsColour && file == nil
            let comparisons = paired.map { PairedTable(width: width, showsColour: hasColour).render($0) + "\n" }
                .joined()
            let text = try isJSON ? report.json() : comparisons + report.table(width: width, showsColour: hasColour)
            guard let file else { return surroundings.finish(text, report.exitStatus) }
            try GateReport.write(text, to: file)
            return surroundings.finish("\(report.verdictLine)\n", report.exitStatus)
        } catch {
            return surroundings.refuse([error.description])
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
        guard FileManager.default.fileExists(atPath: surroundings.defaultThresholds) else { return nil }
        return (surroundings.defaultThresholds, try ThresholdsFile(path: surroundings.defaultThresholds))
    }
}
