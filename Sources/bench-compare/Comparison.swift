import CommandLineKit
import FoundationEssentials
import HarnessCore
import Platform
import Results

/// `bench-compare RESULT…` and `bench-compare --baseline B… --candidate C…`: reads, judges, and writes the report.
struct Comparison: Subcommand {
    static var command: Command { CompareCommand.command }

    private let command: ParsedCommand
    private let surroundings: Surroundings
    private let assertions: [Gate]
    private let format: ReportFormat
    private let outputs: [ReportDestination]

    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws {
        command = parsed
        self.surroundings = surroundings
        let format = parsed.string("format").flatMap { ReportFormat(rawValue: $0) } ?? .table
        self.format = format
        outputs = try parsed.strings("output").map { text in
            do {
                return try ReportDestination(parsing: text, default: format)
            } catch {
                throw parsed.error("\(error)", option: "output")
            }
        }
        assertions = try parsed.strings("assert").map { text in
            do {
                return try Gate(assertion: text)
            } catch {
                throw parsed.error("\(error)", option: "assert")
            }
        }
        guard !parsed.has("list-metrics") else { return }
        let (baselines, candidates) = (parsed.strings("baseline"), parsed.strings("candidate"))
        if baselines.isEmpty, !candidates.isEmpty {
            throw parsed.error("Missing expected option '--baseline'; without one, results are named alone")
        }
        if !candidates.isEmpty, !parsed.arguments.isEmpty {
            throw parsed.error("Unexpected argument '\(parsed.arguments[0])'; the candidate is named with --candidate")
        }
        if candidates.isEmpty, parsed.arguments.isEmpty {
            throw parsed.error(
                baselines.isEmpty ? "Missing expected argument '<result> ...'" : "Missing expected option '--candidate'"
            )
        }
    }

    func run() throws -> ExitStatus {
        let showsColour = surroundings.terminal.showsColour && !command.has("no-color")
        if command.has("list-metrics") {
            let width = surroundings.terminal.width
            return surroundings.finish(MetricCatalogue.table(width: width, showsColour: showsColour), .pass)
        }
        var refused: [String] = []
        for output in outputs {
            do {
                try FileAccess.checkDestination(output.path)
            } catch {
                refused.append(error.description)
            }
        }
        guard refused.isEmpty else { return surroundings.refuse(refused, status: .internalError) }
        let words = command.strings("baseline")
        var reader = InputReader(hasBaselines: !words.isEmpty)
        reader.readCandidates(command.strings("candidate") + command.arguments)
        reader.readBaselines(words)
        let thresholds = reader.attempt { () throws(ResultFileError) in try self.thresholds() } ?? nil
        guard reader.messages.isEmpty else { return surroundings.refuse(reader.messages) }
        guard words.isEmpty || !reader.baselines.isEmpty else {
            let message =
                "\(words.joined(separator: ", ")) holds no baseline of \(reader.profiles.joined(separator: ", "))"
            return surroundings.refuse(["\(message); make one with bench-compare accept"], status: .notComparable)
        }
        var request = ComparisonRequest(today: surroundings.today)
        request.baselines = reader.baselines
        request.candidates = reader.candidates
        request.pairs = reader.pairs
        request.thresholds = thresholds
        request.assertions = assertions
        request.allowsUnselected = command.string("thresholds") == nil || command.has("allow-unselected")
        request.allowsUnverified = command.has("allow-unverified")
        var report = try ComparisonReport(judging: request)
        report.notes =
            try reader.notes + reader.loosenings(thresholds, words + [surroundings.defaultBaselines]) + report.notes
        try reader.addShifts(to: &report)
        return write(report, showsColour)
    }

    /// Writes the report to every place that was asked for; one that cannot be written is never a pass.
    private func write(_ report: ComparisonReport, _ showsColour: Bool) -> ExitStatus {
        for problem in report.problems {
            _ = surroundings.writeError("Error: \(problem)\n")
        }
        let table = ComparisonTable(
            width: surroundings.terminal.width,
            showsColour: showsColour,
            glyphs: surroundings.terminal.glyphs,
            showsAll: command.has("all")
        )
        var messages: [String] = []
        for output in outputs {
            do {
                try report.write(to: output)
            } catch {
                messages.append(error.description)
            }
        }
        do {
            let text = try report.text(as: format, table: table)
            guard messages.isEmpty else {
                // The report is still worth reading; its last line says the other status.
                _ = surroundings.writeOutput(text)
                return surroundings.refuse(messages, status: .internalError)
            }
            guard !surroundings.keepsOutputPure else {
                return surroundings.finish(data: text, line: report.verdictLine, report.exitStatus)
            }
            return surroundings.finish(text, report.exitStatus)
        } catch {
            return surroundings.refuse(messages + [error.description], status: .internalError)
        }
    }

    private func thresholds() throws(ResultFileError) -> (identity: ThresholdsIdentity, file: ThresholdsFile)? {
        let named = command.string("thresholds")
        return try ThresholdsFile.identified(
            named ?? surroundings.defaultThresholds,
            isRequired: named != nil,
            digest: SHA256.hexadecimalDigest
        )
    }
}
