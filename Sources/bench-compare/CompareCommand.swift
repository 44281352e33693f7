import CommandLineKit
import HarnessCore

/// The command line of `bench-compare`.
enum CompareCommand {
    /// The thresholds file that is used without being named, where it exists.
    static let defaultThresholds = "profiles/thresholds.json"

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
            .value("format", label: "format", "Form of the report.", default: "table", values: ["table", "json"]),
            .value("output", short: "o", label: "file", "Write the report to a file instead of standard output."),
            .flag("no-color", "Use no colours; NO_COLOR in the environment does the same."),
            .flag("list-metrics", "List the metrics that limits can name, and stop."),
        ],
        version: ToolVersion.current,
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                [ExitStatus.pass, .gateFailed, .usage, .noVerdict, .notComparable, .internalError].map {
                    ("\($0.rawValue)", $0.explanation)
                }
            )
        ]
    )
}
