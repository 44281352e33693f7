import Foundation
import HarnessCore
import Measurement
import Results
import Testing

@testable import bench_compare

extension CompareToolTests {
    private static let call = "service_time.p50 regression <= 10%"

    @Test("Two sets by a shell's pattern, by ours, and by folder give the same report")
    func sets() throws {
        let (first, second) = (try Folder(), try Folder())
        for _ in 0..<8 {
            _ = try first.write(result())
            _ = try second.write(result())
        }
        let files = { (folder: Folder) in (0..<8).map { "\(folder.path)/\($0).json" } }
        let forms = [
            ["--baseline"] + files(first) + ["--candidate"] + files(second),
            ["--baseline", "\(first.path)/*.json", "--candidate=\(second.path)/?.json"],
            ["--baseline", first.path, "--candidate", second.path],
            [second.path, "--baseline", first.path],
        ]
        let runs = forms.map { Tool.run($0 + ["--assert", Self.call]) }
        #expect(runs[0].status == .pass, "\(runs[0].output)\(runs[0].error)")
        #expect(runs[0].output.hasSuffix("verdict=PASS exit=0 gates=4 failed=0\n"), "\(runs[0].output)")
        #expect(Set(runs.map(\.output)).count == 1)
    }

    @Test("Of a folder of baselines only the candidates' profiles are compared with, and none is status 4")
    func folderOfSeveralProfiles() throws {
        let folder = try Folder()
        let sustained = try folder.write(result())
        _ = try folder.write(result(profile: "burst"))
        let other = try Folder()
        let candidate = try other.write(result())
        let run = Tool.run(["--baseline", folder.path, "--candidate", candidate, "--format", "json"])
        #expect(run.status == .pass, "\(run.output)\(run.error)")
        let report = try JSONDecoder().decode(ComparisonReport.self, from: Data(run.output.utf8))
        #expect(report.inputs.filter { $0.role == .baseline }.map(\.path) == [sustained])
        #expect(report.notes.contains("1 result in \(folder.path) left out: burst"))
        // Named one by one they all count.
        let named = Tool.run(["--baseline", "\(folder.path)/*.json", "--candidate", candidate])
        #expect(named.output.contains("only the baseline has a result of the profile burst"), "\(named.output)")

        let none = Tool.run(["--baseline", folder.path, "--candidate", try other.write(result(profile: "flush"))])
        #expect(none.status == .notComparable)
        #expect(none.error.contains("\(folder.path) holds no baseline of flush"), "\(none.error)")
        #expect(none.output.hasSuffix("verdict=ERROR exit=4 gates=0 failed=0\n"), "\(none.output)")
    }

    @Test("A slower candidate is regressed: status 1")
    func slowerCandidate() throws {
        let (first, second) = (try Folder(), try Folder())
        for _ in 0..<8 {
            _ = try first.write(result())
            var slow = result()
            let median = try #require(slow.repetitions[0].phases[0].latency.serviceTime?.p50Nanoseconds)
            slow.repetitions[0].phases[0].latency.serviceTime?.p50Nanoseconds = median * 3 / 2
            _ = try second.write(slow)
        }
        let words = ["--baseline", first.path, "--candidate", second.path, "--assert", Self.call]
        let run = Tool.run(words)
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("regressed"), "\(run.output)")
        let json = try StrictJSON.parse(Tool.run(words + ["--format", "json"]).output)
        #expect(json["design"] == .string("unpaired"))
        guard case .array(let rows) = json["rows"] else {
            Issue.record("no rows")
            return
        }
        #expect(rows[0]["verdict"] == .string("regressed"))
    }

    @Test("A limit on a change without a baseline is a usage error")
    func changeWithoutBaseline() throws {
        let folder = try Folder()
        let run = Tool.run([try folder.write(result()), "--assert", Self.call])
        #expect(run.status == .usage)
        #expect(run.error.contains("give --baseline and --candidate, or a result of bench ab"), "\(run.error)")
    }

    @Test("A file of a set that was edited by hand is found as a single one is")
    func editedFileOfASet() throws {
        let (first, second) = (try Folder(), try Folder())
        for _ in 0..<3 {
            _ = try first.write(result())
            _ = try second.write(result())
        }
        let words = ["--baseline", first.path, "--candidate", second.path]
        #expect(Tool.run(words).status == .pass)
        var edited = result()
        edited.summary["lost"] = 4
        let path = try second.write(edited)
        let run = Tool.run(words)
        #expect(run.status == .gateFailed)
        let said = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(
            said.contains(
                "lost is 4, the limit is == 0; of \(path) the summary says 4 and the repetitions 0: the file was changed"
            ),
            "\(run.output)"
        )
        edited.summary["lost"] = nil
        _ = try ResultWriter(directory: second.path).write(edited, to: path)
        #expect(Tool.run(words).output.contains("missing=1"))
        // What limits on changes judge is said as well.
        edited = result()
        edited.repetitions[0].phases[0].latency.serviceTime?.p50Nanoseconds = 1
        _ = try ResultWriter(directory: second.path).write(edited, to: path)
        let changed = Tool.run(words + ["--assert", Self.call])
        let note = changed.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(note.contains("note: \(path): of service_time.p50 the summary says"), "\(changed.output)")
    }

    @Test("A metric that the candidate lost: status 1 and missing")
    func lostMetric() throws {
        let folder = try Folder()
        let baseline = try folder.write(result())
        var edited = result()
        edited.repetitions[0].phases[0].latency.serviceTime = nil
        let candidate = try folder.write(edited)
        let run = Tool.run(["--baseline", baseline, "--candidate", candidate, "--assert", Self.call])
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("missing=1"), "\(run.output)")
    }

    @Test("The same run on both sides is noted, and a pattern that matches nothing is an error")
    func mistakesWithInputs() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let same = Tool.run(["--baseline", path, "--candidate", path])
        #expect(
            same.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .contains("are the same run, on both sides")
        )
        let nothing = Tool.run(["\(folder.path)/b*.json"])
        #expect(nothing.status == .usage)
        #expect(nothing.error.contains("b*.json matches no file; a pattern that names nothing is a mistake"))
        let empty = try Folder()
        #expect(Tool.run([empty.path]).error.contains("is a folder without results"))
        #expect(Tool.run(["--candidate", path]).error.hasPrefix("Error: Missing expected option '--baseline'"))
        #expect(Tool.run(["--baseline", path]).error.hasPrefix("Error: Missing expected option '--candidate'"))
        let both = Tool.run(["--baseline", path, "--candidate", path, "--", path])
        #expect(both.error.hasPrefix("Error: Unexpected argument '\(path)'; the candidate is named with --candidate"))
        #expect(Tool.run([path, "--assert", "lots == 0"]).error.contains("did you mean \"lost\"?"))
    }

    @Test("Reports go to files beside standard output, each in its form")
    func outputs() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let (markdown, junit) = ("\(folder.path)/r.md", "\(folder.path)/r.xml")
        let run = Tool.run([path, "-o", markdown, "--output", junit, "-o", "json:\(folder.path)/r"])
        #expect(run.status == .pass, "\(run.error)")
        #expect(run.output.hasPrefix("PASS"))
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<testsuite"))
        #expect(try String(contentsOfFile: markdown, encoding: .utf8).contains("PASS"))
        let json = try StrictJSON.parse(String(contentsOfFile: "\(folder.path)/r", encoding: .utf8))
        #expect(json["report_version"] == .integer(2))
        for name in ["\(folder.path)/r.pdf", "markdwon:\(folder.path)/r.md"] {
            let refused = Tool.run([path, "-o", name])
            #expect(refused.status == .usage && refused.error.contains("format"), "\(refused.error)")
            #expect(!FileManager.default.fileExists(atPath: name))
        }
        #expect(Tool.run([path, "-o", "\(folder.path)/plain", "--format", "markdown"]).status == .pass)
        #expect(try String(contentsOfFile: "\(folder.path)/plain", encoding: .utf8).hasPrefix("### PASS"))
    }
}
