import CommandLineKit
import HarnessCore

/// The command line of `bench`.
enum BenchCommand {
    /// Every subcommand, in the order of the help text.
    static let subcommands: [any Subcommand.Type] = [
        RunCommand.self,
        PlanCommand.self,
        ProfilesCommand.self,
        ValidateCommand.self,
        ReportCommand.self,
        AbCommand.self,
        SelfTestCommand.self,
        CampaignCommand.self,
        SweepCommand.self,
        MicroCommand.self,
    ]

    /// The whole command line.
    static let command = Command(
        "bench",
        overview: "Drive a telemetry SDK through a load profile, prove what arrived, and judge the result.",
        subcommands: subcommands.map { $0.command },
        defaultSubcommand: RunCommand.command.name,
        version: ToolVersion.current,
        sections: [
            Command.HelpSection(
                "EXIT STATUSES",
                ExitStatus.allCases.filter { $0 != .notComparable }.map {
                    (label: String($0.rawValue), text: $0.explanation)
                }
            )
        ]
    )

    /// Makes the subcommand that was called.
    static func subcommand(_ parsed: ParsedCommand) throws -> any Subcommand {
        guard let type = subcommands.first(where: { $0.command.name == parsed.command.name }) else {
            preconditionFailure("the parser found a command '\(parsed.command.name)' that is in no list")
        }
        return try type.init(parsed)
    }
}
