import CommandLineKit
import Testing

struct HelpTests {
    @Test func helpOfATool() {
        #expect(
            SampleCommand.bench.help(path: "bench", width: 80) == """
                OVERVIEW: Drive a telemetry SDK under load and judge it.

                USAGE: bench [<subcommand>]

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  run (default)           Run a profile.
                  report                  Show results again.

                  See 'bench help <subcommand>' for detailed help.

                OPTIONS OF run:
                  -p, --profile <name>    Profile to run, a name or a file (default: sustained)
                  -r, --rate <rate>       Total rate over all producers
                  --duration <time>       Length of each phase
                  --limit <size>          Limit
                  --count <count>         Count
                  --seed <n>              Seed of everything random (default: 1)
                  --set <key=value> ...   Change any setting of the profile, as often as there
                                          are settings to change
                  --mode <mode>           Form (values: table, json, html; default: table)
                  --worker <path>         Worker
                  -q, --quiet             Show no progress

                EXIT STATUSES:
                  0                       pass
                  1                       a gate failed

                """
        )
    }

    @Test("Labels are indented by 2, texts start at column 26, a longer label has a line of its own")
    func helpOfACommand() {
        #expect(
            SampleCommand.bench.subcommands[0].help(path: "bench run", width: 70) == """
                OVERVIEW: Run a profile.

                USAGE: bench run [<options>]

                OPTIONS:
                  -p, --profile <name>    Profile to run, a name or a file (default:
                                          sustained)
                  -r, --rate <rate>       Total rate over all producers
                  --duration <time>       Length of each phase
                  --limit <size>          Limit
                  --count <count>         Count
                  --seed <n>              Seed of everything random (default: 1)
                  --set <key=value> ...   Change any setting of the profile, as often
                                          as there are settings to change
                  --mode <mode>           Form (values: table, json, html; default:
                                          table)
                  --worker <path>         Worker
                  -q, --quiet             Show no progress
                  -h, --help              Show help information.

                """
        )
    }

    @Test func helpWithArguments() {
        #expect(
            SampleCommand.bench.subcommands[1].help(path: "bench report", width: 80) == """
                OVERVIEW: Show results again.

                USAGE: bench report [<options>] <result> ...

                ARGUMENTS:
                  <result>                Result files

                OPTIONS:
                  --all                   All
                  -h, --help              Show help information.

                """
        )
    }

    @Test func aLongLabelHasALineOfItsOwn() {
        let command = Command("t", overview: "T.", options: [.value("a-very-long-option", label: "with-value", "Text")])
        #expect(
            command.help(path: "t", width: 80).contains(
                "  --a-very-long-option <with-value>\n                          Text\n"
            )
        )
    }

    @Test(
        arguments: [
            (CommandArgument.Arity.one, "t <file>"), (.optional, "t [<file>]"), (.oneOrMore, "t <file> ..."),
            (.any, "t [<file> ...]"),
        ]
    )
    func usageOfArguments(arity: CommandArgument.Arity, usage: String) {
        #expect(
            Command("t", overview: "", argument: CommandArgument("file", "", arity: arity)).usage(path: "t") == usage
        )
    }
}
