import HarnessCore
import LoadEngine
import Testing

@testable import bench

/// `bench validate`: every mistake of a file, once, with its place and what to do.
struct FileCheckTests {
    private static let profile = """
        // With mistakes in lines 4, 7, 10, 11, 13 (twice), 14 and 15.
        {
          "name": "mine",
          "descripton": "x",
          "system": {"batchsize": 10},
          "phases": [
            {"name": "warm", "shape": "constnt", "rate": "10/s"},
            {
              "name": "main", "shape": "constant",
              "rate": "fast",
              "duration": "1x"
            },
            {"name": "main", "shape": "max", "duration": "1s", "colour": "red"},
          ], "producers": 1000,
          "thresholds": {"losst": "== 0", "lost": "0", "service_time.p50": "< 5us", "dropped": {"level": "warn"}},
        }
        """

    @Test func everyMistakeOfAProfileIsFoundOnce() {
        let check = FileCheck(path: "mine.json", text: Self.profile) { _, _ in
            Issue.record("a system was asked about options that nobody could read")
            return nil
        }
        #expect(check.kind == .profile && check.name == "mine" && !check.isValid)
        let found = check.problems.map { "\($0.line ?? 0) \($0.path ?? "-")" }.sorted()
        #expect(
            found
                == [
                    "10 phases[1].rate", "11 phases[1].duration", "13 phases[2].colour", "13 phases[2].name",
                    "14 producers", "15 thresholds.dropped.budget", "15 thresholds.losst", "15 thresholds.lost",
                    "4 descripton", "7 phases[0].shape",
                ]
        )
        let texts = check.problems.map { $0.text(file: "mine.json") }
        #expect(texts.contains { $0.hasPrefix("mine.json:10: phases[1].rate: \"fast\" is not a rate: ") })
        #expect(texts.contains { $0.hasSuffix("unknown key \"descripton\" in profile; did you mean \"description\"?") })
    }

    @Test func everyMistakeOfAThresholdsFileIsFoundOnce() {
        let text = """
            {"version": 1, "gates": [
              {"profile": "a", "metric": "losst", "budget": "== 0"},
              {"profile": "a", "metric": "lost", "budgt": "== 0"},
              {"profile": "a", "metric": "rejected", "budget": "fast", "level": "errr"},
            ]}
            """
        let check = FileCheck(path: "t.json", text: text)
        #expect(check.kind == .thresholds)
        let found = check.problems.map { "\($0.line ?? 0) \($0.path ?? "-")" }.sorted()
        #expect(found == ["2 gates[0].metric", "3 gates[1].budgt", "4 gates[2].budget", "4 gates[2].level"])
    }

    @Test func aMistakeOfFormHasItsLine() {
        let check = FileCheck(path: "s.json", text: "{\n\"name\": \"x\",\n")
        #expect(check.problems.count == 1)
        #expect(check.problems.first?.line == 3 && check.problems.first?.path == nil)
        #expect(check.problems.first?.text(file: "s.json").hasPrefix("s.json:3: the document ends") == true)
    }

    @Test func theSystemIsAskedAboutItsOptions() {
        let text = """
            {"name": "p",
             "system": {
               "batchsize": 1},
             "phases": [{"name": "main", "shape": "idle", "duration": "1s"}]}
            """
        let check = FileCheck(path: "p.json", text: text) { profile, plan in
            #expect(profile.options == ["batchsize": .integer(1)] && plan.phases.count == 1)
            return "cannot make the system \"telemetry\": system.batchsize: there is no such option"
        }
        #expect(
            check.problems.map { $0.text(file: "p.json") } == ["p.json:3: system.batchsize: there is no such option"]
        )
        #expect(FileCheck(path: "p.json", text: text).isValid)
    }

    @Test(
        "A document of any form is judged in the end",
        arguments: ["[]", "7", "{}", #"{"phases": [1, [], "x", {}]}"#]
    )
    func nonsense(text: String) {
        let check = FileCheck(path: "n.json", text: text)
        #expect(!check.isValid)
        #expect(check.problems.count < 20)
    }

    @Test func unknownVariablesAreNamed() {
        let found = SettingSource.strangers(in: ["BENCH_RAET": "1", "BENCH_RATE": "1", "HOME": "/", "BENCH_XYZZY": ""])
        #expect(found.count == 2)
        #expect(found[0].hasSuffix("BENCH_RAET means nothing to bench; did you mean BENCH_RATE?"))
        #expect(found[1].contains("there are: BENCH_RATE, "))
    }
}
