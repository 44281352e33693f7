/// A command line that a tool understands: its options, arguments, subcommands and help.
package struct Command: Sendable {
    /// A titled list at the end of a help text.
    package struct HelpSection: Sendable {
        /// The title, in capitals: `EXIT STATUSES`.
        package var title: String
        /// What is listed, with its explanation.
        package var rows: [(label: String, text: String)]

        /// Makes a section.
        package init(_ title: String, _ rows: [(label: String, text: String)]) {
            self.title = title
            self.rows = rows
        }
    }

    /// The word that calls it.
    package var name: String
    /// What it does, in a sentence or two.
    package var overview: String
    /// Its positional argument, always the last; `nil` for none.
    package var argument: CommandArgument?
    /// Its options in the order of the help text, without `--help`, which is understood everywhere.
    package var options: [CommandOption]
    /// Commands below this one; where the command takes arguments of its own, a word that names none is one of these.
    package var subcommands: [Command]
    /// The subcommand that is meant when none is named.
    package var defaultSubcommand: String?
    /// What `--version` prints; `nil` when the command does not offer it.
    package var version: String?
    /// Lists at the end of the help text.
    package var sections: [HelpSection]
    /// Whether all words after the name are arguments, dashes or not: they are for another program.
    package var takesWordsAsTheyAre: Bool

    /// Makes a command.
    package init(
        _ name: String,
        overview: String,
        argument: CommandArgument? = nil,
        options: [CommandOption] = [],
        subcommands: [Command] = [],
        defaultSubcommand: String? = nil,
        version: String? = nil,
        sections: [HelpSection] = [],
        takesWordsAsTheyAre: Bool = false
    ) {
        precondition(
            defaultSubcommand == nil || subcommands.contains { $0.name == defaultSubcommand },
            "the default subcommand of \(name) does not exist"
        )
        self.name = name
        self.overview = overview
        self.argument = argument
        self.options = options
        self.subcommands = subcommands
        self.defaultSubcommand = defaultSubcommand
        self.version = version
        self.sections = sections
        self.takesWordsAsTheyAre = takesWordsAsTheyAre
    }

    /// The subcommand called `name`.
    func subcommand(_ name: String) -> Command? {
        subcommands.first { $0.name == name }
    }

    /// Every option, those that each command understands included.
    var allOptions: [CommandOption] {
        let version = version == nil ? [] : [CommandOption.flag("version", "Show the version.")]
        return options + version + [CommandOption.flag("help", short: "h", "Show help information.")]
    }
}
