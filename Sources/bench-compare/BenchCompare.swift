import CommandLineKit
import Foundation
import HarnessCore

/// The entry of `bench-compare`: hands arguments, environment and terminal to ``CompareTool``.
@main
enum BenchCompare {
    static func main() {
        let environment = ProcessInfo.processInfo.environment
        let tool = CompareTool(
            terminal: Terminal(descriptor: 1, environment: environment),
            writeOutput: { Terminal.write($0, to: 1) },
            writeError: { Terminal.write($0, to: 2) }
        )
        exit(tool.run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }
}
