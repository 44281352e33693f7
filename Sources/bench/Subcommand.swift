import CommandLineKit
import HarnessCore

/// One subcommand of `bench`: its part of the command line, and what it does.
///
/// A new one is a file of its own and a line in ``BenchCommand/subcommands``.
protocol Subcommand: SendableMetatype {
    /// Name, help and options.
    static var command: Command { get }

    /// Checks what was given; throws what a user can put right, before anything is started.
    init(_ parsed: ParsedCommand) throws

    /// Does the work and returns the status that `bench` ends with.
    func run() throws -> ExitStatus
}
