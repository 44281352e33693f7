/// An option of a command: a flag, or a name with a value.
package struct CommandOption: Sendable, Equatable {
    /// The long name, without dashes: `rate`.
    package var name: String
    /// The short name, without its dash.
    package var short: Character?
    /// What the value is called in help, without angle brackets; `nil` makes the option a flag.
    package var label: String?
    /// What the option does, one sentence without a full stop.
    package var help: String
    /// What holds without the option, for the help text.
    package var defaultValue: String?
    /// All values that are allowed; empty when any is.
    package var values: [String]
    /// Whether the option may be given more than once.
    package var isRepeatable: Bool
    /// Whether all words up to the next option are values: `--baseline a.json b.json`, as a shell expands a pattern.
    package var takesSeveral: Bool

    private init(
        name: String,
        short: Character?,
        label: String?,
        help: String,
        defaultValue: String?,
        values: [String],
        isRepeatable: Bool,
        takesSeveral: Bool = false
    ) {
        self.name = name
        self.short = short
        self.label = label
        self.help = help
        self.defaultValue = defaultValue
        self.values = values
        self.isRepeatable = isRepeatable
        self.takesSeveral = takesSeveral
    }

    /// An option without a value.
    package static func flag(_ name: String, short: Character? = nil, _ help: String) -> CommandOption {
        CommandOption(
            name: name,
            short: short,
            label: nil,
            help: help,
            defaultValue: nil,
            values: [],
            isRepeatable: false
        )
    }

    /// An option with a value.
    package static func value(
        _ name: String,
        short: Character? = nil,
        label: String,
        _ help: String,
        default defaultValue: String? = nil,
        values: [String] = [],
        repeatable: Bool = false,
        takesSeveral: Bool = false
    ) -> CommandOption {
        CommandOption(
            name: name,
            short: short,
            label: label,
            help: help,
            defaultValue: defaultValue,
            values: values,
            isRepeatable: repeatable || takesSeveral,
            takesSeveral: takesSeveral
        )
    }

    /// `--rate <rate>`, as messages name the option.
    package var display: String {
        "--\(name)" + (label.map { " <\($0)>" } ?? "")
    }

    /// `-r, --rate <rate>`, as help lists it, with dots when it may be repeated.
    var helpLabel: String {
        (short.map { "-\($0), " } ?? "") + display + (isRepeatable ? " ..." : "")
    }

    /// The help with default and allowed values after it.
    var helpText: String {
        let notes = [
            values.isEmpty ? nil : "values: " + values.joined(separator: ", "),
            defaultValue.map { "default: \($0)" },
        ]
        let note = notes.compactMap(\.self).joined(separator: "; ")
        return note.isEmpty ? help : "\(help) (\(note))"
    }
}

/// The positional arguments of a command.
package struct CommandArgument: Sendable, Equatable {
    /// How many words the argument takes.
    package enum Arity: Sendable {
        case one
        case optional
        case oneOrMore
        case any
    }

    /// What it is called in help, without angle brackets.
    package var label: String
    /// What it is, one sentence without a full stop.
    package var help: String
    /// How many words it takes.
    package var arity: Arity

    /// Makes an argument.
    package init(_ label: String, _ help: String, arity: Arity = .one) {
        self.label = label
        self.help = help
        self.arity = arity
    }

    /// `<result> ...` or `[<result>]`, as usage lines show it.
    var usage: String {
        switch arity {
        case .one: "<\(label)>"
        case .optional: "[<\(label)>]"
        case .oneOrMore: "<\(label)> ..."
        case .any: "[<\(label)> ...]"
        }
    }
}
