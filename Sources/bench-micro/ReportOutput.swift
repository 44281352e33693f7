import CommandLineKit
import FoundationEssentials
import HarnessCore
import Results

/// Where the report of a sweep or of spoilt requests goes: to standard output, and to a file if one is named.
enum ReportOutput {
    /// The section of a help text that says what each status means.
    static func statuses(pass: String, failed: String) -> Command.HelpSection {
        Command.HelpSection(
            "EXIT STATUSES",
            [
                ("0", pass), ("1", failed), ("2", "usage error"), ("3", "no verdict: too little could be tried"),
                ("5", "internal error, or the report cannot be written"),
            ]
        )
    }

    /// Writes a report to every place that was asked for; one that cannot be written is never a pass.
    ///
    /// The file comes first, so that the line for scripts knows the status.
    ///
    /// - Parameters:
    ///   - report: what is written as JSON.
    ///   - status: what the report comes to.
    ///   - parsed: the command line, with `--json` and `--out`.
    ///   - text: the report as text, which ends with the given status.
    /// - Returns: the status to end with.
    /// - Throws: what encoding throws.
    static func write(
        _ report: some Encodable,
        _ status: ExitStatus,
        _ parsed: ParsedCommand,
        text: (ExitStatus) -> String
    ) throws -> ExitStatus {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
        var status = status
        var problem: ResultFileError?
        if let file = parsed.string("out") {
            do {
                try FileAccess.write(json, to: file)
            } catch {
                (status, problem) = (.internalError, error)
            }
        }
        Terminal.write(parsed.has("json") ? json : text(status), to: 1)
        if let problem { Terminal.write("Error: \(problem)\n", to: 2) }
        return status
    }
}
