extension RunResult {
    /// What the verdict rests on, in a clause: `6 of 6 thresholds hold, delivery verified (10,000 of 10,000)`.
    package var statement: String {
        let renderer = RunSummaryRenderer()
        return [renderer.statement(self), renderer.delivery(self)].compactMap(\.self).joined(separator: ", ")
    }

    /// The command that measures again, for a shell; nil where nobody noted it.
    package var reproduction: String? { command.isEmpty ? nil : ShellWords.line(command) }
}
