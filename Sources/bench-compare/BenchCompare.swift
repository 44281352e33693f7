import CommandLineKit
import Foundation
import HarnessCore

/// The entry of `bench-compare`: hands arguments, environment and terminal to ``CompareTool``.
@main
enum BenchCompare {
    static func main() {
        let environment = ProcessInfo.processInfo.environment
        let surroundings = Surroundings(
            terminal: Terminal(descriptor: 1, environment: environment),
            writeOutput: { Terminal.write($0, to: 1) },
            writeError: { Terminal.write($0, to: 2) }
        )
        exit(CompareTool(surroundings: surroundings).run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }
}
