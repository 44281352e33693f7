import CommandLineKit
import FoundationEssentials
import HarnessCore
import Platform
import Trials

/// `bench-micro fuzz`: spoilt requests against the receiving path.
enum FuzzTool {
    static let command = Command(
        "fuzz",
        overview:
            "Send spoilt requests of every signal, in protobuf and JSON, plain and compressed, and messages with spoilt heads to a "
            + "sink in this process: each is answered, all are accounted for, memory stays.",
        options: [
            .value("requests", label: "number", "How many are sent", default: "200k"),
            .value("seed", label: "number", "What all requests follow from", default: "1"),
            .flag("json", "Print the report as JSON"),
            .value("out", label: "file", "Write the report to this file, too"),
            .flag("quiet", short: "q", "Show no progress"),
        ],
        sections: [
            ReportOutput.statuses(
                pass: "every request was answered and accounted for",
                failed: "one was not, or memory grew"
            )
        ]
    )

    /// Sends the requests, prints what came of them, and tells the status to end with.
    static func run(_ parsed: ParsedCommand) throws(CommandLineError) -> ExitStatus {
        guard parsed.arguments.isEmpty else { throw parsed.error("Unexpected argument '\(parsed.arguments[0])'") }
        let count = try parsed.count("requests") ?? 200_000
        guard (10...1_000_000_000_000).contains(count) else {
            throw parsed.invalidValue(parsed.string("requests") ?? "", of: "requests", "at least 10")
        }
        let seed = UInt64(try parsed.integer("seed", in: 0...Int.max) ?? 1)
        do {
            let fuzz = try FuzzRun(seed: seed)
            let ticker =
                parsed.has("quiet")
                ? nil
                : try TrialTicker {
                    "\(Quantity.format(count: fuzz.done)) of \(Quantity.format(count: count)) requests"
                }
            defer { ticker?.stop() }
            var report = try fuzz.run(requests: count)
            ticker?.stop()
            report.command = ["bench", "micro", "fuzz"] + CommandLine.arguments.dropFirst(2)
            return try ReportOutput.write(report, report.exitStatus, parsed) { [report] in text(report, $0) }
        } catch {
            Terminal.write("Error: the requests could not be sent: \(error)\n", to: 2)
            return .internalError
        }
    }

    private static func text(_ report: FuzzReport, _ status: ExitStatus) -> String {
        let answers = report.answers.sorted { $0.key < $1.key }.map { "\($0.key): \(Quantity.format(count: $0.value))" }
        var lines = [
            "  requests      \(Quantity.format(count: report.requests)), of seed \(report.seed)",
            "  spoilt heads  \(Quantity.format(count: report.spoiltHeads))",
            "  answers       \(answers.joined(separator: "  "))",
        ]
        if let first = report.heapBytes.first, let last = report.heapBytes.last {
            let bytes = { (value: UInt64) in Quantity.format(bytes: Double(value)) }
            lines.append("  heap          \(bytes(first)) after a tenth, \(bytes(last)) at the end")
        }
        lines += report.problems.map { "  WRONG: \($0)" }
        let word = status == .pass ? "PASS" : status == .gateFailed ? "FAIL" : "NO-VERDICT"
        let seconds = Quantity.format(number: report.seconds, decimals: 1)
        lines += [
            "", "fuzz=\(word) exit=\(status.rawValue) problems=\(report.problems.count) seconds=\(seconds)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
