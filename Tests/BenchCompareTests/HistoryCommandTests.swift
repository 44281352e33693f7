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

    @Test func aHistoryThatIsNotThereIsAnError() {
        let run = Tool.run(["history", "/nowhere/history.jsonl"])
        #expect(run.status == .usage)
        #expect(run.error.contains("/nowhere/history.jsonl cannot be read: no such file or folder"))
    }
}
