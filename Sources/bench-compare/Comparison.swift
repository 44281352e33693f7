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
        format = parsed.string("format").flatMap { ReportFormat(rawValue: $0) } ?? .table
        outputs = try parsed.strings("output").map { text in
            do {
                return try ReportDestination(parsing: text, default: parsed.has("format") ? nil : .table)
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
        var reader = InputReader()
        reader.readBaselines(command.strings("baseline"))
        reader.readCandidates(command.strings("candidate") + command.arguments)
        let thresholds = reader.attempt { () throws(ResultFileError) in try self.thresholds() }
        guard reader.messages.isEmpty else { return surroundings.refuse(reader.messages) }
        var request = ComparisonRequest(today: surroundings.today)
        request.baselines = reader.baselines
        request.candidates = reader.candidates
        request.pairs = reader.pairs
        request.thresholds = thresholds ?? nil
        request.assertions = assertions
        request.allowsUnselected = command.string("thresholds") == nil || command.has("allow-unselected")
        request.allowsUnverified = command.has("allow-unverified")
        var report = try ComparisonReport(judging: request)
        report.notes = reader.notes + report.notes
        for problem in report.problems {
            _ = surroundings.writeError("Error: \(problem)\n")
        }
        for output in outputs { try report.write(to: output) }
        let table = ComparisonTable(
            width: surroundings.terminal.width,
            showsColour: showsColour,
            glyphs: surroundings.terminal.glyphs
        )
        return surroundings.finish(try report.text(as: format, table: table), report.exitStatus)
    }

    private func thresholds() throws(ResultFileError) -> (identity: ThresholdsIdentity, file: ThresholdsFile)? {
        let named = command.string("thresholds")
        let path = named ?? surroundings.defaultThresholds
        guard named != nil || FileManager.default.fileExists(atPath: path) else { return nil }
        let contents = try ThresholdsFile.contents(of: path)
        let identity = ThresholdsIdentity(path: path, sha256: SHA256.hexadecimalDigest(of: contents))
        return (identity, try ThresholdsFile(contents: contents, path: path))
    }
}
