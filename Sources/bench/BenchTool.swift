import CommandLineKit
import Foundation
import HarnessCore
import Platform
import RunControl

/// The `bench` program: parses the command line, runs the command, and ends with its status.
enum BenchTool {
    static func main() -> Never {
        // Histograms come and go each second, for hours, among what is kept of them.
        HeapUsage.mapBlocks(from: 64 << 10)
        // Beyond a limit for the size of files a write fails, and says so, instead of ending the process.
        _ = try? Signals.ignore(Signals.fileSizeExceeded)
        // Swift's runtime reads them from /proc. Without it they are none, and a run that nobody asked for would begin.
        guard !CommandLine.arguments.isEmpty else {
            Terminal.write("Error: cannot read the command line: /proc/self/cmdline is not there; mount /proc\n", to: 2)
            exit(ExitStatus.internalError.rawValue)
        }
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(run(arguments).rawValue)
    }

    private static func run(_ arguments: [String]) -> ExitStatus {
        do {
            let width = Terminal(descriptor: 1, environment: environment).width
            switch try CommandParser(BenchCommand.command, width: width).parse(arguments) {
            case .print(let text):
                try StandardOutput.write(text)
                return .pass
            case .run(let parsed):
                return try BenchCommand.subcommand(parsed).run()
            }
        } catch let error as CommandLineError {
            Terminal.write("\(error)\n", to: 2)
            return error.exitStatus
        } catch let error as RunError {
            Terminal.write("Error: \(error)\n", to: 2)
            return error.exitStatus
        } catch {
            Terminal.write("Error: \(error)\n", to: 2)
            return .internalError
        }
    }

    /// The variables of the process.
    static var environment: [String: String] {
        ProcessInfo.processInfo.environment
    }
}
