import CommandLineKit
import HarnessCore
import Results

/// The command line of `bench-compare`.
enum CompareCommand {
    /// The thresholds file that is used without being named, where it exists.
    static let defaultThresholds = "profiles/thresholds.json"

    /// What the tool can do besides comparing, in the order of the help text.
    static let subcommands: [any Subcommand.Type] = [
        AcceptCommand.self, HistoryCommand.self, LintCommand.self, CalibrateCommand.self,
    ]

    /// The whole command line.
    static let command = Command(
        "bench-compare",
        overview:
            "Judge results by absolute limits, and by how they differ from a baseline. Results are files, folders or "
            + "patterns with * and ?.",
        argument: CommandArgument(
            "result",
            "Results that bench wrote: judged by their limits; those of bench ab also by how their sides differ.",
            arity: .any
        ),
        options: [
            .value(
                "baseline",
                label: "result",
                "What to compare with, each repetition one observation; of a folder, the results of the candidates' "
                    + "profiles, or what was accepted for them where it has an index of baselines.",
                takesSeveral: true
            ),
            .value("candidate", label: "result", "What to look at, beside --baseline.", takesSeveral: true),
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
            .value(
                "assert",
                label: "limit",
                "One more gate: \"flush_latency.p95 <= 250ms\", \"sustained/lost@main == 0\" or, against a baseline, "
                    + "\"service_time.p50 regression <= 10% or 1us\".",
                repeatable: true
            ),
            .value(
                "format",
                label: "format",
                "Form of the report on standard output.",
                default: "table",
                values: ReportFormat.allCases.map(\.rawValue)
            ),
            .value(
                "output",
                short: "o",
                label: "file",
                "Write the report to a file as well, in the form that its name tells (.txt .md .json .xml), or "
                    + "FORMAT:FILE. A name without an extension takes that of --format.",
                repeatable: true
            ),
            .flag(
                "all",
                "List every metric that no gate judges, not only those that moved for certain; reports in files have all."
            ),
            .flag("no-color", "Use no colours; NO_COLOR in the environment does the same."),
            .flag("list-metrics", "List the metrics that limits can name, and stop."),
        ],
        subcommands: subcommands.map { $0.command },
        version: ToolVersion.current,
        sections: [
            Command.HelpSection(
                "LAST LINE",
                [
                    (
                        "verdict=PASS exit=0 …",
                        "for scripts: the last line on standard output, whatever happens; verdict=ERROR where nothing "
                            + "was judged"
                    ),
                    ("lint= history= …", "of a subcommand it begins with its name; those that judge nothing say DONE"),
                    ("json, junit", "with these formats on standard output the line is the last on standard error"),
                ]
            ),
            Command.HelpSection(
                "EXIT STATUSES",
                [
                    (.pass, "pass, improvements included"),
                    (.gateFailed, "a gate failed: a broken budget, a confirmed regression, or a missing metric"),
                    (.usage, "usage error, an invalid result or thresholds file, or an expired waiver"),
                    (
                        .noVerdict,
                        "no verdict: inconclusive, or suspect (such as pairs without bench ab --confirm), a run is invalid, "
                            + "delivery is unverified, or there was nothing to judge"
                    ),
                    (.notComparable, "not comparable: the sides are no equal experiments, or there is no baseline"),
                    (.internalError, "internal error: the report cannot be written"),
                    (.interrupted, "interrupted"),
                ].map { (status: ExitStatus, text: String) in ("\(status.rawValue)", text) }
            ),
        ]
    )
}
