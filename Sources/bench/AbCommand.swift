import CommandLineKit
import Foundation
import HarnessCore
import LoadEngine
import Platform
import Results
import RunControl

/// `bench ab`: two workers, or two configurations, in turn.
struct AbCommand: Subcommand {
    static let command = Command(
        "ab",
        overview:
            "Measure two workers, or two configurations of one, in turn (A B B A …), and write one paired result.",
        options: ProfileSelection.options + [
            .value("baseline-worker", label: "path", "The worker of side A (default: bench-worker beside bench)"),
            .value("candidate-worker", label: "path", "The worker of side B (default: that of side A)"),
            .value(
                "baseline-set",
                label: "key=value",
                "A setting of the profile for side A alone, such as system.batch_size=100",
                repeatable: true
            ),
            .value("candidate-set", label: "key=value", "A setting of the profile for side B alone", repeatable: true),
            .value("pairs", label: "count", "How many pairs; each is two runs with a fresh worker", default: "8"),
            .value("out", label: "folder", "Where the paired result goes", default: "results/runs"),
            .flag("json", "Print the paired result as JSON instead of the table"),
            .flag("quiet", short: "q", "Show no progress"),
        ],
        sections: [
            ProfileSelection.section,
            Command.HelpSection(
                "VERDICT",
                [
                    (
                        "status",
                        "that of the candidate by the limits of the profile; 3 if either side is not valid. Whether a "
                            + "change is more than chance is not judged: bench-compare reads the file"
                    )
                ]
            ),
        ]
    )

    private let parsed: ParsedCommand
    private let baseline: PairedRun.Side
    private let candidate: PairedRun.Side
    private let pairs: Int

    init(_ parsed: ParsedCommand) throws {
        guard parsed.arguments.isEmpty else {
            throw parsed.error("Unexpected argument '\(parsed.arguments[0])'; a profile is named with --profile")
        }
        self.parsed = parsed
        let selection = try ProfileSelection(parsed)
        let worker = try parsed.string("baseline-worker") ?? ExecutablePath.sibling("bench-worker")
        baseline = try Self.side(selection, worker, parsed.strings("baseline-set"))
        candidate = try Self.side(
            selection,
            parsed.string("candidate-worker") ?? worker,
            parsed.strings("candidate-set")
        )
        pairs = try parsed.integer("pairs", in: 1...1000) ?? 8
    }

    private static func side(
        _ selection: ProfileSelection,
        _ worker: String,
        _ settings: [String]
    ) throws -> PairedRun.Side {
        let document = try usage { try selection.document.applying(ProfileOverrides(set: settings), origin: .flag) }
        let profile = try usage { try document.profile() }
        var request = RunRequest(
            profile: profile,
            plan: try usage { try profile.makePlan() },
            workerExecutable: worker,
            sinkExecutable: try ExecutablePath.sibling("bench-sink")
        )
        request.inheritedVariables = SystemVariables.entries(of: BenchTool.environment)
        try Patience.apply(BenchTool.environment, to: &request)
        return PairedRun.Side(
            request: request,
            configuration: document.effectiveConfiguration,
            settings: settings
        )
    }

    func run() throws -> ExitStatus {
        let writer = try usage { try ResultWriter(directory: parsed.string("out") ?? "results/runs") }
        let display = ProgressDisplay(isQuiet: parsed.has("quiet"))
        defer { display.finish() }
        let run = try PairedRun(
            baseline: baseline,
            candidate: candidate,
            pairs: pairs,
            command: CommandLine.arguments,
            observer: display
        )
        let startedAt = Date().formatted(.iso8601)
        let path = writer.path(profile: "ab-\(baseline.request.profile.name)", startedAt: startedAt)
        let paired = try run.run { (paired) throws(RunError) in
            do {
                try ResultFile.write(paired, to: path)
            } catch {
                throw .internal("the paired result cannot be written: \(error)")
            }
        }
        display.finish()
        try show(paired, path)
        return paired.exitStatus
    }

    private func show(_ paired: PairedResult, _ path: String) throws {
        if parsed.has("json") {
            try StandardOutput.write(try String(contentsOfFile: path, encoding: .utf8))
            return
        }
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let table = PairedTable(width: terminal.width, showsColour: terminal.showsColour)
        let side = paired.candidate.result
        let broken = side.thresholds.filter(\.isFailure).map { "\n  ✗ \($0.reason)" }.joined()
        try StandardOutput.write(
            table.render(paired) + "\n\(side.verdict.word)  candidate: "
                + "\(side.thresholds.count { $0.verdict == .pass }) of \(side.thresholds.count) thresholds hold"
                + broken + "\n\n  \(path)\n"
        )
    }
}
