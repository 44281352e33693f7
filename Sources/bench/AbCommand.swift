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
            .flag(
                "confirm",
                "Judge the limits on changes; what the pairs leave suspicious or undecided is measured again, and "
                    + "decided by the fresh pairs alone"
            ),
            .value("confirm-pairs", label: "count", "How many fresh pairs --confirm measures", default: "14"),
            .value(
                "thresholds",
                label: "file",
                "The limits that --confirm judges by",
                default: "profiles/thresholds.json"
            ),
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
                            + "change is more than chance only --confirm judges, or bench-compare, which reads the file; "
                            + "both end with the same status: 1 regressed, 3 undecided"
                    )
                ]
            ),
        ]
    )

    private let parsed: ParsedCommand
    private let baseline: PairedRun.Side
    private let candidate: PairedRun.Side
    private let pairs: Int
    private let freshPairs: Int
    private let judge: PairJudge?

    init(_ parsed: ParsedCommand) throws {
        guard parsed.arguments.isEmpty else {
            throw parsed.error("Unexpected argument '\(parsed.arguments[0])'; a profile is named with --profile")
        }
        self.parsed = parsed
        let selection = try ProfileSelection(parsed)
        guard selection.profile.leak == nil else {
            throw parsed.error(
                "A leak check is several runs by itself; check each side with 'bench --profile \(selection.profile.name)'",
                option: "profile"
            )
        }
        guard try usage({ [selection] () throws(ProfileError) in try selection.document.search() }) == nil else {
            throw parsed.error(
                "A search is many runs by itself; compare one rate, with --rate and a profile that has one",
                option: "profile"
            )
        }
        guard selection.producerRange == nil else {
            throw parsed.error("Pairs have one load; give one number of producers", option: "producers")
        }
        for name in ["confirm-pairs", "thresholds"] where parsed.has(name) && !parsed.has("confirm") {
            throw parsed.error("'--\(name)' needs '--confirm'", option: name)
        }
        let worker = try parsed.string("baseline-worker") ?? ExecutablePath.sibling("bench-worker")
        baseline = try Self.side(selection, worker, parsed.strings("baseline-set"))
        candidate = try Self.side(
            selection,
            parsed.string("candidate-worker") ?? worker,
            parsed.strings("candidate-set")
        )
        pairs = try parsed.integer("pairs", in: 1...1000) ?? 8
        freshPairs = try parsed.integer("confirm-pairs", in: 1...1000) ?? 14
        guard parsed.has("confirm") else {
            judge = nil
            return
        }
        judge = try PairJudge(
            path: parsed.string("thresholds") ?? "profiles/thresholds.json",
            profile: baseline.request.profile.name
        )
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
        let startedAt = Date().formatted(.iso8601)
        let path = writer.path(profile: "ab-\(baseline.request.profile.name)", startedAt: startedAt)
        let screen = try run(pairs, display)
        try screen.check()
        var paired = try screen.run { (paired) throws(RunError) in try Self.write(paired, path) }
        guard let judge else {
            display.finish()
            try show(paired, path)
            return paired.exitStatus
        }
        var report = try judge.report(on: paired, path: path)
        let open = PairScreen.openGates(of: report)
        if open.isEmpty, display.wantsProgress, let omission = PairedHeadline.omission(paired, report) {
            display.note(omission)
        }
        if paired.isComplete, !open.isEmpty {
            if display.wantsProgress { display.note("to be decided by fresh pairs: \(open.joined(separator: ", "))") }
            _ = try run(freshPairs, display).run { (fresh) throws(RunError) in
                paired.confirmation = PairedResult.Confirmation(of: open, measured: fresh)
                try Self.write(paired, path)
            }
            report = try judge.report(on: paired, path: path)
        }
        display.finish()
        try show(paired, path, report)
        return paired.isComplete ? report.exitStatus : .interrupted
    }

    private func run(_ pairs: Int, _ display: ProgressDisplay) throws -> PairedRun {
        try PairedRun(
            baseline: baseline,
            candidate: candidate,
            pairs: pairs,
            command: CommandLine.arguments,
            observer: display
        )
    }

    private static func write(_ paired: PairedResult, _ path: String) throws(RunError) {
        do {
            try ResultFile.write(paired, to: path)
        } catch {
            throw .internal("the paired result cannot be written: \(error)")
        }
    }

    private func show(_ paired: PairedResult, _ path: String, _ report: ComparisonReport? = nil) throws {
        if parsed.has("json") {
            try StandardOutput.write(try String(contentsOfFile: path, encoding: .utf8))
            return
        }
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let table = PairedTable(width: terminal.width, showsColour: terminal.showsColour)
        let painter = TextPainter(isEnabled: terminal.showsColour)
        let headline = report.map { PairedHeadline(paired, judgedAs: $0) } ?? PairedHeadline(paired)
        let broken = paired.candidate.result.thresholds.filter(\.isFailure).map { "  ✗ \($0.reason)\n" }.joined()
        let top = "\(painter.paint(headline.word, headline.style))  \(headline.statement)\n\(broken)\n"
        var text = top + table.render(paired) + "\n  \(path)\n"
        if let report {
            let omission = PairedHeadline.omission(paired, report).map { ["", $0] } ?? []
            let notes = omission.flatMap { TextWrap.lines($0, width: terminal.width) }.map { $0 + "\n" }.joined()
            text += notes + "\n" + PairJudge.text(report, width: terminal.width, painter: painter)
        }
        try StandardOutput.write(text)
    }
}
