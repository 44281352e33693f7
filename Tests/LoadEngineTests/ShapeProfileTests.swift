import HarnessCore
import Testing

@testable import LoadEngine

/// Profiles of loads that change, of scenarios, and what is said of mistakes in them.
struct ShapeProfileTests {
    static func profile(_ phase: String, beside: String = "") throws -> Profile {
        let text = #"{"name": "p", "phases": [{"name": "main", \#(phase)}]\#(beside.isEmpty ? "" : ", \(beside)")}"#
        return try ProfileDocument(parsing: text, source: "p").profile()
    }

    @Test(arguments: [
        (#""shape": "ramp", "form": 0, "stages": []"#, #"phases[0] has no "from"; is "form" meant to be it?"#),
        (
            #""shape": "ramp", "from": 0, "stages": [{"rate": "1/s", "duraton": "1s"}]"#,
            #"phases[0].stages[0] has no "duration"; is "duraton" meant to be it?"#
        ),
        (
            #""shape": "ramp", "from": 0, "stages": [{"rate": 0, "duration": "1s"}]"#,
            #"phases[0].stages: [{"rate":0,"duration":"1s"}] is zero throughout; use "shape": "idle" for no load"#
        ),
        (
            #""shape": "step", "rates": ["1/s", "x"], "every": "1s""#,
            #"phases[0].rates[1]: "x" is not a rate: it does not begin with a number; for example "1000/s""#
        ),
        (
            #""shape": "step", "rates": ["1/s"], "every": "1s", "steps": 3"#,
            #"phases[0].steps: 3 stands beside "rates"; a staircase has either; remove one"#
        ),
        (
            #""shape": "step", "from": "1/s", "to": "2/s", "steps": 1, "duration": "1s""#,
            "phases[0].steps: 1 is out of range; allowed: 2 to 1000"
        ),
        (
            #""shape": "spike", "rate": "1/s", "peak": "5/s", "at": "1s", "for": "1s", "duration": "1500ms""#,
            #"phases[0].at: "1s" puts the spike outside of the phase; "at" + "for" ≤ "duration""#
        ),
        (
            #""shape": "constant", "rate": "1/s", "duration": "1s", "arrivals": "poison""#,
            #"phases[0].arrivals: "poison" is not one of the known values; known: uniform, poisson, did you mean "poisson"?"#
        ),
        (
            #""shape": "burst", "size": 5, "arrivals": "poisson""#,
            #"phases[0].arrivals: "poisson" does not apply to the shape "burst"; remove "arrivals""#
        ),
        (
            #""shape": "max", "duration": "1s", "grace": "2s""#,
            #"phases[0].grace: "2s" does not apply to the shape "max"; remove "grace""#
        ),
        (
            #""shape": "constant", "rate": "1/s", "duration": "1s", "catch_up": "fast""#,
            #"phases[0].catch_up: "fast" is not a multiple of the planned rate; write "2x", anything from "1x" to "1000x", "#
                + #"or "unlimited""#
        ),
        (
            #""shape": "max", "duration": "1s", "think_time": "1ms", "timed_every": 4"#,
            #"phases[0].timed_every: 4 stands beside "think_time"; remove it: pauses leave time enough"#
        ),
        (
            #""shape": "ramp", "from": 0, "stages": [{"rate": "1M/s", "duration": "300d"}], "grase": "1s""#,
            #"unknown key "grase" in phases[0]; did you mean "grace"?"#
        ),
        (
            #""shape": "ramp", "from": 0, "stages": [{"rate": "123456.789/s", "duration": "300d"}]"#,
            #"phases[0].stages: [{"rate":"123456.789/s","duration":"300d"}] makes a curve that cannot be computed exactly; "#
                + "round the rates to whole operations a second, shorten the stages, or use fewer than 1000"
        ),
    ])
    func mistakesInAShape(phase: String, message: String) {
        let error = #expect(throws: ProfileError.self) { try Self.profile(phase) }
        #expect(error?.message == message)
    }

    @Test(arguments: [
        (
            #""producers": 2, "scenarios": [{"name": "a"}]"#,
            #"producers: 2 stands beside "scenarios"; each of them has "producers" of its own"#
        ),
        (
            #""scenarios": [{"name": "a", "wieght": 3}]"#,
            #"unknown key "wieght" in scenarios[0]; did you mean "weight"?"#
        ),
        (
            #""scenarios": [{"name": "a"}, {"name": "a"}]"#,
            #"scenarios[1].name: "a" names two scenarios; give each scenario a name of its own"#
        ),
        (
            #""scenarios": [{"name": "a"}, {"name": "b", "weight": 2, "load": {"shape": "constant", "rate": "5/s"}}]"#,
            #"scenarios[1].weight: 2 stands beside "load"; a scenario has either; remove one"#
        ),
        (
            #""scenarios": [{"name": "b", "load": {"shape": "constant", "rate": "5/s"}}]"#,
            #"scenarios: each scenario has a load of its own, so nobody would issue the phases'; remove "load" from at "#
                + "least one"
        ),
        (
            #""scenarios": [{"name": "a"}, {"name": "b", "load": {"shape": "burst", "size": 5, "duration": "1s"}}]"#,
            #"scenarios[1].load.duration: "1s" does not apply to a load beside the phases; it lasts as long as they do"#
        ),
        (#""scenarios": []"#, "scenarios: [] names 0 scenarios; use 1 to 16"),
        (
            #""scenarios": [{"name": "a", "think_time": "1s"}]"#,
            #"scenarios[0].think_time: "1s" belongs to the closed model; no phase has the shape "max""#
        ),
        (#""stagger": "2d""#, #"stagger: "2d" is longer than a day; the longest is "1d""#),
    ])
    func mistakesInScenarios(beside: String, message: String) {
        let error = #expect(throws: ProfileError.self) {
            try Self.profile(#""shape": "constant", "rate": "10/s", "duration": "1s""#, beside: beside)
        }
        #expect(error?.message == message)
    }

    @Test func aLoadBesideNeedsAnEnd() {
        let error = #expect(throws: ProfileError.self) {
            try Self.profile(
                #""shape": "max", "count": 5"#,
                beside: #""scenarios": [{"name": "a"}, {"name": "b", "load": {"shape": "constant", "rate": "5/s"}}]"#
            )
        }
        #expect(error?.message.hasSuffix(#"beside the phase "main"; give each phase with load a "duration""#) == true)
    }

    @Test func aSoakIsAConstantRateWithFlushes() throws {
        let shape = #""shape": "soak", "rate": "100/s", "duration": "1h""#
        let phase = try Self.profile(shape).makePlan().phases[0]
        #expect(phase.shape == "soak" && phase.operations == 360_000)
        #expect(phase.flushIntervalNanoseconds == 10_000_000_000)
        let often = try Self.profile(shape + #", "flush_interval": "1s""#).makePlan().phases[0]
        #expect(often.flushIntervalNanoseconds == 1_000_000_000)
    }

    @Test func whoStartsLaterEndsLater() throws {
        let plan = try Self.profile(
            #""shape": "constant", "rate": "10/s", "duration": "1s""#,
            beside: #""producers": 3, "stagger": "50ms""#
        ).makePlan()
        #expect(plan.phases[0].durationNanoseconds == 1_100_000_000)
        // Producer 2 has the operations 2, 5 and 8, each 100 ms late.
        #expect(PlanPropertyTests.starts(plan, 2, 0) == [300_000_000, 600_000_000, 900_000_000])
        #expect(plan.operations(ofProducer: 2, inPhase: 0, before: 600_000_000) == 1)
    }

    @Test(arguments: [
        ("unlimited", CatchUp.unlimited), ("2x", .multiple(thousandths: 2000)), ("1.5x", .multiple(thousandths: 1500)),
        ("1x", .multiple(thousandths: 1000)), ("1000x", .multiple(thousandths: 1_000_000)),
        ("1.125x", .multiple(thousandths: 1125)),
    ])
    func catchUpIsText(text: String, catchUp: CatchUp) {
        #expect(CatchUp(text) == catchUp)
        #expect(catchUp.text == text)
    }

    @Test(arguments: ["", "x", "2", "0.5x", "0x", "1001x", "2.x", ".5x", "-2x", "1.2345x", "2 x", "2.5.5x"])
    func otherTextIsNoCatchUp(text: String) {
        #expect(CatchUp(text) == nil)
    }

    // MARK: - Overrides

    static let scenarios = #"""
        {"name": "p", "phases": [{"name": "main", "shape": "constant", "rate": "10/s", "duration": "1s"}],
         "scenarios": [{"name": "events", "weight": 9}, {"name": "logs", "weight": 1}]}
        """#

    @Test func scenariosCanBeSet() throws {
        let document = try ProfileDocument(parsing: Self.scenarios, source: "p")
        let changed = try document.applying(
            ProfileOverrides(
                rate: Rate.every(nanoseconds: 1_000_000_000, events: 100),
                set: ["scenarios.logs.producers=3"]
            ),
            origin: .flag
        )
        let profile = try changed.profile()
        #expect(profile.producers == 4 && profile.scenarios[1].producers == 3)
        #expect(try profile.makePlan().operations(ofScenario: 0, inPhase: 0) == 90)
        let setting = changed.effectiveConfiguration.first { $0.key == "scenarios.logs.producers" }
        #expect(setting?.origin == .flag)
        #expect(!changed.effectiveConfiguration.contains { $0.key == "producers" })
        for (overrides, part) in [
            (ProfileOverrides(producers: 3), "use --set scenarios.events.producers=3"),
            (
                ProfileOverrides(set: ["scenarios.lgos.producers=3"]),
                #"there is no scenario "lgos"; did you mean "logs"?"#
            ),
        ] {
            let error = #expect(throws: ProfileError.self) { try document.applying(overrides, origin: .flag) }
            #expect(error?.message.contains(part) == true)
        }
    }

    @Test func aRateThatChangesIsNotChangedFromOutside() throws {
        let ramp = #""shape": "ramp", "from": 0, "stages": [{"rate": "10/s", "duration": "1s"}]"#
        let document = try ProfileDocument(
            parsing: #"{"name": "p", "phases": [{"name": "main", \#(ramp)}]}"#,
            source: "p"
        )
        for (overrides, part) in [
            (ProfileOverrides(rate: .unlimited), #"phase "main" has the shape "ramp", whose rate changes"#),
            (ProfileOverrides(durationNanoseconds: 5), #"phase "main" has stages with durations of their own"#),
        ] {
            let error = #expect(throws: ProfileError.self) { try document.applying(overrides, origin: .flag) }
            #expect(error?.message.contains(part) == true)
        }
    }

    /// What the profile says and the user takes away is a change, though nothing of it is left.
    @Test func removedSettingsAreNamed() throws {
        let text = """
            {"name": "p", "system": {"batch_size": 512}, "workload": {"attributes": 3},
             "phases": [{"name": "main", "shape": "constant", "rate": "10/s", "duration": "1s"}]}
            """
        let overrides = ProfileOverrides(set: ["system.batch_size=", "workload.attributes="])
        let settings = try ProfileDocument(parsing: text, source: "p").applying(overrides, origin: .flag)
            .effectiveConfiguration.filter { $0.origin == .flag }
        #expect(settings.map(\.key) == ["workload.attributes", "system.batch_size"])
        #expect(settings.map(\.value) == [.integer(1), .null])
    }
}
