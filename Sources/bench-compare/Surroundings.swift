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

    /// Says on standard error what cannot be judged, and on standard output that nothing was.
    func refuse(_ messages: [String], status: ExitStatus = .usage) -> ExitStatus {
        for message in messages {
            _ = writeError("Error: \(message)\n")
        }
        return finish("verdict=ERROR exit=\(status.rawValue) gates=0 failed=0\n", status)
    }
}
