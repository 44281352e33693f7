import CommandLineKit
import Foundation
import HarnessCore
import Platform
import RunControl

/// `bench campaign`: every fault, and what the SDK makes of it.
struct CampaignCommand: Subcommand {
    static let command = Command(
        "campaign",
        overview:
            "Try every fault of a receiver on the SDK, with dropping and waiting callers, in protobuf and JSON: the "
            + "caller must not notice, and every item must be accounted for.",
        options: [
            .value("only", label: "case", "Run this case", repeatable: true),
            .value("overflow", label: "mode", "Only with this: drop or wait (default: both)"),
            .value("protocol", label: "name", "Only with this: http/protobuf or http/json (default: both)"),
            .flag("list", "List the cases and stop"),
            .flag("json", "Print the report as JSON instead of the table"),
            .value("out", label: "file", "Write the report as JSON to this file, too; renewed after each run"),
            .flag("quiet", short: "q", "Show no progress"),
            .value("system", label: "name", "The system under test (default: telemetry)"),
            .value("worker", label: "path", "The worker that hosts the system (default: bench-worker beside bench)"),
        ],
        sections: [
            Command.HelpSection(
                "RULES",
                [
                    ("caller", "with overflow 'drop' no call waits for anything"),
                    ("accounted", "nothing is lost without a reason that the SDK counts"),
                    ("duplicates", "nothing arrives twice unless its first answer was lost"),
                    ("memory", "resident memory stays within the configured queue"),
                    ("recovery", "afterwards the queue drains, and items are as fresh as before"),
                    ("retry_after", "who is asked to come back later does"),
                    ("struck", "the faults struck at all"),
                ]
            ),
            Command.HelpSection("FAULTS", FaultHelp.entries),
        ]
    )

    private let parsed: ParsedCommand
    private let cases: [CampaignCase]
    private let cells: [CampaignCell]
    private let campaign: Campaign
    private let display: SelfTestDisplay

    init(_ parsed: ParsedCommand) throws {
        guard parsed.arguments.isEmpty else {
            throw parsed.error("Unexpected argument '\(parsed.arguments[0])'; a case is named with --only")
        }
        self.parsed = parsed
        cases = try CampaignCase.selection(parsed.strings("only"))
        cells = CampaignCell.all(
            of: cases,
            overflows: try Self.choice("overflow", of: CampaignCell.overflows, parsed),
            encodings: try Self.choice("protocol", of: CampaignCell.encodings, parsed)
        )
        display = SelfTestDisplay(
            terminal: Terminal(descriptor: 2, environment: BenchTool.environment),
            isQuiet: parsed.has("quiet")
        )
        campaign = Campaign(
            worker: try parsed.string("worker") ?? ExecutablePath.sibling("bench-worker"),
            sink: try ExecutablePath.sibling("bench-sink"),
            system: parsed.string("system"),
            observer: display
        )
    }

    /// The chosen one of some values, or all of them.
    private static func choice(
        _ option: String,
        of values: [String],
        _ parsed: ParsedCommand
    ) throws(CommandLineError) -> [String] {
        guard let value = parsed.string(option) else { return values }
        guard values.contains(value) else {
            throw parsed.invalidValue(value, of: option, "there are: \(values.joined(separator: ", "))")
        }
        return [value]
    }

    func run() throws -> ExitStatus {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let table = CampaignTable(width: terminal.width, showsColour: terminal.showsColour)
        if parsed.has("list") {
            Terminal.write(table.list(cases), to: 1)
            return .pass
        }
        var report = CampaignReport()
        report.command = ["bench"] + CommandLine.arguments.dropFirst()
        try write(report)
        for (index, cell) in cells.enumerated() {
            display.begin(cell.name, index, of: cells.count)
            let (row, isInterrupted) = campaign.run(cell)
            display.clear()
            report.rows.append(row)
            report.isInterrupted = isInterrupted
            try write(report)
            if isInterrupted { break }
        }
        if parsed.has("json") {
            Terminal.write(try Self.json(report), to: 1)
        } else {
            Terminal.write(table.render(report), to: 1)
        }
        return report.exitStatus
    }

    private static func json(_ report: CampaignReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }

    /// Writes the report to the file that was asked for: what is done stays when the rest is interrupted.
    private func write(_ report: CampaignReport) throws {
        guard let file = parsed.string("out") else { return }
        do {
            try Data(try Self.json(report).utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw RunError.usage("cannot write \(file): \(error.localizedDescription); choose another with --out")
        }
    }
}
