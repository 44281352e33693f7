import CommandLineKit
import FoundationEssentials
import HarnessCore

/// What a subcommand knows of the world: the terminal, and where texts go.
struct Surroundings {
    /// What standard output is.
    let terminal: Terminal
    /// The thresholds file that is used without being named, where it exists.
    var defaultThresholds = CompareCommand.defaultThresholds
    /// The folder of accepted baselines whose limits are remembered, where it exists.
    var defaultBaselines = AcceptCommand.defaultFolder
    /// The time in UTC, `2026-11-21T05:08:13Z`.
    var now = Date.now.formatted(.iso8601)
    /// The day in UTC, `2026-11-21`, on which waivers may end.
    var today = Date.now.formatted(.iso8601.year().month().day())
    /// What the last line begins with: `verdict`, or the name of the subcommand.
    var word = "verdict"
    /// Whether standard output takes the report and nothing else, so that the last line goes to standard error.
    var keepsOutputPure = false
    /// Takes the report; returns whether all of it was written.
    let writeOutput: (String) -> Bool
    /// Takes messages for the user.
    let writeError: (String) -> Bool

    /// Writes a report; a report that cannot be delivered is never a pass.
    func finish(_ text: String, _ status: ExitStatus) -> ExitStatus {
        guard writeOutput(text) else {
            _ = writeError("Error: standard output cannot be written\n")
            return .internalError
        }
        return status
    }

    /// Writes a report for programs, and the line for scripts beside it.
    func finish(data: String, line: String, _ status: ExitStatus) -> ExitStatus {
        let status = finish(data, status)
        if status != .internalError { _ = writeError(line + "\n") }
        return status
    }

    /// Says on standard error what cannot be done, and in the last line that nothing was judged.
    func refuse(_ messages: [String], status: ExitStatus = .usage) -> ExitStatus {
        for message in messages {
            _ = writeError("Error: \(message)\n")
        }
        let line = "\(word)=ERROR exit=\(status.rawValue)" + (word == "verdict" ? " gates=0 failed=0\n" : "\n")
        guard keepsOutputPure else { return finish(line, status) }
        _ = writeError(line)
        return status
    }
}
