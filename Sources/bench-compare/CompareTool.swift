import CommandLineKit
import HarnessCore
import Results

/// Understands the command line and does what it asks for.
struct CompareTool {
    /// What the tool knows of the world.
    let surroundings: Surroundings

    /// Runs the tool with the words after its name.
    ///
    /// Whatever is done ends with a line for scripts, `verdict=… exit=…`: on standard output, unless that takes a report for
    /// programs. Texts of help are all that has none.
    func run(_ words: [String]) -> ExitStatus {
        var surroundings = surroundings
        do {
            switch try CommandParser(CompareCommand.command, width: surroundings.terminal.width).parse(words) {
            case .print(let text): return surroundings.finish(text, .pass)
            case .run(let command):
                surroundings.word = Self.word(of: command.path)
                surroundings.keepsOutputPure = Self.wantsData(command)
                return try start(command, surroundings)
            }
        } catch let error as CommandLineError {
            surroundings.word = Self.word(of: error.commandPath)
            _ = surroundings.writeError("\(error)\n")
            return surroundings.refuse([], status: error.exitStatus)
        } catch let error as ResultFileError {
            return surroundings.refuse([error.description])
        } catch {
            return surroundings.refuse(["\(error)"], status: .internalError)
        }
    }

    private func start(_ command: ParsedCommand, _ surroundings: Surroundings) throws -> ExitStatus {
        let subcommand = CompareCommand.subcommands.first { $0.command.name == command.command.name }
        return try (subcommand ?? Comparison.self).init(command, surroundings).run()
    }

    /// What the last line of a command begins with, such as `lint` of `bench-compare lint`.
    private static func word(of path: String) -> String {
        path.split(separator: " ").dropFirst().last.map { String($0) } ?? "verdict"
    }

    /// Whether standard output is to be read by a program that takes no line beside the report.
    private static func wantsData(_ command: ParsedCommand) -> Bool {
        guard command.command.options.contains(where: { $0.name == "format" }) else { return false }
        return ["json", "junit"].contains(command.string("format"))
    }
}
