import Foundation
import HarnessCore
import Testing

@testable import bench_compare

struct LintCommandTests {
    private func file(_ gates: String, in folder: Folder) throws -> String {
        let path = folder.path + "/limits.json"
        try #"{"version": 1, "gates": [\#(gates)]}"#.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private let gate =
        #"{"profile": "sustained", "metric": "service_time.p50", "regression": {"max_relative": "10%"}}"#

    @Test func statusesSayWhatWasFound() throws {
        let folder = try Folder()
        let path = try file(gate, in: folder)
        let fine = Tool.run(["lint", path])
        #expect(fine.status == .pass, "\(fine.error)")
        #expect(fine.output.hasSuffix("\nlint=PASS exit=0 gates=1 never=0\n"))
        let few = Tool.run(["lint", path, "--pairs", "5"])
        #expect(few.status == .gateFailed)
        #expect(few.output.contains("use 6") && !few.output.contains("fewer gates"))
        #expect(Tool.run(["lint", path, "--pairs", "5", "--format", "json"]).output.contains("\"smallest_p\""))
        let result = try folder.write(CompareToolTests().result())
        let results = try Folder()
        _ = try results.write(CompareToolTests().result())
        for words in [[result], [folder.path + "/0.json", result], [folder.path + "/?.json"], [results.path]] {
            let run = Tool.run(["lint", path, "--baseline"] + words)
            #expect(run.output.contains("note: no earlier result has"), "\(words): \(run.error)")
        }
        #expect(Tool.run(["lint", path, "--baseline", "\(folder.path)/x*.json"]).status == .usage)
    }

    @Test func aWrongFileIsAnError() throws {
        let folder = try Folder()
        #expect(Tool.run(["lint", try file("", in: folder)]).status == .usage)
        #expect(Tool.run(["lint", try file(gate, in: folder), "--profile", "burst"]).status == .usage)
        let typo = Tool.run(["lint", try file(gate, in: folder), "--profile", "sustaned"])
        #expect(typo.error.contains("No gate is for a profile like 'sustaned'. Did you mean 'sustained'?"))
        #expect(Tool.run(["lint", "/nowhere.json"]).status == .usage)
    }
}
