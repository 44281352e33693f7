import HarnessCore

extension Command {
    /// The usage of the command, called as `path`: `bench run [<options>] <file>`.
    package func usage(path: String) -> String {
        var words = [path]
        if !options.isEmpty { words.append("[<options>]") }
        if !subcommands.isEmpty, argument == nil {
            words.append(defaultSubcommand == nil ? "<subcommand>" : "[<subcommand>]")
        }
        if let argument { words.append(argument.usage) }
        return words.joined(separator: " ")
    }

    /// The help text of the command, called as `path`, in lines of at most `width` characters.
    ///
    /// The layout is that of swift-argument-parser: labels indented by 2, explanations from column 26 on.
    package func help(path: String, width: Int) -> String {
        var lines = TextWrap.lines("OVERVIEW: \(overview)", width: width)
        lines += ["", "USAGE: \(usage(path: path))", ""]
        if let argument {
            lines += Self.section("ARGUMENTS", [("<\(argument.label)>", argument.help)], width)
        }
        lines += Self.section("OPTIONS", allOptions.map { ($0.helpLabel, $0.helpText) }, width)
        if !subcommands.isEmpty {
            let rows = subcommands.map { command in
                (command.name + (command.name == defaultSubcommand ? " (default)" : ""), command.overview)
            }
            lines += Self.section("SUBCOMMANDS", rows, width)
            lines += ["  See '\(path) help <subcommand>' for detailed help.", ""]
        }
        if let name = defaultSubcommand, let command = subcommand(name) {
            lines += Self.section("OPTIONS OF \(name)", command.options.map { ($0.helpLabel, $0.helpText) }, width)
        }
        for section in sections {
            lines += Self.section(section.title, section.rows, width)
        }
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    private static func section(_ title: String, _ rows: [(label: String, text: String)], _ width: Int) -> [String] {
        let column = 26
        var lines = ["\(title):"]
        for row in rows {
            var texts = TextWrap.lines(row.text, width: max(width - column, 20))
            let label = "  " + row.label
            if label.count < column - 1 {
                let first = texts.isEmpty ? "" : texts.removeFirst()
                let padding = String(repeating: " ", count: column - label.count)
                lines.append(first.isEmpty ? label : label + padding + first)
            } else {
                lines.append(label)
            }
            lines += texts.map { String(repeating: " ", count: column) + $0 }
        }
        return lines + [""]
    }
}
