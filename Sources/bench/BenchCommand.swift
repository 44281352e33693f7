import CommandLineKit
import HarnessCore
import RunControl

/// The command line of `bench`.
enum BenchCommand {
    static let command = Command(
        "bench",
        overview: "Drive a telemetry SDK through a load profile, prove what arrived, and judge the result.",
        subcommands: [run, micro],
        defaultSubcommand: "run",
        version: ToolVersion.current,
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                ExitStatus.allCases.map { (label: String($0.rawValue), text: $0.explanation) }
            )
        ]
    )

    private static let run = Command(
        "run",
        overview: "Run a profile and judge the result. This is what bench does when no command is named.",
        options: [
            .value(
                "profile",
                short: "p",
                label: "name",
                "A profile of profiles/, or the path of a file",
                default: "sustained"
            ),
            .value("rate", label: "rate", "Operations a second over all producers, or max"),
            .value("duration", label: "duration", "How long the reported phases last, such as 30s"),
            .value("producers", label: "count", "How many threads issue operations"),
            .value("seed", label: "number", "Seed of everything random"),
            .value(
                "set",
                label: "key=value",
                "Change one setting of the profile, such as system.batch_size=100",
                repeatable: true
            ),
            .value("repeat", label: "count", "How many fresh workers run the plan", default: "1"),
            .value(
                "endpoint",
                label: "url",
                "Send to this OTLP/HTTP receiver (http:// or https://) instead of a sink of our own"
            ),
            .value(
                "worker",
                label: "path",
                "The worker that hosts the system under test (default: bench-worker beside bench, "
                    + "bench-worker-tls for an https endpoint)"
            ),
            .value("out", label: "folder", "Where the result goes", default: "results/runs"),
            .flag("json", "Print the result as JSON instead of the summary"),
            .flag("quiet", short: "q", "Show no progress"),
        ],
        sections: [
            Command.HelpSection(
                "SETTINGS",
                [
                    (
                        label: "precedence",
                        text:
                            "defaults, then the profile, then BENCH_RATE, BENCH_DURATION, BENCH_PRODUCERS, BENCH_SEED and "
                            + "BENCH_SET=key=value,…, then these options; the result records where each came from"
                    )
                ]
            )
        ]
    )

    private static let micro = Command(
        "micro",
        overview: "Measure a part of the harness by itself. Needs a release build.",
        argument: CommandArgument("case", "What to measure, with its options; see 'bench micro --help'", arity: .any)
    )
}
