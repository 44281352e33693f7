import CommandLineKit
import HarnessCore
import RunControl

/// `bench profiles`: what there is to run.
struct ProfilesCommand: Subcommand {
    static let command = Command(
        "profiles",
        overview: "List the profiles of profiles/ with what they do and how long they take.",
        options: [.flag("json", "Print the list as JSON")]
    )

    private struct Report: Encodable {
        var schemaVersion = MachineOutput.schemaVersion
        var kind = "profiles"
        var profiles: [ProfileRow]
    }

    private let isJSON: Bool

    init(_ parsed: ParsedCommand) throws {
        isJSON = parsed.has("json")
    }

    /// Lists them; one that cannot be used makes the status that of an invalid profile.
    func run() throws -> ExitStatus {
        let rows = try ProfileFolder.all().map { ProfileRow(name: $0.name, path: $0.path) }
        if isJSON {
            try MachineOutput.write(Report(profiles: rows))
        } else {
            let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
            try StandardOutput.write(Self.table(rows, terminal))
        }
        return rows.allSatisfy { $0.error == nil } ? .pass : .usage
    }

    static func table(_ rows: [ProfileRow], _ terminal: Terminal) -> String {
        var table = TextTable([
            .init("profile"), .init("shape"), .init("operations", .right),
            .init("duration", .right), .init("what it does", isFlexible: true),
        ])
        table.indentation = 0
        for row in rows {
            guard row.error == nil else {
                table.append([.init(row.name), "", "", "", .init("invalid: see bench validate \(row.path)", .bad)])
                continue
            }
            // What nothing but time or the system decides is left open.
            table.append([
                .init(row.name, .bold),
                .init(row.shapes?.joined(separator: ", ") ?? ""),
                .init(row.operations.map { Quantity.format(count: $0) } ?? "open"),
                .init(
                    row.durationS.map { $0 > 0 ? Quantity.format(durationNanoseconds: $0 * 1e9) : "at once" } ?? "open"
                ),
                .init(row.description ?? ""),
            ])
        }
        let painter = TextPainter(isEnabled: terminal.showsColour)
        return table.lines(width: terminal.width, painter: painter).map { $0 + "\n" }.joined()
    }
}
