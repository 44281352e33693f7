import CommandLineKit
import Foundation
import HarnessCore
import Results
import Testing

@testable import bench_compare

extension CompareToolTests {
    @Test(
        arguments: [
            (["--baseline", "x", "y"], "Error: Missing expected option '--candidate'\n"),
            (["--treshold", "x"], "Error: Unknown option '--treshold'. Did you mean '--thresholds'?\n"),
            ([], "Error: Missing expected argument '<result> ...'\n"),
            (["x", "--thresholds"], "Error: Missing value for '--thresholds <file>'\n"),
            (
                ["x", "--format", "xml"],
                "Error: The value 'xml' is invalid for '--format <format>'. Please provide one of 'table', 'markdown', 'json', 'junit' or 'github'\n"
            ),
        ]
    )
    func usageErrors(words: [String], message: String) {
        let run = Tool.run(words)
        #expect(run.status == .usage)
        #expect(run.output == "verdict=ERROR exit=2 gates=0 failed=0\n")
        #expect(run.error.hasPrefix(message), "\(run.error)")
        #expect(run.error.contains("Usage: bench-compare [<options>] [<result> ...]\n"))
        #expect(run.error.hasSuffix("  See 'bench-compare --help' for more information.\n"))
    }

    @Test("The last line for scripts is always there: on standard output, or beside a report for programs")
    func lastLine() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let limits = try folder.thresholds([("sustained", "lost", "== 0", nil)])
        let history = "\(folder.path)/h.jsonl"
        let runs: [(words: [String], line: String, isPure: Bool)] = [
            ([path], "verdict=PASS exit=0 gates=3 failed=0", false),
            ([path, "--format", "json"], "verdict=PASS exit=0 gates=3 failed=0", true),
            ([path, "--format", "junit"], "verdict=PASS exit=0 gates=3 failed=0", true),
            (["/nowhere.json", "--format", "json"], "verdict=ERROR exit=2 gates=0 failed=0", true),
            (["--bogus"], "verdict=ERROR exit=2 gates=0 failed=0", false),
            (["lint", limits], "lint=PASS exit=0 gates=0 never=0", false),
            (["lint", limits, "--format", "json"], "lint=PASS exit=0 gates=0 never=0", true),
            (["lint", "/nowhere.json"], "lint=ERROR exit=2", false),
            (["lint", "--pairs", "x", limits], "lint=ERROR exit=2", false),
            (["history", history, "--append", path], "history=DONE exit=0 series=1 runs=1 changes=0", false),
            (["history", history, "--format", "json"], "history=DONE exit=0 series=1 runs=1 changes=0", true),
            (["history"], "history=ERROR exit=2", false), (["history", "/nowhere"], "history=ERROR exit=2", false),
            (["accept", path, "--reason", "x", "--into", "\(folder.path)/b"], "accept=DONE exit=0 baselines=1", false),
            (["accept", path], "accept=ERROR exit=2", false),
            (["calibrate", "--pairs", "1"], "calibrate=ERROR exit=2", false),
        ]
        for (words, line, isPure) in runs {
            let run = Tool.run(words)
            let end = isPure ? run.error : run.output
            #expect(end == line + "\n" || end.hasSuffix("\n\(line)\n"), "\(words): \(run.output)\(run.error)")
            #expect(!isPure || !run.output.contains("exit="), "\(words)")
        }
    }

    @Test("Limits on delivery that nobody could judge cost the verdict, unless that is allowed")
    func unverifiedDelivery() throws {
        let folder = try Folder()
        var unproved = result()
        unproved.delivery = .unverified
        let path = try folder.write(unproved)
        let list = try folder.thresholds([("sustained", "achieved_per_s", "> 0", nil)])
        #expect(Tool.run([path, "--thresholds", list]).status == .noVerdict)
        let allowed = Tool.run([path, "--thresholds", list, "--allow-unverified"])
        #expect(allowed.status == .pass, "\(allowed.output)\(allowed.error)")

        // What the run was allowed goes for the limits it carries, not for those of a file.
        unproved.allowsUnverified = true
        let permitted = try folder.write(unproved)
        #expect(Tool.run([permitted, "--thresholds", list]).status == .pass)
        let strict = try folder.thresholds([("sustained", "lost", "== 0", "error"), ("*", "unaccounted", "== 0", nil)])
        #expect(Tool.run([permitted, "--thresholds", strict]).status == .noVerdict)
    }

    @Test("Several results of a profile: rows name the file, and a file given twice counts once")
    func severalResultsOfAProfile() throws {
        let folder = try Folder()
        var slow = result()
        slow.summary["delivered_per_s"] = 850
        let (first, second) = (try folder.write(result()), try folder.write(slow))
        let run = Tool.run([first, second, folder.path + "/./0.json"])
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("✗") && run.output.contains("1.json"), "\(run.output)")
        #expect(run.output.contains("delivered_per_s is 850/s"))
        let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("/./0.json was given more than once, and counts once"), "\(words)")
        #expect(run.output.hasSuffix("gates=6 failed=1\n"))
        #expect(!Tool.run([first]).output.contains("(0.json)"))
    }

    @Test("A warning is counted in the last line, and looks unlike what is only for information")
    func warningsAreCounted() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let list = try folder.thresholds([
            ("sustained", "attempted", "== 1", "warn"), ("sustained", "accepted", "== 1", "info"),
        ])
        let run = Tool.run([path, "--thresholds", list])
        #expect(run.status == .pass)
        #expect(run.output.contains("!  attempted") && run.output.contains("i  accepted"), "\(run.output)")
        #expect(run.output.hasSuffix("failed=0 warned=1\n"))
    }

    @Test func help() {
        let run = Tool.run(["--help"], terminal: Terminal(isTTY: false, columns: nil, environment: ["COLUMNS": "100"]))
        #expect(run.status == .pass)
        #expect(
            run.output == """
                OVERVIEW: Judge results by absolute limits, and by how they differ from a baseline. Results are
                files, folders or patterns with * and ?.

                USAGE: bench-compare [<options>] [<result> ...]

                ARGUMENTS:
                  <result>                Results that bench wrote: judged by their limits; those of bench ab also
                                          by how their sides differ.

                OPTIONS:
                  --baseline <result> ...
                                          What to compare with, each repetition one observation; of a folder, the
                                          results of the candidates' profiles, or what was accepted for them where
                                          it has an index of baselines.
                  --candidate <result> ...
                                          What to look at, beside --baseline.
                  --thresholds <file>     Thresholds file; every gate in it must select a result. Without the option
                                          profiles/thresholds.json is used where it exists, and gates for other
                                          profiles are only noted.
                  --allow-unselected      Note gates that select none of the results instead of refusing them.
                  --allow-unverified      Judge results without the limits on delivery where no ledger proved it
                                          (otherwise: no verdict).
                  --assert <limit> ...    One more gate: "flush_latency.p95 <= 250ms", "sustained/lost@main == 0"
                                          or, against a baseline, "service_time.p50 regression <= 10% or 1us".
                  --format <format>       Form of the report on standard output. (values: table, markdown, json,
                                          junit, github; default: table)
                  -o, --output <file> ...
                                          Write the report to a file as well, in the form that its name tells (.txt
                                          .md .json .xml), or FORMAT:FILE. A name without an extension takes that of
                                          --format.
                  --all                   List every metric that no gate judges, not only those that moved for
                                          certain; reports in files have all.
                  --no-color              Use no colours; NO_COLOR in the environment does the same.
                  --list-metrics          List the metrics that limits can name, and stop.
                  --version               Show the version.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  accept                  Accept results as the baselines of their profiles, in place of what was
                                          accepted before.
                  history                 Show how metrics went from run to run, and where their level changed;
                                          nothing is judged.
                  lint                    Prove which gates of a thresholds file can never fire, and name the
                                          cheapest plan that decides all.
                  calibrate               Compare a build with itself many times, and with known slowdowns; count
                                          false alarms and what is found.

                  See 'bench-compare help <subcommand>' for detailed help.

                LAST LINE:
                  verdict=PASS exit=0 …   for scripts: the last line on standard output, whatever happens;
                                          verdict=ERROR where nothing was judged
                  lint= history= …        of a subcommand it begins with its name; those that judge nothing say DONE
                  json, junit             with these formats on standard output the line is the last on standard
                                          error

                EXIT STATUSES:
                  0                       pass, improvements included
                  1                       a gate failed: a broken budget, a confirmed regression, or a missing
                                          metric
                  2                       usage error, an invalid result or thresholds file, or an expired waiver
                  3                       no verdict: inconclusive, or suspect (such as pairs without bench ab
                                          --confirm), a run is invalid, delivery is unverified, or there was nothing
                                          to judge
                  4                       not comparable: the sides are no equal experiments, or there is no
                                          baseline
                  5                       internal error: the report cannot be written
                  130                     interrupted

                """
        )
    }

    @Test func versionAndMetrics() {
        #expect(Tool.run(["--version"]).output == "\(ToolVersion.current)\n")
        let list = Tool.run(["--list-metrics"])
        #expect(list.status == .pass)
        #expect(list.output.contains("flush_latency.p99_9"))
        #expect(list.output.split(separator: "\n").count == MetricCatalogue.all.count + 1)
    }
}
