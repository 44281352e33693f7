/// A command line that was understood: which command, and what was given to it.
package struct ParsedCommand: Sendable {
    /// The command that was called.
    package let command: Command
    /// The words that called it: `bench run`.
    package let path: String
    /// The positional arguments, in order.
    package internal(set) var arguments: [String] = []
    /// The given options by long name, each with its values in order; a flag has one empty value.
    var values: [String: [String]] = [:]

    init(command: Command, path: String) {
        self.command = command
        self.path = path
    }

    /// Whether the flag, or an option with a value, was given.
    package func has(_ name: String) -> Bool {
        checked(name)
        return values[name] != nil
    }

    /// The value of an option, its default if it was not given, or `nil` if it has none.
    package func string(_ name: String) -> String? {
        checked(name)
        return values[name]?.last ?? command.options.first { $0.name == name }?.defaultValue
    }

    /// All values of an option that may be repeated, in order.
    package func strings(_ name: String) -> [String] {
        checked(name)
        return values[name] ?? []
    }

    /// The value of an option read as a whole number within `range`.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(CommandLineError) -> Int? {
        guard let text = string(name) else { return nil }
        guard let value = Int(text) else {
            throw invalidValue(text, of: name, "it is not a whole number; for example \"\(max(range.lowerBound, 1))\"")
        }
        guard range.contains(value) else {
            throw invalidValue(text, of: name, "allowed are \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// The error that `text` is not a value for the option `name`.
    package func invalidValue(_ text: String, of name: String, _ reason: String) -> CommandLineError {
        let option = option(name)
        return error("The value '\(text)' is invalid for '\(option?.display ?? "--\(name)")': \(reason)", option: name)
    }

    /// An error about this command line, for rules that only the tool knows.
    package func error(_ message: String, option name: String? = nil) -> CommandLineError {
        CommandLineError(
            message: message,
            option: name.flatMap(option),
            usage: command.usage(path: path),
            commandPath: path
        )
    }

    private func option(_ name: String) -> CommandOption? {
        command.allOptions.first { $0.name == name }
    }

    private func checked(_ name: String) {
        precondition(option(name) != nil, "the command '\(path)' declares no option '--\(name)'")
    }
}
