import CommandLineKit
import HarnessCore

/// One subcommand of `bench-compare`: its part of the command line, and what it does.
///
/// A new one is a file of its own and a line in ``CompareCommand/subcommands``.
protocol Subcommand: SendableMetatype {
    /// Name, help and options.
    static var command: Command { get }

    /// Checks what was given; throws what a user can put right, before anything is read.
    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws

    /// Does the work and returns the status that `bench-compare` ends with.
    ///
    /// A `ResultFileError` or `CommandLineError` ends it with status 2, any other error with status 5.
    func run() throws -> ExitStatus
}
