import HarnessCore
import Testing

@testable import Results

struct HistoryTests {
    /// Runs of 20 commits, the 12th of which made calls a fifth slower.
    private static func entries(count: Int = 20, slowFrom: Int = 12) throws -> [HistoryEntry] {
        try (0..<count).map { index in
            var entry = HistoryEntry(try SampleResult.sustained())
            entry.runID = "run-\(index)"
            entry.startedAt = "2026-11-\(index + 10)T10:00:00Z"
            entry.commit = "\(index)0000000"
            let noise = 1 + 0.01 * Double((index * 7) % 5)
            entry.metrics = [
                "service_time.p50": 400 * noise * (index >= slowFrom ? 1.2 : 1), "delivered_per_s": 1000 * noise,
                "lost": index == count - 1 ? 3 : 0, "duplicated": 0, "service_time.max": 1e6 * noise,
            ]
            return entry
        }
    }

    @Test func aStepIsFoundWithItsSizeAndItsCommits() throws {
        let report = HistoryReport(try Self.entries(), seed: 4)
        let series = try #require(report.series.first)
        #expect(report.series.count == 1 && series.runs == 20)
        #expect(series.courses.map(\.metric) == ["lost", "delivered_per_s", "service_time.p50"])
        let course = try #require(series.courses.last)
        let change = try #require(course.changes.first)
        #expect(course.changes.count == 1)
        #expect(change.index == 12 && change.isWorse == true)
        #expect(change.commitBefore == "110000000" && change.commitAfter == "120000000")
        #expect(abs(try #require(change.share) - 0.2) < 0.02)
        #expect(change.pValue <= 0.01)
        #expect(series.courses[1].changes.isEmpty)
    }

    @Test func theTableShowsEachCourse() throws {
        try Golden.expect(HistoryTable(width: 110).render(HistoryReport(try Self.entries(), seed: 4)), "history.txt")
        let few = HistoryTable(width: 80).render(HistoryReport(try Self.entries(count: 4), seed: 4))
        #expect(few.contains("too few for change points: 10 are needed"))
        let none = HistoryTable().render(HistoryReport([]))
        #expect(none == "the history has no such runs\n\nhistory=DONE exit=0 series=0 runs=0 changes=0\n")
    }

    @Test func otherMachinesAndPlansAreOtherSeries() throws {
        var entries = try Self.entries()
        for index in 0..<8 { entries[index].fingerprint = "another" }
        for index in 8..<10 { entries[index].plan = "another" }
        #expect(HistoryReport(entries).series.map(\.runs) == [10, 8, 2])
    }

    @Test("What demotes or blocks a comparison makes another series, but the plan, which stands by itself")
    func theFingerprintIsThatOfComparisons() throws {
        let first = try SampleResult.sustained()
        let changes: [(inout RunResult) -> Void] = [
            { $0.environment.libc = "musl" }, { $0.environment.allocator = "MALLOC_ARENA_MAX=1" },
            { $0.environment.memoryLimitBytes = 1 << 30 }, { $0.environment.cpuModel = "another" },
            { $0.plan.latencyBasis = "another" },
        ]
        for change in changes {
            var other = first
            change(&other)
            #expect(HistoryEntry(other).fingerprint != HistoryEntry(first).fingerprint)
        }
        var other = first
        other.plan.hash = "another"
        other.environment.gitCommit = "another"
        #expect(HistoryEntry(other).fingerprint == HistoryEntry(first).fingerprint)
    }

    @Test func partsCanBeSelected() throws {
        let all = HistoryReport(try Self.entries(), selection: .init(metric: "service_time.*"))
        #expect(all.series.first?.courses.map(\.metric) == ["service_time.p50", "service_time.max"])
        #expect(HistoryReport(try Self.entries(), selection: .init(profile: "burst*")).series.isEmpty)
    }

    @Test func linesAreReadAsTheyWereWritten() throws {
        let entries = try Self.entries()
        let bytes = try entries.reversed().flatMap { try HistoryFile.line($0) }
        #expect(try HistoryFile.parse(bytes, path: "h") == entries)
        #expect(try HistoryFile.parse([], path: "h").isEmpty)
    }

    @Test func aTornOrRepeatedLineIsAnErrorWithItsNumber() throws {
        let line = try HistoryFile.line(try Self.entries()[0])
        var message = #expect(throws: ResultFileError.self) { try HistoryFile.parse(line + line, path: "h") }?
            .description
        #expect(message == "h:2: is the run of line 1 again; remove one of them")
        message =
            #expect(throws: ResultFileError.self) { try HistoryFile.parse(line + line.prefix(40), path: "h") }?
            .description
        #expect(message?.hasPrefix("h:2: is not a run of a history") == true)
    }

    @Test func onlyRunsThatCanBeTrustedBelongIntoAHistory() throws {
        var result = try SampleResult.sustained()
        #expect(HistoryEntry.obstacle(to: result) == nil)
        result.validity = RunValidity(isValid: false, reasons: ["the host stole 4 % of the time"])
        #expect(HistoryEntry.obstacle(to: result) == "is not valid (the host stole 4 % of the time)")
        result.outcome = .interrupted
        #expect(HistoryEntry.obstacle(to: result) == "is of a run that did not end as planned")
    }
}
