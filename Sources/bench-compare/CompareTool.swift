import CommandLineKit
import HarnessCore
import Results

/// Understands the command line and does what it asks for.
struct CompareTool {
    /// What the tool knows of the world.
    let surroundings: Surroundings

    /// Runs the tool with the words after its name.
    func run(_ words: [String]) -> ExitStatus {
        do {
            switch try CommandParser(CompareCommand.command, width: surroundings.terminal.width).parse(words) {
            case .print(let text): return surroundings.finish(text, .pass)
            case .run(let command): return try start(command)
            }
        } catch let error as CommandLineError {
            _ = surroundings.writeError("\(error)\n")
            return error.exitStatus
        } catch let error as ResultFileError {
            return surroundings.refuse([error.description])
        } catch {
            return surroundings.refuse(["\(error)"], status: .internalError)
        }
    }

    private func start(_ command: ParsedCommand) throws -> ExitStatus {
        let subcommand = CompareCommand.subcommands.first { $0.command.name == command.command.name }
        return try (subcommand ?? Comparison.self).init(command, surroundings).run()
    }
}
