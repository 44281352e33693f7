import CommandLineKit
import HarnessCore
import Platform
import RunControl

/// `bench sweep`: hands over to `bench-micro sweep`, for the same reason as `MicroCommand`.
struct SweepCommand: Subcommand {
    static let command = Command(
        "sweep",
        overview:
            "Try thousands of seeded interleavings of track, flush, shutdown, time-outs and faults: no hang, no crash, no "
            + "false success.",
        argument: CommandArgument("option", "Options; see 'bench-micro sweep --help'", arity: .any),
        takesWordsAsTheyAre: true
    )

    private let words: [String]

    init(_ parsed: ParsedCommand) {
        words = parsed.arguments
    }

    /// Becomes the other program; returns only by an error.
    func run() throws -> ExitStatus {
        let path = try ExecutablePath.sibling("bench-micro")
        let failure = Execution.replaceProcess(path, ["sweep"] + words)
        throw RunError.usage("cannot start \(failure); build it with: make build")
    }
}
