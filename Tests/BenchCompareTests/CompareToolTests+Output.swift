import Foundation
import HarnessCore
import Results
import Testing

@testable import bench_compare

extension CompareToolTests {
    @Test("One report goes to as many files as wanted, each in its form")
    func outputsOfEachForm() throws {
        let folder = try Folder()
        let file = try folder.write(result())
        let names = ["r.md", "r.json", "r.xml", "r.txt"]
        let places = names.map { "\(folder.path)/\($0)" } + ["github:\(folder.path)/notes"]
        let run = Tool.run([file, "--format", "junit"] + places.flatMap { ["--output", $0] })
        #expect(run.status == .pass && run.output.hasPrefix("<?xml "), "\(run.output)\(run.error)")
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
        }
        #expect(try text("r.md").hasPrefix("### PASS: 3 of 3 gates hold\n"))
        #expect(try text("r.json").hasPrefix("{\n") && text("r.json").contains("\"report_version\" : 2"))
        #expect(try text("r.xml") == run.output)
        #expect(try text("r.txt").hasPrefix("PASS  3 of 3 gates hold"))
        #expect(try text("notes") == "verdict=PASS exit=0 gates=3 failed=0\n")
    }

    @Test("A report that cannot be written is status 5, and that is seen before anything is judged")
    func unwritableOutput() throws {
        let folder = try Folder()
        let file = try folder.write(result())
        let run = Tool.run([file, "-o", "\(folder.path)/none/r.md", "-o", "\(folder.path)/r.json"])
        #expect(run.status == .internalError)
        #expect(run.error.contains("none/r.md cannot be written: there is no folder \(folder.path)/none; make it with"))
        #expect(run.output == "verdict=ERROR exit=5 gates=0 failed=0\n")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/r.json"))
        let onFolder = Tool.run([file, "-o", "markdown:\(folder.path)"])
        #expect(onFolder.status == .internalError && onFolder.error.contains("is a folder; name a file in it"))
    }

    @Test("A report that lies among results is left out with a note, and refused where it is named")
    func reportAmongResults() throws {
        let folder = try Folder()
        let file = try folder.write(result())
        let report = "\(folder.path)/r.json"
        #expect(Tool.run([file, "-o", report]).status == .pass)
        let all = Tool.run([folder.path])
        let words = all.output.split { $0.isWhitespace }.joined(separator: " ")
        #expect(all.status == .pass && words.contains("left out: it is a report, and no result"), "\(all.output)")
        let named = Tool.run([report])
        #expect(named.status == .usage && named.error.contains("is a report, and no result; name the results"))
        try FileManager.default.removeItem(atPath: file)
        let none = Tool.run([folder.path])
        #expect(none.status == .usage && none.error.contains("there is no result in"))
    }

    @Test("The log of a run is refused with the command that makes a result of it")
    func logs() throws {
        let folder = try Folder()
        let log = "\(folder.path)/a.jsonl"
        try "{}\n{}\n".write(toFile: log, atomically: true, encoding: .utf8)
        let run = Tool.run([log])
        #expect(run.status == .usage)
        #expect(
            run.error.contains("is the log of a run, and no result; make one of it: bench report \(log) --out"),
            "\(run.error)"
        )
    }

    @Test("What is no regular file is written to, not replaced")
    func link() throws {
        let folder = try Folder()
        let file = try folder.write(result())
        try Data().write(to: URL(filePath: "\(folder.path)/target.md"))
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link.md",
            withDestinationPath: "\(folder.path)/target.md"
        )
        #expect(Tool.run([file, "-o", "\(folder.path)/link.md"]).status == .pass)
        let target = try String(contentsOfFile: "\(folder.path)/target.md", encoding: .utf8)
        #expect(target.hasPrefix("### PASS"))
    }

    @Test("What was accepted is compared with by its profile, and loosened limits are named")
    func accepted() throws {
        let folder = try Folder()
        let file = try folder.write(result())
        let baseline = folder.path + "/baseline"
        let tight = try folder.thresholds([("sustained", "rejected", "== 0", nil)])
        let accept = Tool.run(["accept", file, "--reason", "the first", "--into", baseline, "--thresholds", tight])
        #expect(
            accept.output == "accepted sustained: sustained.json in \(baseline)\naccept=DONE exit=0 baselines=1\n",
            "\(accept.error)"
        )
        let same = Tool.run(["--baseline", baseline, "--candidate", file, "--thresholds", tight])
        #expect(
            same.output.contains("1 run against 1") && !same.output.contains("looser"),
            "\(same.output)\(same.error)"
        )

        let loose = try folder.thresholds([("sustained", "rejected", "<= 5", nil)])
        let later = Tool.run(["--baseline", baseline, "--candidate", file, "--thresholds", loose])
        let words = later.output.split { $0.isWhitespace }.joined(separator: " ")
        #expect(words.contains("sustained/rejected: budget == 0 became <= 5"), "\(later.output)\(later.error)")

        let other = try folder.write(result(profile: "burst"))
        let none = Tool.run(["--baseline", baseline, "--candidate", other])
        #expect(none.status == .notComparable && none.error.contains("holds no baseline of burst"))

        try Data("{}".utf8).write(to: URL(filePath: baseline + "/sustained.json"))
        let changed = Tool.run(["--baseline", baseline, "--candidate", file])
        #expect(changed.status == .usage && changed.error.contains("was changed after it was accepted"))
    }

    @Test("Nothing is accepted that fails, cannot be trusted, or has no reason; all or none")
    func refused() throws {
        let folder = try Folder()
        let baseline = folder.path + "/baseline"
        let good = try folder.write(result())
        var invalid = result(profile: "burst")
        invalid.validity = RunValidity(isValid: false, reasons: ["the host stole time"])
        let bad = try folder.write(invalid)
        let run = Tool.run(["accept", good, bad, "--reason", "x", "--into", baseline])
        #expect(run.status == .noVerdict && run.error.contains("cannot be a baseline: it cannot be trusted: the host"))
        #expect(!FileManager.default.fileExists(atPath: baseline))
        for words in [["accept", good], ["accept", good, "--reason", " "]] {
            let silent = Tool.run(words + ["--into", baseline])
            #expect(silent.status == .usage && silent.error.contains("--reason"))
        }
        let strict = try folder.thresholds([("sustained", "delivered_per_s", ">= 5000", nil)])
        let failing = Tool.run(
            ["accept", good, "--reason", "x", "--into", baseline, "--thresholds", strict]
        )
        #expect(failing.status == .gateFailed && failing.error.contains("delivered_per_s failed"))
        var dirty = result()
        dirty.environment.gitDirty = true
        let file = try folder.write(dirty)
        #expect(Tool.run(["accept", file, "--reason", "x", "--into", baseline]).status == .usage)
        let allowed = Tool.run(["accept", file, "--reason", "x", "--into", baseline, "--allow-dirty"])
        #expect(allowed.status == .pass, "\(allowed.error)")
    }
}
