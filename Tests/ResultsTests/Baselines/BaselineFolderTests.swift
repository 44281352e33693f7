import Foundation
import HarnessCore
import Testing

@testable import Results

/// Results that are accepted as baselines.
struct BaselineFolderTests {
    private static let today = "2026-11-21"

    @Test func acceptedResultsAreFoundAgain() throws {
        let folder = try Folder()
        let result = try SampleResult.sustained()
        let file = folder.path + "/mine.json"
        try ResultFile.write(result, to: file)
        var baselines = try BaselineFolder(path: folder.path + "/baseline", digest: digest)
        #expect(!BaselineFolder.isOne(baselines.path))
        try baselines.accept([(file, result)], acceptance())
        try baselines.accept([(file, result), (file, result)], acceptance(reason: "again"))
        #expect(BaselineFolder.isOne(baselines.path))

        let again = try BaselineFolder(path: baselines.path, digest: digest)
        #expect(again.index == baselines.index && again.index.baselines.count == 1)
        let entry = try #require(again.index.entry(for: "sustained"))
        #expect(entry.reason == "again" && entry.plan == result.plan.hash && entry.commit == "0123abc")
        #expect(entry.isDirty == nil && entry.acceptedAt == "2026-11-21T05:00:00Z")
        #expect(entry.files.map(\.name) == ["sustained.json", "sustained-2.json"])
        #expect(entry.fingerprint["cpu_model"] == "AMD EPYC 7763")
        #expect(entry.limits.map(\.metric) == SampleResult.thresholds.map(\.metric))
        let files = try again.files(for: "sustained")
        #expect(files.count == 2)
        let stored = try ResultReader.read(files[0])
        #expect(stored == result)
        #expect(try again.files(for: "burst").isEmpty)

        try Data("{}".utf8).write(to: URL(filePath: files[1]))
        let error = #expect(throws: ResultFileError.self) { try again.files(for: "sustained") }
        #expect(error?.reason == "was changed after it was accepted as a baseline")
    }

    @Test func anIndexOfAnotherVersionIsRefused() throws {
        let folder = try Folder()
        try Data(#"{"version": 2, "baselines": []}"#.utf8).write(to: URL(filePath: folder.path + "/baseline.json"))
        let version = #expect(throws: ResultFileError.self) { try BaselineFolder(path: folder.path, digest: digest) }
        #expect(version?.reason == "has the version 2, and this tool reads 1")
        try Data("{".utf8).write(to: URL(filePath: folder.path + "/baseline.json"))
        #expect(throws: ResultFileError.self) { try BaselineFolder(path: folder.path, digest: digest) }
    }

    @Test("What cannot be trusted, does not hold, is incomplete or cannot be built again is refused with the reason")
    func obstacles() throws {
        func found(
            _ change: (inout RunResult) -> Void,
            dirty: Bool = false
        ) throws -> ([String], HarnessCore.ExitStatus) {
            var result = try SampleResult.sustained()
            change(&result)
            var acceptance = acceptance()
            acceptance.allowsDirty = dirty
            let found = try acceptance.obstacles(to: result, path: "r.json", today: Self.today)
            return (found.reasons, found.status)
        }
        #expect(try found { _ in } == ([], .pass))
        let invalid = try found { $0.validity = RunValidity(isValid: false, reasons: ["the host stole time"]) }
        #expect(invalid.0.first == "it cannot be trusted: the host stole time" && invalid.1 == .noVerdict)
        let partial = try found { $0.isPartial = true }
        #expect(partial.0.first == "it cannot be trusted: the run is incomplete" && partial.1 == .noVerdict)
        let dirty = try found { $0.environment.gitDirty = true }
        #expect(dirty.0.count == 1 && dirty.0[0].hasSuffix("--allow-dirty") && dirty.1 == .usage)
        #expect(try found({ $0.environment.gitDirty = true }, dirty: true) == ([], .pass))
        let failing = try found { $0.repetitions[0].phases[1].load.lost = 3 }
        #expect(failing.0.contains { $0.hasPrefix("lost failed: ") } && failing.1 == .gateFailed)
    }

    @Test func loosenedLimitsAreListed() throws {
        let folder = try Folder()
        var result = try SampleResult.sustained()
        let file = folder.path + "/mine.json"
        try ResultFile.write(result, to: file)
        let thresholds = { (budget: String) in
            let text =
                "{\"version\": 1, \"gates\": [{\"profile\": \"sustained\", \"metric\": \"missed\", \"budget\": \"\(budget)\"}]}"
            return (
                ThresholdsIdentity(path: "t.json", sha256: digest(Array(text.utf8))),
                try ThresholdsFile(parsing: StrictJSON.parse(text))
            )
        }
        var baselines = try BaselineFolder(path: folder.path + "/baseline", digest: digest)
        var acceptance = acceptance()
        acceptance.thresholds = try thresholds("== 0")
        try baselines.accept([(file, result)], acceptance)
        let entry = try #require(baselines.index.entry(for: "sustained"))
        let same = try thresholds("== 0")
        #expect(try entry.loosenings(for: result, same).isEmpty && !entry.hasOtherThresholds(same.0))
        let now = try thresholds("<= 5")
        #expect(entry.hasOtherThresholds(now.0))
        result.thresholds.removeAll { $0.metric == "duplicated" }
        let start = "a limit became looser since the baseline of sustained was accepted on 2026-11-21: "
        #expect(
            try entry.loosenings(for: result, now) == [
                start + "sustained/missed: budget == 0 became <= 5", start + "sustained/duplicated: is gone",
            ]
        )
    }

    private func acceptance(reason: String = "the first") -> BaselineAcceptance {
        BaselineAcceptance(reason: reason, acceptedAt: "2026-11-21T05:00:00Z")
    }

    /// Stands for a digest: different contents have different texts.
    private let digest: @Sendable ([UInt8]) -> String = { bytes in String(bytes.reduce(5381) { $0 &* 33 &+ Int($1) }) }
}
