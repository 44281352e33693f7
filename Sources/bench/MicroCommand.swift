import CommandLineKit
import HarnessCore
import Platform
import RunControl

/// `bench micro`: hands over to `bench-micro`, so that `bench` itself links neither the SDK nor the sink.
struct MicroCommand: Subcommand {
    static let command = Command(
        "micro",
        overview: "Measure a part of the harness by itself. Needs a release build.",
        argument: CommandArgument("case", "What to measure, with its options; see 'bench micro --help'", arity: .any),
        takesWordsAsTheyAre: true
    )

    private let words: [String]

    init(_ parsed: ParsedCommand) {
        words = parsed.arguments
    }

    /// Becomes the other program; returns only by an error.
    func run() throws -> ExitStatus {
        let path = try ExecutablePath.sibling("bench-micro")
        throw RunError.usage("cannot start \(Execution.replaceProcess(path, words)); build it with: make build")
    }
}
