import CommandLineKit
import Foundation
import HarnessCore
import Results
import RunControl

/// `bench report`: shows runs again, from their results or from the log that a crash has left.
///
/// Without an option each file gets its summary. `--plot`, `--markdown` and `--html` make one report of all files: of one
/// run, of a candidate (the second) against a baseline (the first), or of the course over several.
struct ReportCommand: Subcommand {
    /// The command line.
    static let command = Command(
        "report",
        overview:
            "Show runs again, from their results, or from a log when bench died before the result was written. Two files "
            + "are a baseline and its candidate, more are a history: with --plot, --markdown and --html they share a report.",
        argument: CommandArgument("file", "A result (.json) or the log of a run (.jsonl)", arity: .oneOrMore),
        options: [
            .flag("plot", "Draw rates, latencies and memory as text"),
            .flag("markdown", "Print the report as Markdown, for a pull request or an issue"),
            .value("html", label: "file", "Write the report as a page that needs nothing else"),
            .flag("json", "Print the result as JSON instead of the summary"),
            .value("out", label: "file", "Write the result to this file"),
            .flag(
                "smaps",
                "Print which mappings of the worker's memory grew between its first and last quiet checkpoint"
            ),
            .flag("hgrm", "Print HdrHistogram's percentile table of one metric, which its plotters read"),
            .value(
                "metric",
                label: "name",
                "With --hgrm: \(LatencyMetric.names)",
                default: LatencyMetric.responseTime.rawValue
            ),
            .value("phase", label: "name", "With --hgrm: of this phase instead of all reported ones"),
            .value("unit", label: "unit", "With --hgrm: the unit of the values: ns, us, ms or s", default: "us"),
        ]
    )

    /// What was given on the command line.
    let parsed: ParsedCommand

    init(_ parsed: ParsedCommand) throws {
        self.parsed = parsed
        let forms = Self.forms.filter(parsed.has)
        if forms.count > 1 {
            throw parsed.error(
                "'--\(forms[0])' and '--\(forms[1])' are two forms; ask for one of them",
                option: forms[1]
            )
        }
        if !parsed.has("hgrm") {
            for name in ["metric", "phase", "unit"] where !parsed.strings(name).isEmpty {
                throw parsed.error("'--\(name)' needs '--hgrm'", option: name)
            }
        }
        for name in ["html", "out"] {
            guard let path = parsed.string(name) else { continue }
            do {
                try FileAccess.checkDestination(path)
            } catch {
                throw path.isEmpty ? parsed.error("\(error)", option: name) : RunError.internal("\(error)")
            }
        }
        guard parsed.arguments.count > 1 else { return }
        for name in ["json", "out", "hgrm"] where parsed.has(name) {
            throw parsed.error("'--\(name)' takes one file, and \(parsed.arguments.count) are given", option: name)
        }
    }

    /// What standard output can show, one at a time.
    private static let forms = ["plot", "markdown", "json", "smaps", "hgrm"]

    /// Shows the files.
    ///
    /// - Returns: `pass`; the verdict of the run itself stands in what is shown.
    func run() throws -> ExitStatus {
        var files: [(path: String, result: RunResult)] = []
        for path in parsed.arguments { files.append((path, try Self.result(path))) }
        if let out = parsed.string("out") { try write(files[0].result, to: out) }
        switch Self.forms.first(where: parsed.has) {
        case "plot": try StandardOutput.write(plots(of: try report(files)))
        case "markdown": try StandardOutput.write(ReportMarkdown().render(try report(files)))
        case "json": try StandardOutput.write(try ResultFile.text(of: files[0].result, path: files[0].path))
        case "smaps":
            let status = try showMappings(of: files)
            if let path = parsed.string("html") { try writePage(of: try report(files), to: path) }
            return status
        case "hgrm": try StandardOutput.write(try percentiles(of: files[0].result))
        default: if !parsed.has("html") { try StandardOutput.write(summaries(of: files)) }
        }
        if let path = parsed.string("html") { try writePage(of: try report(files), to: path) }
        return .pass
    }

    // MARK: - Files

    private func write(_ result: RunResult, to path: String) throws {
        do {
            try ResultFile.write(result, to: path)
        } catch {
            throw RunError.internal("\(error)")
        }
    }

    private static func result(_ path: String) throws(RunError) -> RunResult {
        if path.hasSuffix(".hlog") {
            throw .usage("\(path) has latencies alone; name the log beside it: \(path.dropLast(5)).jsonl")
        }
        if path.hasSuffix(".jsonl") { return try RunRecovery.result(from: path) }
        do {
            return try ResultReader.read(path)
        } catch {
            throw .usage("\(error)")
        }
    }

    /// One report of all files.
    private func report(_ files: [(path: String, result: RunResult)]) throws(RunError) -> RunReport {
        do {
            return try RunReport(files, today: String(Date().formatted(.iso8601).prefix(10)))
        } catch {
            throw .usage("\(error)")
        }
    }

    // MARK: - Summaries

    private func summaries(of files: [(path: String, result: RunResult)]) -> String {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let renderer = RunSummaryRenderer(width: terminal.width, showsColour: terminal.showsColour)
        return files.map { renderer.render($0.result, file: parsed.string("out") ?? $0.path) }.joined(separator: "\n")
    }

    private func plots(of report: RunReport) -> String {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        return ReportText(width: terminal.width, showsColour: terminal.showsColour, glyphs: terminal.glyphs).render(
            report
        )
    }
}
