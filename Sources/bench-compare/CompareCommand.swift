import CommandLineKit
import HarnessCore

/// The command line of `bench-compare`.
enum CompareCommand {
    /// The thresholds file that is used without being named, where it exists.
    static let defaultThresholds = "profiles/thresholds.json"

    /// What the tool can do besides comparing, in the order of the help text.
    static let subcommands: [any Subcommand.Type] = [
        HistoryCommand.self, LintCommand.self, CalibrateCommand.self,
    ]

    /// The whole command line.
    static let command = Command(
        "bench-compare",
        overview: "Judge results by the limits of their profiles and of a thresholds file.",
        argument: CommandArgument("result", "Result files that bench wrote.", arity: .any),
        options: [
            .value(
                "thresholds",
                label: "file",
                "Thresholds file; every gate in it must select a result. Without the option \(defaultThresholds) is used "
                    + "where it exists, and gates for other profiles are only noted."
            ),
            .flag("allow-unselected", "Note gates that select none of the results instead of refusing them."),
            .flag(
                "allow-unverified",
                "Judge results without the limits on delivery where no ledger proved it (otherwise: no verdict)."
            ),
            .value("format", label: "format", "Form of the report.", default: "table", values: ["table", "json"]),
            .value("output", short: "o", label: "file", "Write the report to a file instead of standard output."),
            .flag("no-color", "Use no colours; NO_COLOR in the environment does the same."),
            .flag("list-metrics", "List the metrics that limits can name, and stop."),
        ],
        subcommands: subcommands.map { $0.command },
        version: ToolVersion.current,
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                [
                    (.pass, "pass"),
                    (.gateFailed, "a gate failed: a budget is broken"),
                    (
                        .usage,
                        "usage error, an invalid result or thresholds file, or a gated metric that a result lacks"
                    ),
                    (.noVerdict, "no verdict: a run is invalid, delivery is unverified, or there was nothing to judge"),
                    (.internalError, "internal error: the report cannot be written"),
                    (.interrupted, "interrupted"),
                ].map { (status: ExitStatus, text: String) in ("\(status.rawValue)", text) }
            )
        ]
    )
}
