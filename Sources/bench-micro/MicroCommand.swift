import CommandLineKit
import FoundationEssentials
import Glibc
import HarnessCore
import Trials

/// The tool `bench-micro`, which `bench micro` starts: micro-benchmarks of this package's own parts.
///
/// It is an executable of its own so that `bench` does not contain what it measures.
enum MicroCommand {
    /// All cases by the order of the help text.
    static let cases: [MicroCase] = [.histogram, .sink, .http, .record, .metrics, .privacy, .readings]

    /// Reads the command line, measures, prints, and ends the process with the harness's exit statuses.
    static func main() -> Never {
        let environment = ProcessInfo.processInfo.environment
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == SweepWorker.word { becomeWorker(arguments) }
        let width = Terminal(descriptor: 1, environment: environment).width
        let status: ExitStatus
        do throws(CommandLineError) {
            switch try CommandParser(command, width: width).parse(arguments) {
            case .print(let text):
                Terminal.write(text, to: 1)
                status = .pass
            case .run(let parsed):
                status = try run(parsed)
            }
        } catch {
            Terminal.write("\(error)\n", to: 2)
            status = error.exitStatus
        }
        exit(status.rawValue)
    }

    /// Does the cases of a sweep that the parent asked for.
    private static func becomeWorker(_ arguments: [String]) -> Never {
        do {
            try SweepWorker.run(arguments)
            exit(ExitStatus.pass.rawValue)
        } catch {
            Terminal.write("Error: \(error)\n", to: 2)
            exit(ExitStatus.internalError.rawValue)
        }
    }

    /// The command line.
    static var command: Command {
        let options: [CommandOption] = [
            .value("runs", label: "count", "How many times each figure is measured", default: "5"),
            .value("duration", label: "time", "How long each run measures", default: "1s"),
            .value(
                "only",
                label: "text",
                "Measure only the rows of record, metrics or privacy with this in their name"
            ),
        ]
        return Command(
            "bench-micro",
            overview: "Measure parts of the harness and of the SDK on their own; release builds only.",
            subcommands: cases.map { Command($0.name, overview: $0.overview, options: options) } + [
                FuzzTool.command, SweepTool.command,
            ],
            version: ToolVersion.current
        )
    }

    private static func run(_ parsed: ParsedCommand) throws(CommandLineError) -> ExitStatus {
        if parsed.command.name == SweepTool.command.name { return try SweepTool.run(parsed) }
        if parsed.command.name == FuzzTool.command.name { return try FuzzTool.run(parsed) }
        guard let chosen = cases.first(where: { $0.name == parsed.command.name }) else {
            throw parsed.error("Missing subcommand")
        }
        var options = MicroOptions()
        options.runs = try parsed.integer("runs", in: 1...1000) ?? options.runs
        options.runNanoseconds = try parsed.duration("duration") ?? options.runNanoseconds
        guard (1_000_000...600_000_000_000).contains(options.runNanoseconds) else {
            let text = parsed.string("duration") ?? ""
            throw parsed.invalidValue(text, of: "duration", "allowed are 1ms to 10m")
        }
        options.only = parsed.string("only")
        guard !isDebugBuild else {
            Terminal.write("Error: \(debugMessage)\n", to: 2)
            return .usage
        }
        do {
            Terminal.write(try chosen.run(options) + "\n", to: 1)
            return .pass
        } catch {
            Terminal.write("Error: the case '\(chosen.name)' could not be measured: \(error)\n", to: 2)
            return .internalError
        }
    }

    /// What a debug build says instead of measuring.
    private static let debugMessage = """
        this is a debug build, whose figures mean nothing; use 'make bench' or build with 'swift build -c release'
        """

    private static var isDebugBuild: Bool {
        #if DEBUG
        true
        #else
        false
        #endif
    }
}
