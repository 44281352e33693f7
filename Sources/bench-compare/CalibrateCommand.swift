import CommandLineKit
import FoundationEssentials
import HarnessCore
import Platform
import Results

/// `bench-compare calibrate`: how often the gates raise false alarms here, and what they find.
struct CalibrateCommand: Subcommand {
    static let command = Command(
        "calibrate",
        overview:
            "Compare a build with itself many times, and with known slowdowns; count false alarms and what is found.",
        options: [
            .value("comparisons", label: "count", "Comparisons of the build with itself", default: "40"),
            .value("slowdowns", label: "count", "Comparisons with each of the slowdowns", default: "10"),
            .value(
                "slow",
                label: "percent",
                "A slowdown of each call, such as 15%; 10% and 20% unless it is given",
                repeatable: true
            ),
            .value("pairs", label: "count", "Pairs of each comparison", default: "16"),
            .value("confirm-pairs", label: "count", "Fresh pairs for what those leave open", default: "16"),
            .value("limit", label: "percent", "How much worse each metric may get", default: "5%"),
            .value("profile", label: "name", "The profile that is run", default: "calls"),
            .value("duration", label: "time", "How long its main phase lasts, where time ends it"),
            .value(
                "metric",
                label: "name",
                "A metric that is limited; achieved_per_s and cpu_s_per_million_items unless it is given",
                repeatable: true
            ),
            .value("seed", label: "number", "Seed of the order and of the plans", default: "1"),
            .value(
                "output",
                short: "o",
                label: "file",
                "Where everything is kept, comparison by comparison",
                default: "results/runs/calibration.json"
            ),
            .flag("no-color", "Use no colours; NO_COLOR in the environment does the same."),
        ],
        sections: [
            Command.HelpSection(
                "HOW IT WORKS",
                [
                    (
                        "comparison",
                        "a call of 'bench ab --confirm' with runs of its own; disjoint runs make comparisons independent, and "
                            + "only of independent ones does an interval of their rate mean anything"
                    ),
                    (
                        "order",
                        "comparisons of all kinds in turn, shuffled, so that a busy hour does not fall on one kind alone"
                    ),
                ]
            ),
            Command.HelpSection(
                "EXIT STATUSES",
                [
                    ("0", "at most one false alarm in forty comparisons"), ("1", "more false alarms"),
                    ("2", "usage error"), ("3", "fewer than forty comparisons of the build with itself"),
                    ("5", "bench failed, or a file cannot be written"),
                ]
            ),
        ]
    )

    private let command: ParsedCommand
    private let surroundings: Surroundings
    private let comparisons: Int
    private let repeats: Int
    private let slowdowns: [Double]
    private let campaign: CalibrationCampaign

    init(_ parsed: ParsedCommand, _ surroundings: Surroundings) throws {
        command = parsed
        self.surroundings = surroundings
        comparisons = try parsed.integer("comparisons", in: 1...10_000) ?? 40
        repeats = try parsed.integer("slowdowns", in: 0...10_000) ?? 10
        let given = parsed.strings("slow")
        slowdowns = try (given.isEmpty ? ["10%", "20%"] : given).map { text in
            try Self.percent(text, "slow", parsed)
        }
        let metrics = parsed.strings("metric")
        for metric in metrics where MetricCatalogue.metric(named: metric) == nil {
            throw parsed.invalidValue(metric, of: "metric", "there is no such metric; --list-metrics has them all")
        }
        campaign = CalibrationCampaign(
            plan: GateCalibration.Plan(
                profile: parsed.string("profile") ?? "calls",
                pairs: try parsed.integer("pairs", in: 6...1000) ?? 16,
                freshPairs: try parsed.integer("confirm-pairs", in: 6...1000) ?? 16,
                metrics: metrics.isEmpty ? ["achieved_per_s", "cpu_s_per_million_items"] : metrics,
                limit: try Self.percent(parsed.string("limit") ?? "5%", "limit", parsed) / 100,
                seed: UInt64(try parsed.integer("seed", in: 0...1_000_000_000) ?? 1)
            ),
            duration: parsed.string("duration")
        )
    }

    private static func percent(_ text: String, _ option: String, _ parsed: ParsedCommand) throws -> Double {
        do {
            let share = try RegressionLimit.share(text)
            guard share > 0 else { throw parsed.invalidValue(text, of: option, "it is not above zero") }
            return 100 * share
        } catch let error as QuantityError {
            throw parsed.invalidValue(text, of: option, "\(error.reason); for example \(error.example)")
        }
    }

    func run() throws -> ExitStatus {
        let path = command.string("output") ?? "results/runs/calibration.json"
        let clock = { Date().formatted(.iso8601) }
        var calibration = GateCalibration(plan: campaign.plan, startedAt: clock())
        // A folder that takes no files is to show before minutes of load.
        try ResultFile.write(calibration, to: path)
        let order = campaign.order(same: comparisons, slowed: slowdowns, each: repeats)
        for (index, slowdown) in order.enumerated() {
            let what = slowdown.map { "slower by \(Quantity.format(number: $0)) %" } ?? "the same build"
            _ = surroundings.writeError("comparison \(index + 1) of \(order.count): \(what)\n")
            let made = try campaign.compare(number: index, slowdown: slowdown)
            if calibration.environment == nil { calibration.environment = made.environment }
            calibration.add(made.comparison, endedAt: clock())
            // What was measured survives whatever comes after it.
            try ResultFile.write(calibration, to: path)
        }
        let table = CalibrationTable(
            width: surroundings.terminal.width,
            showsColour: surroundings.terminal.showsColour && !command.has("no-color")
        )
        return surroundings.finish(table.render(calibration, path: path), calibration.exitStatus)
    }
}
