import CommandLineKit
import Foundation
import HarnessCore
import Measurement
import Results
import RunControl

/// `bench report`: shows a run again, from its result or from the log that a crash has left.
struct ReportCommand: Subcommand {
    /// The command line.
    static let command = Command(
        "report",
        overview: "Show a run again, from its result, or from its log when bench died before the result was written.",
        argument: CommandArgument("file", "A result (.json) or the log of a run (.jsonl)", arity: .oneOrMore),
        options: [
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

    private let parsed: ParsedCommand

    init(_ parsed: ParsedCommand) {
        self.parsed = parsed
    }

    /// Shows each file.
    ///
    /// - Returns: `pass`; the verdict of the run itself stands in what is shown.
    func run() throws -> ExitStatus {
        if !parsed.has("hgrm") {
            for name in ["metric", "phase", "unit"] where !parsed.strings(name).isEmpty {
                throw parsed.error("'--\(name)' needs '--hgrm'", option: name)
            }
        }
        if parsed.arguments.count > 1 {
            for name in ["json", "out", "hgrm"] where parsed.has(name) {
                throw parsed.error("'--\(name)' takes one file, and \(parsed.arguments.count) are given", option: name)
            }
        }
        for (index, path) in parsed.arguments.enumerated() {
            if index > 0 { try StandardOutput.write("\n") }
            try show(path)
        }
        return .pass
    }

    private func show(_ path: String) throws {
        let result = try Self.result(path)
        var shown = path
        if let out = parsed.string("out") {
            do {
                try ResultFile.write(result, to: out)
            } catch {
                throw RunError.internal("\(error)")
            }
            shown = out
        }
        if parsed.has("smaps") {
            try StandardOutput.write(try mappings(result, path))
        } else if parsed.has("hgrm") {
            try StandardOutput.write(try table(result))
        } else if parsed.has("json") {
            try StandardOutput.write(try ResultFile.text(of: result, path: path))
        } else {
            let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
            let renderer = RunSummaryRenderer(width: terminal.width, showsColour: terminal.showsColour)
            try StandardOutput.write(renderer.render(result, file: shown))
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

    // MARK: - Mappings

    private func mappings(_ result: RunResult, _ path: String) throws(RunError) -> String {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let painter = TextPainter(isEnabled: terminal.showsColour)
        let tables = result.repetitions.compactMap { repetition in
            repetition.mappings.map { (repetition, MappingTable($0).lines(width: terminal.width, painter: painter)) }
        }
        guard !tables.isEmpty else {
            throw .usage(
                "\(path) has no mappings: they are read at the end of each phase that ends in a successful flush, and "
                    + "there are not two of them, or an older bench wrote the file; run it again with two such phases"
            )
        }
        return tables.map { repetition, lines in
            let title = tables.count > 1 ? ["repetition \(repetition.index + 1)"] : []
            return (title + lines).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    // MARK: - Percentiles

    private func table(_ result: RunResult) throws -> String {
        let name = parsed.string("metric") ?? ""
        guard let metric = LatencyMetric(rawValue: name) else {
            let guess = Suggestion.nearest(to: name, in: LatencyMetric.allCases.map(\.rawValue))
            let hint = guess.map { "did you mean '\($0)'?" } ?? "there are: \(LatencyMetric.names)"
            throw parsed.invalidValue(name, of: "metric", hint)
        }
        guard let unit = Self.units[parsed.string("unit") ?? ""] else {
            throw parsed.invalidValue(parsed.string("unit") ?? "", of: "unit", "there are: ns, us, ms, s")
        }
        let histogram = try histogram(of: metric, result)
        return PercentileTable(histogram, nanosecondsPerUnit: unit).text
    }

    /// The distribution over all repetitions.
    private func histogram(of metric: LatencyMetric, _ result: RunResult) throws -> HistogramSnapshot {
        let all = result.repetitions.flatMap(\.phases)
        let phase = parsed.string("phase")
        let chosen = phase.map { name in all.filter { $0.name == name } } ?? all.filter(\.isReported)
        if let phase, chosen.isEmpty {
            let names = result.plan.phases.map(\.name).joined(separator: ", ")
            throw parsed.invalidValue(phase, of: "phase", "the run has no such phase; it has: \(names)")
        }
        var sum = HistogramSnapshot()
        for summary in chosen.compactMap({ metric.summary(of: $0.latency) }) { sum.add(summary.hdr) }
        guard !sum.isEmpty else {
            let there = LatencyMetric.allCases.filter { other in
                chosen.contains { other.summary(of: $0.latency) != nil }
            }
            let hint =
                there.isEmpty
                ? "nothing was timed" : "there are: \(there.map(\.rawValue).joined(separator: ", "))"
            let place = phase.map { "phase \($0)" } ?? "the run"
            throw RunError.usage("\(place) has no \(metric.rawValue); \(hint)")
        }
        return sum
    }

    private static let units: [String: Double] = ["ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9]
}

/// A distribution that a phase may have.
enum LatencyMetric: String, CaseIterable {
    case responseTime = "response_time"
    case serviceTime = "service_time"
    case lag
    case flushLatency = "flush_latency"
    case freshness

    /// All names, for messages.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The distribution in a phase; nil if it has none.
    func summary(of latency: PhaseLatency) -> LatencySummary? {
        switch self {
        case .responseTime: latency.responseTime
        case .serviceTime: latency.serviceTime
        case .lag: latency.lag
        case .flushLatency: latency.flushLatency
        case .freshness: latency.freshness
        }
    }
}
