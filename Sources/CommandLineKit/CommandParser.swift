import HarnessCore

/// What a command line asks for.
package enum CommandRequest: Sendable {
    /// To run the command.
    case run(ParsedCommand)
    /// To print this text on standard output and end with status 0.
    case print(String)
}

/// Reads command lines as swift-argument-parser does.
///
/// `--name value`, `--name=value`, `-n value`, `-n=value`, grouped short flags, `--` ends the options, `-h` and
/// `--help` everywhere, `help <subcommand>`. Nothing is ignored: an unknown option, a second value for an option that
/// takes one, and a superfluous argument are errors.
package struct CommandParser {
    private let root: Command
    private let width: Int

    /// Makes a parser of `root`; help texts are wrapped to `width` characters.
    package init(_ root: Command, width: Int = 80) {
        self.root = root
        self.width = width
    }

    /// Reads the words after the name of the program.
    package func parse(_ words: [String]) throws(CommandLineError) -> CommandRequest {
        var words = words[...]
        if !root.subcommands.isEmpty, words.first == "help" {
            return .print(try help(for: Array(words.dropFirst())))
        }
        var command = root
        var path = root.name
        while !command.subcommands.isEmpty {
            if let word = words.first, !word.hasPrefix("-") {
                guard let next = command.subcommand(word) else {
                    // What is no subcommand is an argument, where the command takes some.
                    if command.argument != nil { break }
                    throw unknownSubcommand(word, of: command, path)
                }
                (command, path) = (next, "\(path) \(word)")
                words = words.dropFirst()
            } else if let request = try information(in: words, about: command, path) {
                return request
            } else if let name = command.defaultSubcommand, let next = command.subcommand(name) {
                (command, path) = (next, "\(path) \(name)")
            } else {
                break
            }
        }
        return try parse(words, for: command, path)
    }

    // MARK: - Subcommands

    /// The answer to `--help` or `--version` where a subcommand could still follow.
    private func information(
        in words: ArraySlice<String>,
        about command: Command,
        _ path: String
    ) throws(CommandLineError) -> CommandRequest? {
        switch words.first {
        case "--help", "-h": return .print(command.help(path: path, width: width))
        case "--version": return command.version.map { .print($0 + "\n") }
        case nil where command.defaultSubcommand == nil && command.argument == nil:
            throw CommandLineError(
                message: "Missing subcommand",
                usage: command.usage(path: path),
                commandPath: path
            )
        default: return nil
        }
    }

    private func help(for words: [String]) throws(CommandLineError) -> String {
        var command = root
        var path = root.name
        for word in words {
            guard let next = command.subcommand(word) else { throw unknownSubcommand(word, of: command, path) }
            (command, path) = (next, "\(path) \(word)")
        }
        return command.help(path: path, width: width)
    }

    private func unknownSubcommand(_ word: String, of command: Command, _ path: String) -> CommandLineError {
        let nearest = Suggestion.nearest(to: word, in: command.subcommands.map(\.name))
        let known = command.subcommands.map { "'\($0.name)'" }.joined(separator: ", ")
        let hint =
            if let nearest {
                "Did you mean '\(nearest)'?"
            } else if command.takesWordsAsTheyAre {
                // What the words mean is another program's business.
                "Try '\(path) \(word) --help'."
            } else if command.subcommands.isEmpty {
                "'\(path)' has none."
            } else {
                "Known are \(known)."
            }
        return CommandLineError(
            message: "Unknown subcommand '\(word)'. \(hint)",
            usage: command.usage(path: path),
            commandPath: path
        )
    }

    // MARK: - Options and arguments

    private func parse(
        _ words: ArraySlice<String>,
        for command: Command,
        _ path: String
    ) throws(CommandLineError) -> CommandRequest {
        var parsed = ParsedCommand(command: command, path: path)
        if command.takesWordsAsTheyAre {
            parsed.arguments = Array(words)
            return .run(parsed)
        }
        var words = words
        while let word = words.popFirst() {
            if word == "--" {
                parsed.arguments += words
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                parsed.arguments.append(word)
                continue
            }
            for (option, value) in try options(in: word, for: parsed) {
                switch option.name {
                case "help": return .print(command.help(path: path, width: width))
                case "version" where command.version != nil: return .print((command.version ?? "") + "\n")
                default: try store(option, value, following: &words, in: &parsed)
                }
            }
        }
        try checkArguments(of: parsed)
        return .run(parsed)
    }

    /// The options that one word names, with the value that it carries after an equals sign.
    private func options(
        in word: String,
        for parsed: ParsedCommand
    ) throws(CommandLineError) -> [(CommandOption, String?)] {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count > 1 ? parts[1] : nil
        let known = parsed.command.allOptions
        if word.hasPrefix("--") {
            guard let option = known.first(where: { "--\($0.name)" == parts[0] }) else {
                throw unknownOption(parts[0], for: parsed)
            }
            return [(option, value)]
        }
        var found: [(CommandOption, String?)] = []
        let letters = parts[0].dropFirst()
        for (offset, letter) in letters.enumerated() {
            let isLast = offset == letters.count - 1
            guard let option = known.first(where: { $0.short == letter }) else {
                throw unknownOption(letters.count == 1 ? parts[0] : "-\(letter)", for: parsed)
            }
            guard isLast || option.label == nil else { throw missingValue(option, parsed) }
            found.append((option, isLast ? value : nil))
        }
        return found
    }

    private func store(
        _ option: CommandOption,
        _ attached: String?,
        following words: inout ArraySlice<String>,
        in parsed: inout ParsedCommand
    ) throws(CommandLineError) {
        guard option.label != nil else {
            guard attached == nil else {
                throw parsed.error("The option '\(option.display)' does not take any value", option: option.name)
            }
            parsed.values[option.name] = [""]
            return
        }
        let next = words.first.flatMap { Self.isValue($0) ? $0 : nil }
        guard let value = attached ?? next else { throw missingValue(option, parsed) }
        if attached == nil { words.removeFirst() }
        guard option.values.isEmpty || option.values.contains(value) else {
            throw notAllowed(value, for: option, parsed)
        }
        guard option.isRepeatable || parsed.values[option.name] == nil else {
            throw parsed.error("The option '\(option.display)' is given more than once", option: option.name)
        }
        parsed.values[option.name, default: []].append(value)
        while option.takesSeveral, let more = words.first, !more.hasPrefix("-") {
            parsed.values[option.name, default: []].append(more)
            words.removeFirst()
        }
    }

    /// Whether a word can be the value of the option before it: not another option, but a negative number or `-`.
    private static func isValue(_ word: String) -> Bool {
        guard word.hasPrefix("-"), word.count > 1 else { return true }
        return word.dropFirst().first?.isNumber == true
    }

    private func checkArguments(of parsed: ParsedCommand) throws(CommandLineError) {
        let given = parsed.arguments
        let maximum: Int
        switch parsed.command.argument?.arity {
        case nil: maximum = 0
        case .one, .optional: maximum = 1
        case .oneOrMore, .any: maximum = .max
        }
        if given.count > maximum {
            let extra = given[maximum...].map { "'\($0)'" }.joined(separator: ", ")
            let count = given.count - maximum
            throw parsed.error(
                count == 1 ? "Unexpected argument \(extra)" : "\(count) unexpected arguments: \(extra)"
            )
        }
        if given.isEmpty, let argument = parsed.command.argument, argument.arity == .one || argument.arity == .oneOrMore
        {
            throw parsed.error("Missing expected argument '\(argument.usage)'" + greed(parsed))
        }
    }

    /// What to do where an option that takes all words up to the next one may have taken the argument; empty otherwise.
    private func greed(_ parsed: ParsedCommand) -> String {
        let greedy = parsed.command.options.first { $0.takesSeveral && (parsed.values[$0.name]?.count ?? 0) > 1 }
        guard let greedy, let last = parsed.values[greedy.name]?.last else { return "" }
        return "; '--\(greedy.name)' has taken '\(last)' as well: put it first, or after '--'"
    }

    // MARK: - Errors

    private func unknownOption(_ word: String, for parsed: ParsedCommand) -> CommandLineError {
        let names = parsed.command.allOptions.map { "--\($0.name)" }
        let nearest = Suggestion.nearest(to: word, in: names)
        return parsed.error("Unknown option '\(word)'" + (nearest.map { ". Did you mean '\($0)'?" } ?? ""))
    }

    private func missingValue(_ option: CommandOption, _ parsed: ParsedCommand) -> CommandLineError {
        parsed.error("Missing value for '\(option.display)'", option: option.name)
    }

    private func notAllowed(_ value: String, for option: CommandOption, _ parsed: ParsedCommand) -> CommandLineError {
        let quoted = option.values.map { "'\($0)'" }
        let list =
            quoted.count > 5
            ? ":\n" + quoted.map { "  - \($0)" }.joined(separator: "\n")
            : " " + quoted.dropLast().joined(separator: ", ") + (quoted.count > 1 ? " or " : "") + (quoted.last ?? "")
        let nearest = Suggestion.nearest(to: value, in: option.values).map { ". Did you mean '\($0)'?" } ?? ""
        return parsed.error(
            "The value '\(value)' is invalid for '\(option.display)'\(nearest.isEmpty ? ". " : nearest + " ")"
                + "Please provide one of\(list)",
            option: option.name
        )
    }
}
