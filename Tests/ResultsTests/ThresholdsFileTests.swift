import Foundation
import HarnessCore
import TestSupport
import Testing

@testable import Results

struct ThresholdsFileTests {
    @Test func reads() throws {
        let file = try parse(
            """
            { // limits of the gate
              "version": 1,
              "description": "quick subset",
              "gates": [
                {"profile": "sustained", "metric": "flush_latency.p95", "phase": "main", "budget": "<= 250ms",
                 "level": "warn", "on_missing": "ignore", "reason": "2025's floor"},
                {"profile": "*", "metric": "lost", "budget": "== 0"},
              ]
            }
            """
        )
        #expect(file.gates.count == 2)
        #expect(file.gates[0].phase == "main")
        #expect(file.gates[0].level == .warn)
        #expect(file.gates[0].onMissing == .ignore)
        #expect(file.gates[0].limit?.value == 250_000_000)
        #expect(file.gates[0].path == "gates[0]")
        #expect(file.gates[1].profile == "*")
        #expect(file.gates[1].level == .error)
        #expect(file.gates[1].onMissing == .error)
        #expect(file.gates[1].source == .thresholds)
    }

    @Test(
        arguments: [
            ("{}", "thresholds file has no \"version\""),
            ("[]", "[] is an array where the thresholds file needs an object"),
            ("{\"version\": 2}", "version: 2 is not the version that this tool reads; expected 1"),
            ("{\"version\": 1}", "thresholds file has no \"gates\""),
            ("{\"version\": 1, \"gates\": []}", "gates: [] is empty; a gate without rules passes anything"),
            ("{\"version\": 1, \"gates\": [1]}", "gates[0]: 1 is a number where the gates needs an object"),
            (#"{"version": 1, "gates": [{"profile": "x"}]}"#, "gates[0] has no \"metric\""),
            (
                #"{"version": 1, "gates": [{"profile": "", "metric": "lost", "budget": "== 0"}]}"#,
                "gates[0].profile: \"\" is empty"
            ),
            (
                #"{"version": 1, "gates": [{"profile": "x", "metric": "lots", "budget": "== 0"}]}"#,
                "gates[0].metric: \"lots\" is not a known metric; did you mean \"lost\"?"
            ),
            (
                #"{"version": 1, "gates": [{"profile": "x", "metric": "lost", "budget": "= 0"}]}"#,
                "gates[0].budget: \"= 0\" is not a limit on lost: it does not begin with a comparison (>= <= == != > <); "
                    + "did you mean \"== 0\"?"
            ),
            (
                #"{"version": 1, "gates": [{"profile": "x", "metric": "lost", "budget": "== 0", "levl": "warn"}]}"#,
                "unknown key \"levl\" in gates[0]; did you mean \"level\"?"
            ),
            (
                #"{"version": 1, "gates": [{"profile": "x", "metric": "lost", "budget": "== 0", "level": "wran"}]}"#,
                "gates[0].level: \"wran\" is not one of the known values; known: error, warn, info, off, did you mean \"warn\"?"
            ),
            (
                #"{"version": 1, "gates": [{"profile": "x", "metric": "lost", "budget": "== 0"}, {"profile": "x", "metric": "lost", "budget": "==0"}]}"#,
                "gates[1]: repeats an earlier gate"
            ),
            (
                #"{"version": 1, "gates": [{"profile": "x", "metric": "lost", "budget": "== 0"}], "gate": []}"#,
                "unknown key \"gate\" in thresholds file; did you mean \"gates\"?"
            ),
        ]
    )
    func mistakes(text: String, message: String) throws {
        let error = #expect(throws: StrictJSONError.self) { try parse(text) }
        #expect(try #require(error).description == message)
    }

    @Test("The published schema describes the gate of this repository, and knows every key")
    func schema() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let read = { (path: String) in
            try StrictJSON.parse(String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
        let schema = try read("results/thresholds.schema.json")
        #expect(SchemaCheck(schema).problems(of: try read("profiles/thresholds.json")) == [])
        let everything = try StrictJSON.parse(
            """
            {"$schema": "x", "version": 1, "description": "x", "gates": [{"id": "i", "profile": "*", "metric": "lost",
             "phase": "main", "budget": "== 0", "regression": {"max_relative": 0.1, "min_absolute": 2}, "level": "warn",
             "on_missing": "ignore", "reason": "x"}],
             "waivers": [{"gate": "i", "until": "2026-12-01", "reason": "x"}]}
            """
        )
        #expect(SchemaCheck(schema).problems(of: everything) == [])
        let file = try ThresholdsFile(parsing: everything)
        #expect(file.gates[0].regression == RegressionLimit(maximumRelative: 0.1, minimumAbsolute: 2))
        #expect(file.waivers == [Waiver(gate: "i", reason: "x", until: "2026-12-01")])
        let gate = try #require(schema["$defs"]?["gate"]?["properties"])
        for (key, cases) in [
            ("level", GateLevel.allCases.map(\.rawValue)), ("on_missing", MissingPolicy.allCases.map(\.rawValue)),
        ] {
            #expect(gate[key]?["enum"] == .array(cases.map { .string($0) }))
        }
    }

    @Test func filesThatCannotBeRead() throws {
        let missing = #expect(throws: ResultFileError.self) { try ThresholdsFile(path: "/nowhere/t.json") }
        #expect(try #require(missing).description == "/nowhere/t.json cannot be read: no such file or folder")
        let folder = try Folder()
        let path = folder.path + "/t.json"
        try Data("{\"version\": 1,\n \"version\": 1}".utf8).write(to: URL(filePath: path))
        let twice = #expect(throws: ResultFileError.self) { try ThresholdsFile(path: path) }
        #expect(try #require(twice).description == "\(path): line 2, column 2: the key \"version\" is given twice")
    }

    private func parse(_ text: String) throws -> ThresholdsFile {
        try ThresholdsFile(parsing: StrictJSON.parse(text))
    }
}
