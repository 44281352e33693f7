import Foundation
import HarnessCore
import Results
import Testing

@testable import bench_compare

struct HistoryCommandTests {
    @Test func runsAreAppendedOnce() throws {
        let folder = try Folder()
        let path = "\(folder.path)/history.jsonl"
        var result = CompareToolTests().result()
        let first = try folder.write(result)
        result.runID = "another"
        let second = try folder.write(result)

        let run = Tool.run(["history", path, "--append", first, "--append", second])
        #expect(run.status == .pass && run.error == "")
        #expect(run.output.hasSuffix("\nhistory=DONE exit=0 series=1 runs=2 changes=0\n"))
        let written = try String(contentsOfFile: path, encoding: .utf8)
        #expect(written.split(separator: "\n").count == 2)

        let again = Tool.run(["history", path, "--append", second])
        #expect(again.status == .usage)
        #expect(again.error.contains("is the run another, which \(path) has already; leave it out"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == written)
        #expect(Tool.run(["history", path, "--format", "json"]).output.contains("\"permutations\" : 199"))
    }

    @Test func aRunThatIsNotValidIsNotAppended() throws {
        let folder = try Folder()
        var result = CompareToolTests().result()
        result.validity = RunValidity(isValid: false, reasons: ["the clock stepped"])
        let run = Tool.run(["history", "\(folder.path)/h", "--append", try folder.write(result)])
        #expect(run.status == .noVerdict)
        #expect(run.error.contains("is not valid (the clock stepped); measure again"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/h"))
    }

    @Test("Of a folder or a pattern what belongs into the history is appended, and the rest is named")
    func foldersAndPatterns() throws {
        let folder = try Folder()
        let path = "\(folder.path)/history.jsonl"
        var result = CompareToolTests().result()
        let first = try folder.write(result)
        result.runID = "another"
        let second = try folder.write(result)
        var invalid = result
        invalid.runID = "third"
        invalid.validity = RunValidity(isValid: false, reasons: ["the clock stepped"])
        let third = try folder.write(invalid)

        #expect(Tool.run(["history", path, "--append", first]).status == .pass)
        let run = Tool.run(["history", path, "--append", folder.path])
        #expect(run.status == .pass && run.output.hasSuffix("series=1 runs=2 changes=0\n"), "\(run.output)")
        #expect(
            run.error == """
                note: left out: \(third) is not valid (the clock stepped)
                note: left out: \(first) is there already

                """
        )
        let again = Tool.run(["history", path, "--append", "\(folder.path)/?.json"])
        #expect(again.status == .pass && again.error.contains("\(second) is there already"))
        // As a shell hands them over, each is named.
        #expect(Tool.run(["history", path, "--append", first, second]).status == .usage)
        let greedy = Tool.run(["history", "--append", first, path])
        #expect(greedy.error.contains("'--append' has taken '\(path)' as well: put it first, or after '--'"))
    }

    @Test("A metric or a profile that is none is an error, not an empty report")
    func namesThatSelectNothing() throws {
        let folder = try Folder()
        let path = "\(folder.path)/history.jsonl"
        let words = ["history", path, "--append", try folder.write(CompareToolTests().result())]
        #expect(Tool.run(words + ["--metric", "service_time.*", "--profile", "sus*"]).status == .pass)
        let mistakes = [
            ("metric", "servcie_time.p50", "did you mean 'service_time.p50'?"), ("metric", "zz", "see --list-metrics"),
            ("metric", "zz*", "see --list-metrics"), ("profile", "sustaned", "did you mean 'sustained'?"),
            ("profile", "b*", "it has sustained"),
        ]
        for (option, value, hint) in mistakes {
            let run = Tool.run(["history", path, "--\(option)", value])
            #expect(run.status == .usage && run.error.contains("The value '\(value)' is invalid"), "\(run.error)")
            #expect(run.error.contains(hint), "\(run.error)")
        }
        // A mistake beside --append leaves the file as it was.
        let written = try String(contentsOfFile: path, encoding: .utf8)
        var other = CompareToolTests().result()
        other.runID = "another"
        let append = ["history", path, "--append", try folder.write(other)]
        #expect(Tool.run(append + ["--profile", "b*"]).status == .usage)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == written)
    }

    @Test func aHistoryThatIsNotThereIsAnError() {
        let run = Tool.run(["history", "/nowhere/history.jsonl"])
        #expect(run.status == .usage)
        #expect(run.error.contains("/nowhere/history.jsonl cannot be read: no such file or folder"))
    }
}
