import CommandLineKit
import FoundationEssentials
import HarnessCore
import Platform
import Trials

/// `bench-micro sweep`, which `bench sweep` starts: flush and shutdown under every kind of trouble.
enum SweepTool {
    static let command = Command(
        "sweep",
        overview:
            "Try seeded interleavings of track, flush, shutdown, time-outs and faults on the SDK, in child processes that may "
            + "crash or hang.",
        options: [
            .value("seed", label: "number", "What all cases follow from", default: "1"),
            .value("count", label: "number", "How many cases are tried", default: "5000"),
            .value("case", label: "number", "Try this case alone, and show its plan"),
            .value("jobs", label: "number", "How many cases run at a time", default: "6"),
            .value("patience", label: "time", "How long a case may take before it counts as hanging", default: "30s"),
            .flag("json", "Print the report as JSON instead of the table"),
            .value("out", label: "file", "Write the report to this file, too"),
            .flag("quiet", short: "q", "Show no progress"),
        ],
        sections: [
            Command.HelpSection(
                "RULES",
                [
                    ("false_success", "success means that the receiver has everything accepted before the call"),
                    ("hang", "every call returns"),
                    ("crash", "the process survives"),
                    (
                        "timeout",
                        "a call returns at most 20 ms and a tenth after its time-out, not counting the time in which"
                    ),
                    (
                        "",
                        "its thread had no processor; one that was later counts if it is late again when repeated alone"
                    ),
                    (
                        "account",
                        "no loss without a reason, no duplicate without a retry, and counters that add up"
                    ),
                ]
            ),
            ReportOutput.statuses(pass: "no rule was broken", failed: "a rule was broken"),
        ]
    )

    /// Tries the cases, prints what came of them, and tells the status to end with.
    static func run(_ parsed: ParsedCommand) throws(CommandLineError) -> ExitStatus {
        guard parsed.arguments.isEmpty else { throw parsed.error("Unexpected argument '\(parsed.arguments[0])'") }
        let seed = UInt64(try parsed.integer("seed", in: 0...Int.max) ?? 1)
        let only = try parsed.integer("case", in: 0...Int(Int32.max))
        let count = try parsed.integer("count", in: 1...10_000_000) ?? 5_000
        let lanes = try parsed.integer("jobs", in: 1...64) ?? 6
        let patience = try parsed.duration("patience") ?? 30_000_000_000
        guard patience >= 1_000_000_000 else {
            throw parsed.invalidValue(parsed.string("patience") ?? "", of: "patience", "at least 1s")
        }
        do {
            let supervisor = SweepSupervisor(
                SweepSupervisor.Request(
                    seed: seed,
                    cases: only.map { $0..<$0 + 1 } ?? 0..<count,
                    lanes: only == nil ? lanes : 1,
                    patience: patience,
                    executable: try ExecutablePath.current()
                )
            )
            if let only { Terminal.write(SweepTable.plan(SweepPlan(seed: seed, number: only)), to: 2) }
            let ticker =
                parsed.has("quiet") || only != nil
                ? nil
                : try TrialTicker {
                    let (done, violations) = supervisor.progress
                    return "\(done) of \(count) cases, \(violations) broken rules"
                }
            defer { ticker?.stop() }
            var report = try supervisor.run()
            ticker?.stop()
            report.command = ["bench", "sweep"] + CommandLine.arguments.dropFirst(2)
            return try ReportOutput.write(report, report.exitStatus, parsed) { [report] in SweepTable.text(report, $0) }
        } catch {
            Terminal.write("Error: the sweep could not be carried out: \(error)\n", to: 2)
            return .internalError
        }
    }
}
