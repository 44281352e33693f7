import FoundationEssentials
import HarnessCore
import Platform
import TestSupport
import Testing

/// Commands that show and check without running anything.
struct InspectionTests {
    // MARK: - Settings

    @Test func everySettingHasItsOrigin() throws {
        let result = try ToolRun.run(
            "bench",
            ["--print-config", "--json", "--profile", "sustained", "--seed", "7", "--set", "phases.main.flush=false"],
            environment: ["BENCH_RATE": "500/s", "BENCH_SET": "system.batch_size=9,seed=4"]
        )
        #expect(result.exit == .status(0), "\(result.errors)")
        let document = try StrictJSON.parse(result.output)
        #expect(document["schema_version"]?.stringValue == "1.0.0" && document["profile"]?.stringValue == "sustained")
        guard case .array(let settings)? = document["settings"] else {
            Issue.record("there are no settings")
            return
        }
        func line(_ key: String) -> String? {
            settings.first { $0["key"]?.stringValue == key }.map { setting in
                [setting["value"]?.description, setting["origin"]?.stringValue, setting["source"]?.stringValue]
                    .compactMap(\.self).joined(separator: " ")
            }
        }
        #expect(line("system.name") == "\"telemetry\" default")
        #expect(line("system.batch_size") == "9 environment BENCH_SET")
        #expect(line("phases.main.every") == "\"200ms\" environment BENCH_RATE")
        #expect(line("phases.main.size") == "100 profile profiles/sustained.json")
        #expect(line("phases.main.flush") == "false flag --set")
        #expect(line("seed") == "7 flag --seed")
        #expect(line("call.repeat") == "1 default")
    }

    @Test func settingsAlignInATable() throws {
        let result = try ToolRun.run("bench", ["--print-config", "--profile", "smoke", "--out", "x"])
        #expect(result.exit == .status(0))
        let lines = result.output.split(separator: "\n")
        let titles = try #require(lines.first).split(separator: " ").map(String.init)
        #expect(titles == ["setting", "value", "from"])
        // Every row has its last column where the title is, with two spaces before it.
        let column = lines[0].count - "from".count
        #expect(lines.dropFirst().allSatisfy { $0.dropFirst(column - 2).hasPrefix("  ") })
        #expect(lines.dropFirst().allSatisfy { $0.dropFirst(column).first?.isLetter == true })
        #expect(lines.contains { $0.hasPrefix("call.out ") && $0.hasSuffix("flag --out") })
    }

    @Test func aVariableThatMeansNothingIsNamed() throws {
        let result = try ToolRun.run("bench", ["--print-config"], environment: ["BENCH_RAET": "5"])
        #expect(result.exit == .status(0))
        #expect(result.errors.contains("BENCH_RAET means nothing to bench; did you mean BENCH_RATE?"))
    }

    @Test(arguments: [
        ("batch_size=10", "system.batch_size"), ("batchsize=10", "system.batch_size"), ("sytem.x=1", "system.x"),
        ("attributes=3", "workload.attributes"), ("every=1s", "phases.main.every"),
    ])
    func aSettingWithoutItsGroupIsRecognised(setting: String, meant: String) throws {
        let result = try ToolRun.run("bench", ["--print-config", "--profile", "sustained", "--set", setting])
        #expect(result.exit == .status(2))
        #expect(result.errors.contains("did you mean \"\(meant)\"?"), "\(result.errors)")
    }

    // MARK: - Files

    @Test func everythingInProfilesIsValid() throws {
        let result = try ToolRun.run("bench", ["validate", "profiles"])
        #expect(result.exit == .status(0), "\(result.errors)")
        #expect(result.output.contains("profiles/smoke.json: valid profile smoke"))
        #expect(result.output.contains("profiles/thresholds.json: valid thresholds file"))
    }

    @Test func mistakesHaveFileLineAndReason() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/p.json"
        let text = """
            {"name": "p", "system": {"batchsize": 5},
             "phases": [{"name": "main", "shape": "idle", "duration": "1s"}]}
            """
        try Data(text.utf8).write(to: URL(filePath: path))
        let result = try ToolRun.run("bench", ["validate", path, "smoke", folder.path + "/none.json"])
        #expect(result.exit == .status(2))
        #expect(result.errors.contains("\(path):1: system.batchsize: there is no such option"))
        #expect(result.errors.contains("there is no profile file"))
        #expect(result.output == "profiles/smoke.json: valid profile smoke")

        let unasked = try ToolRun.run("bench", ["validate", "--no-worker", "--json", path])
        #expect(unasked.exit == .status(0))
        let document = try StrictJSON.parse(unasked.output)
        #expect(document["is_valid"] == .bool(true) && document.value(at: "files[0].name")?.stringValue == "p")
    }

    // MARK: - Profiles

    @Test func theProfilesAreListed() throws {
        let table = try ToolRun.run("bench", ["profiles"])
        #expect(table.exit == .status(0))
        #expect(table.output.contains("smoke") && table.output.contains("1,000"))
        let json = try ToolRun.run("bench", ["profiles", "--json"])
        guard case .array(let rows)? = try StrictJSON.parse(json.output)["profiles"] else {
            Issue.record("there are no profiles")
            return
        }
        let smoke = try #require(rows.first { $0["name"]?.stringValue == "smoke" })
        #expect(smoke["operations"] == .integer(1000) && smoke["duration_s"]?.doubleValue == 2)
        #expect(smoke["path"]?.stringValue == "profiles/smoke.json")
        let capacity = try #require(rows.first { $0["name"]?.stringValue == "capacity" })
        #expect(capacity["operations"] == nil && capacity["duration_s"]?.doubleValue == 12)
    }
}
