package import HarnessCore

/// A command line that cannot be understood, with everything a user needs to put it right.
package struct CommandLineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, one or more sentences.
    package var message: String
    /// The option that is to blame, if it is one.
    package var option: CommandOption?
    /// How the command is used: `bench run [<options>]`.
    package var usage: String
    /// The words that call the command: `bench run`.
    package var commandPath: String

    /// The text for standard error: the message, the option's help line, usage, and where to read more.
    package var description: String {
        var lines = ["Error: \(message)"]
        if let option {
            lines.append("Help:  \(option.helpLabel)  \(option.helpText)")
        }
        lines.append("Usage: \(usage)")
        lines.append("  See '\(commandPath) --help' for more information.")
        return lines.joined(separator: "\n")
    }

    /// The status that a tool ends with.
    package var exitStatus: ExitStatus { .usage }
}
