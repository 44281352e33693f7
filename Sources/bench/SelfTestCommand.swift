import CommandLineKit
import Foundation
import HarnessCore
import Platform
import Results
import RunControl

/// `bench selftest`: plants defects, and checks that the harness notices them.
struct SelfTestCommand: Subcommand {
    static let command = Command(
        "selftest",
        overview: "Prove that the harness notices: stalls must be in the response times, and every planted defect must "
            + "turn the verdict red for the right reason.",
        options: [
            .value("only", label: "check", "Run this check, and the control it needs", repeatable: true),
            .flag("list", "List the checks and stop"),
            .flag("json", "Print the report as JSON instead of the table"),
            .value("out", label: "file", "Write the report as JSON to this file too, after each check"),
            .flag("quiet", short: "q", "Show no progress"),
            .value("worker", label: "path", "The worker that hosts the systems (default: bench-worker beside bench)"),
        ],
        sections: [
            Command.HelpSection(
                "VERDICTS",
                [
                    ("passed", "the harness did what it has to do"),
                    (
                        "FAILED",
                        "it did not: a defect was not noticed, or for the wrong reason, or a healthy run was blamed"
                    ),
                    (
                        "noisy",
                        "the host disturbed the run \(SelfTest.maximumAttempts) times, and nothing follows from it; "
                            + "the status is then 3"
                    ),
                ]
            ),
            Command.HelpSection(
                "DEFECTS",
                [
                    (
                        "faulty:…",
                        "a system for any profile: --set system.name=faulty:drop=1/100; 'bench-worker --help' lists them"
                    )
                ]
            ),
        ]
    )

    private let parsed: ParsedCommand
    private let checks: [SelfTestCheck]
    private let executables: SelfTest.Executables

    init(_ parsed: ParsedCommand) throws {
        guard parsed.arguments.isEmpty else {
            throw parsed.error("Unexpected argument '\(parsed.arguments[0])'; a check is named with --only")
        }
        self.parsed = parsed
        checks = try SelfTest.selection(parsed.strings("only"))
        executables = SelfTest.Executables(
            worker: try parsed.string("worker") ?? ExecutablePath.sibling("bench-worker"),
            sink: try ExecutablePath.sibling("bench-sink"),
            inheritedVariables: SystemVariables.entries(of: BenchTool.environment),
            environment: BenchTool.environment
        )
    }

    func run() throws -> ExitStatus {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let table = SelfTestTable(checks: checks, width: terminal.width, showsColour: terminal.showsColour)
        if parsed.has("list") {
            try StandardOutput.write(table.list())
            return .pass
        }
        let isJSON = parsed.has("json")
        let display = SelfTestDisplay(
            terminal: Terminal(descriptor: 2, environment: BenchTool.environment),
            isQuiet: parsed.has("quiet")
        )
        let test = SelfTest(executables: executables, observer: display)
        var report = SelfTestReport(
            origin: ReportOrigin(command: CommandLine.arguments, worker: executables.worker)
        )
        // Before the first check: minutes of load are not to end at a file that cannot be written.
        try keep(report)
        if !isJSON { try StandardOutput.write(table.header()) }
        for (index, check) in checks.enumerated() {
            display.begin(check.name, index, of: checks.count)
            let row = test.run(check)
            display.clear()
            guard let row else {
                report.isInterrupted = true
                break
            }
            report.rows.append(row)
            try keep(report)
            if !isJSON { try StandardOutput.write(table.line(row)) }
        }
        if report.isInterrupted { try keep(report) }
        if isJSON {
            try StandardOutput.write(try ResultFile.text(of: report))
        } else {
            try StandardOutput.write(table.footer(report))
        }
        return report.exitStatus
    }

    /// Writes what there is to the file that the user named.
    private func keep(_ report: SelfTestReport) throws {
        guard let path = parsed.string("out") else { return }
        try usage { try ResultFile.write(report, to: path) }
    }
}
