import CommandLineKit
import HarnessCore
import Testing

struct CommandParserTests {
    // MARK: - Forms

    @Test(
        "Values come after a space or an equals sign",
        arguments: [
            ["--profile", "burst", "-q", "--rate", "2500/s"], ["--profile=burst", "--quiet", "--rate=2500/s"],
            ["run", "-qr", "2500/s", "-p", "burst"], ["-q", "-r=2500/s", "-p=burst"],
        ]
    )
    func forms(words: [String]) throws {
        let command = try parse(words)
        #expect(command.path == "bench run")
        #expect(command.string("profile") == "burst")
        #expect(command.has("quiet"))
        #expect(try command.rate("rate") == .perSecond(events: 1, perNanoseconds: 400_000))
        #expect(!command.has("seed"))
        #expect(command.string("seed") == "1")
        #expect(command.strings("set").isEmpty)
        #expect(command.string("worker") == nil)
    }

    @Test func repeatedOptionsKeepTheirOrder() throws {
        let command = try parse(["--set", "a=1", "--set=b=2", "--set", "c="])
        #expect(command.strings("set") == ["a=1", "b=2", "c="])
    }

    @Test func argumentsStandAnywhereAndAfterTwoDashes() throws {
        let command = try parse(["report", "a.json", "--all", "-", "--", "--b.json", "-c"])
        #expect(command.path == "bench report")
        #expect(command.arguments == ["a.json", "-", "--b.json", "-c"])
        #expect(command.has("all"))
    }

    @Test("A command that hands over to another program keeps every word, its help and version included")
    func wordsAsTheyAre() throws {
        let root = Command(
            "t",
            overview: "T.",
            subcommands: [Command("pass", overview: "P.", takesWordsAsTheyAre: true)],
            version: "1"
        )
        for words in [[], ["--help"], ["case", "--version", "--", "-x=1"]] {
            guard case .run(let parsed) = try CommandParser(root).parse(["pass"] + words) else {
                Issue.record("\(words) were taken for something else")
                continue
            }
            #expect(parsed.arguments == words)
        }
        let error = try #require(throws: CommandLineError.self) {
            try CommandParser(root).parse(["help", "pass", "case"])
        }
        #expect(error.message == "Unknown subcommand 'case'. Try 't pass case --help'.")
    }

    @Test func negativeNumbersAreValues() throws {
        #expect(throws: CommandLineError.self) { try parse(["--seed", "-5"]).integer("seed", in: 0...10) }
        #expect(try parse(["--seed", "-5"]).integer("seed", in: -10...10) == -5)
        #expect(try parse(["--seed="]).string("seed") == "")
    }

    @Test func quantities() throws {
        let command = try parse(["--duration", "1m30s", "--limit", "20MB", "--count", "10k"])
        #expect(try command.duration("duration") == 90_000_000_000)
        #expect(try command.bytes("limit") == 20_000_000)
        #expect(try command.count("count") == 10_000)
        #expect(try command.rate("rate") == nil)
    }

    // MARK: - Information

    @Test(arguments: [["--help"], ["-h"], ["help"]])
    func helpOfTheTool(words: [String]) throws {
        #expect(try text(words).hasPrefix("OVERVIEW: Drive a telemetry SDK under load and judge it.\n"))
    }

    @Test(arguments: [
        ["run", "--help"], ["run", "-h"], ["help", "run"], ["run", "--rate", "5", "--help"], ["--quiet", "--help"],
    ])
    func helpOfASubcommand(words: [String]) throws {
        #expect(try text(words).contains("USAGE: bench run [<options>]\n"))
    }

    @Test(arguments: [["--version"]])
    func version(words: [String]) throws {
        #expect(try text(words) == "bench 0.1.0\n")
    }

    // MARK: - Mistakes

    @Test(
        arguments: [
            (["--profil", "sustained"], "Unknown option '--profil'. Did you mean '--profile'?"),
            (["--xyzzy"], "Unknown option '--xyzzy'"),
            (["-x"], "Unknown option '-x'"),
            (["-qx"], "Unknown option '-x'"),
            (["rnu"], "Unknown subcommand 'rnu'. Did you mean 'run'?"),
            (["sustained"], "Unknown subcommand 'sustained'. Known are 'run', 'report'."),
            (["help", "run", "x"], "Unknown subcommand 'x'. 'bench run' has none."),
            (["help", "reprot"], "Unknown subcommand 'reprot'. Did you mean 'report'?"),
            (["--rate"], "Missing value for '--rate <rate>'"),
            (["--rate", "--quiet"], "Missing value for '--rate <rate>'"),
            (["-rq"], "Missing value for '--rate <rate>'"),
            (["--quiet=yes"], "The option '--quiet' does not take any value"),
            (["--rate", "1", "--rate", "2"], "The option '--rate <rate>' is given more than once"),
            (
                ["--mode", "tabel"],
                "The value 'tabel' is invalid for '--mode <mode>'. Did you mean 'table'? Please provide one of 'table', 'json' or 'html'"
            ),
            (["run", "x"], "Unexpected argument 'x'"),
            (["run", "x", "y"], "2 unexpected arguments: 'x', 'y'"),
            (["report"], "Missing expected argument '<result> ...'"),
            (["run", "--version"], "Unknown option '--version'"),
        ]
    )
    func mistakes(words: [String], message: String) throws {
        let error = #expect(throws: CommandLineError.self) { try parse(words) }
        #expect(try #require(error).message == message)
        #expect(try #require(error).exitStatus == .usage)
    }

    @Test(
        arguments: [
            (
                ["--rate", "ten"],
                "The value 'ten' is invalid for '--rate <rate>': it does not begin with a number; did you mean \"10/s\"?"
            ),
            (
                ["--rate", "-5"],
                "The value '-5' is invalid for '--rate <rate>': it must not be negative; for example \"1000/s\""
            ),
        ]
    )
    func badRates(words: [String], message: String) throws {
        let command = try parse(words)
        let error = #expect(throws: CommandLineError.self) { try command.rate("rate") }
        #expect(try #require(error).message == message)
    }

    @Test(
        arguments: [
            ("x", "The value 'x' is invalid for '--seed <n>': it is not a whole number; for example \"1\""),
            ("65", "The value '65' is invalid for '--seed <n>': allowed are 0 to 64"),
        ]
    )
    func badIntegers(value: String, message: String) throws {
        let command = try parse(["--seed", value])
        let error = #expect(throws: CommandLineError.self) { try command.integer("seed", in: 0...64) }
        #expect(try #require(error).message == message)
    }

    @Test("An error shows the option, the usage and where to read more")
    func wholeError() throws {
        let command = try parse(["--rate", "ten"])
        let error = #expect(throws: CommandLineError.self) { try command.rate("rate") }
        #expect(
            try #require(error).description == """
                Error: The value 'ten' is invalid for '--rate <rate>': it does not begin with a number; did you mean "10/s"?
                Help:  -r, --rate <rate>  Total rate over all producers
                Usage: bench run [<options>]
                  See 'bench run --help' for more information.
                """
        )
        #expect(
            command.error("No such profile").description
                == "Error: No such profile\nUsage: bench run [<options>]\n  See 'bench run --help' for more information."
        )
    }

    @Test("More than five allowed values are listed one a line")
    func manyValues() throws {
        let tool = Command(
            "t",
            overview: "",
            options: [.value("m", label: "m", "", values: ["a", "b", "c", "d", "e", "f"])]
        )
        let error = #expect(throws: CommandLineError.self) { try CommandParser(tool).parse(["--m", "z"]) }
        #expect(
            try #require(error).message
                == "The value 'z' is invalid for '--m <m>'. Please provide one of:\n"
                + "  - 'a'\n  - 'b'\n  - 'c'\n  - 'd'\n  - 'e'\n  - 'f'"
        )
    }

    @Test func aSubcommandMustBeNamedWhereNoneIsMeant() throws {
        let tool = Command("t", overview: "", subcommands: [Command("a", overview: "")])
        let error = #expect(throws: CommandLineError.self) { try CommandParser(tool).parse([]) }
        #expect(try #require(error).message == "Missing subcommand")
    }

    @Test("Asking for an option that the command does not declare is a mistake of the tool")
    func undeclaredOption() async {
        await #expect(processExitsWith: .failure) {
            guard case .run(let command) = try CommandParser(Command("t", overview: "")).parse([]) else { return }
            _ = command.string("nope")
        }
    }

    private func parse(_ words: [String]) throws -> ParsedCommand {
        guard case .run(let command) = try CommandParser(SampleCommand.bench).parse(words) else {
            throw Unexpected()
        }
        return command
    }

    private func text(_ words: [String]) throws -> String {
        guard case .print(let text) = try CommandParser(SampleCommand.bench).parse(words) else { throw Unexpected() }
        return text
    }

    private struct Unexpected: Error {}
}

/// A tool with everything that commands can have.
enum SampleCommand {
    static let bench = Command(
        "bench",
        overview: "Drive a telemetry SDK under load and judge it.",
        subcommands: [
            Command(
                "run",
                overview: "Run a profile.",
                options: [
                    .value(
                        "profile",
                        short: "p",
                        label: "name",
                        "Profile to run, a name or a file",
                        default: "sustained"
                    ),
                    .value("rate", short: "r", label: "rate", "Total rate over all producers"),
                    .value("duration", label: "time", "Length of each phase"),
                    .value("limit", label: "size", "Limit"),
                    .value("count", label: "count", "Count"),
                    .value("seed", label: "n", "Seed of everything random", default: "1"),
                    .value(
                        "set",
                        label: "key=value",
                        "Change any setting of the profile, as often as there are settings to change",
                        repeatable: true
                    ),
                    .value("mode", label: "mode", "Form", default: "table", values: ["table", "json", "html"]),
                    .value("worker", label: "path", "Worker"),
                    .flag("quiet", short: "q", "Show no progress"),
                ]
            ),
            Command(
                "report",
                overview: "Show results again.",
                argument: CommandArgument("result", "Result files", arity: .oneOrMore),
                options: [.flag("all", "All")]
            ),
        ],
        defaultSubcommand: "run",
        version: "bench 0.1.0",
        sections: [Command.HelpSection("EXIT STATUSES", [("0", "pass"), ("1", "a gate failed")])]
    )
}
