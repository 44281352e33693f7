import HarnessCore
import Testing

@testable import LoadEngine

struct ProfileOverridesTests {
    static func document(_ text: String = ProfileTests.sustained) throws -> ProfileDocument {
        try ProfileDocument(parsing: text, source: "p")
    }

    static func changed(
        _ overrides: ProfileOverrides,
        _ text: String = ProfileTests.sustained
    ) throws -> Profile {
        try document(text).applying(overrides, origin: .flag).profile()
    }

    @Test func theRateGoesToEveryPhaseWithLoad() throws {
        let profile = try Self.changed(ProfileOverrides(rate: Rate.every(nanoseconds: 1_000_000_000, events: 2000)))
        #expect(profile.phases[0].shape == .constant(events: 1, perNanoseconds: 500_000, .duration(2_000_000_000)))
        #expect(
            profile.phases[1].shape == .burst(size: 100, everyNanoseconds: 50_000_000, .duration(10_000_000_000))
        )
    }

    @Test func theRateMaxMakesClosedPhases() throws {
        let profile = try Self.changed(ProfileOverrides(rate: .unlimited))
        #expect(profile.phases.map(\.shape) == [.max(.duration(2_000_000_000)), .max(.duration(10_000_000_000))])
    }

    @Test func aClosedPhaseTakesAFractionalRate() throws {
        let profile = try Self.changed(
            ProfileOverrides(rate: Rate.every(nanoseconds: 3_000_000_000, events: 1000)),
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "duration": "1s", "timed_every": 9}]}"#
        )
        #expect(profile.phases[0].shape == .constant(events: 1, perNanoseconds: 3_000_000, .duration(1_000_000_000)))
        #expect(profile.phases[0].timedEvery == 1)
    }

    @Test func theDurationGoesToReportedPhasesInPlaceOfACount() throws {
        let text = """
            {"name": "x", "phases": [
             {"name": "w", "shape": "max", "count": 5, "report": false}, {"name": "m", "shape": "max", "count": 5},
             {"name": "b", "shape": "burst", "size": 5}, {"name": "i", "shape": "idle", "duration": "1s"}]}
            """
        let profile = try Self.changed(ProfileOverrides(durationNanoseconds: 1_500_000_000), text)
        #expect(
            profile.phases.map(\.shape) == [
                .max(.count(5)), .max(.duration(1_500_000_000)), .burst(size: 5, everyNanoseconds: 0, .count(5)),
                .idle(1_000_000_000),
            ]
        )
        let idle = #"{"name": "x", "phases": [{"name": "i", "shape": "idle", "duration": "1s"}]}"#
        let longer = try Self.changed(ProfileOverrides(durationNanoseconds: 7), idle)
        #expect(longer.phases[0].shape == .idle(7))
    }

    @Test func producersAndSeedAreChecked() throws {
        let profile = try Self.changed(ProfileOverrides(producers: 4, seed: 99))
        #expect(profile.producers == 4 && profile.seed == 99)
        let error = #expect(throws: ProfileError.self) { try Self.changed(ProfileOverrides(producers: 0)) }
        #expect(error?.message == "producers: 0 is out of range; allowed: 1 to 256")
    }

    @Test func assignmentsReachEverySetting() throws {
        let profile = try Self.changed(
            ProfileOverrides(set: [
                "system.batch_size=100", "system.overflow=wait", "system.ratio=0.5", "system.compress=true",
                "system.name=", "workload.attributes=5", "phases.main.size=10", "phases.warm-up.duration=1s",
                "producers=2", "seed=7", "thresholds.flush_latency.p95=<= 1s", "description=changed",
                "system.flush_interval=", "sampling=false",
            ])
        )
        #expect(!profile.samplesMemory)
        #expect(
            profile.options == [
                "batch_size": .integer(100), "overflow": .string("wait"), "ratio": .number(0.5),
                "compress": .bool(true), "queue_limit": .integer(20_000),
            ]
        )
        #expect(profile.system == "telemetry", "no text removes the setting, which has a default")
        #expect(profile.workload.single?.attributes == 5)
        #expect(profile.producers == 2 && profile.seed == 7 && profile.description == "changed")
        #expect(profile.phases[0].shape == .constant(events: 1, perNanoseconds: 1_000_000, .duration(1_000_000_000)))
        #expect(profile.thresholds.contains(Profile.Threshold(metric: "flush_latency.p95", expression: "<= 1s")))
    }

    @Test(arguments: ["system.name=null", #"system.name="null""#])
    func nullIsAWord(assignment: String) throws {
        #expect(try Self.changed(ProfileOverrides(set: [assignment])).system == "null")
    }

    @Test(arguments: [
        ("batch_size", #""batch_size" is not a setting; write key=value, for example system.batch_size=100"#),
        ("=3", #""=3" is not a setting; write key=value, for example system.batch_size=100"#),
        ("sytem.batch_size=1", #"unknown setting "sytem.batch_size"; did you mean "system.batch_size"?"#),
        ("valuelength=5", #"unknown setting "valuelength"; did you mean "workload.value_length"?"#),
        (
            "zzz=1",
            #"unknown setting "zzz"; known: system, workload, phases, scenarios, producers, stagger, seed, thresholds, validity, leak, faults, sampling, description; an option of the system is written "system.zzz""#
        ),
        ("system=1", #""system" is a group of settings; name one of them, for example system.batch_size"#),
        ("phases.mian.size=1", #"there is no phase "mian"; did you mean "main"?"#),
        (
            "phases.main=1",
            #""phases.main" is not a setting of a phase; write phases.NAME.KEY, for example phases.warm-up.duration"#
        ),
        ("producers.x=1", #""producers.x" is not a setting: producers has no members"#),
        ("name=x", "the name of a profile cannot be changed; copy the profile instead"),
        ("workload.atributes=3", #"unknown key "atributes" in workload; did you mean "attributes"?"#),
        ("phases.main.size=0", "phases[1].size: 0 is zero; it has to be at least 1"),
    ])
    func wrongAssignmentsAreErrors(assignment: String, message: String) {
        let error = #expect(throws: ProfileError.self) { try Self.changed(ProfileOverrides(set: [assignment])) }
        #expect(error?.message == message)
    }

    @Test func aChangeWithoutEffectIsAnError() {
        let idle = #"{"name": "x", "phases": [{"name": "i", "shape": "idle", "duration": "1s"}]}"#
        let rate = #expect(throws: ProfileError.self) { try Self.changed(ProfileOverrides(rate: .unlimited), idle) }
        #expect(rate?.message == "no phase has a rate that could be changed; remove the rate from the call")
        let burst = #"{"name": "x", "phases": [{"name": "b", "shape": "burst", "size": 5}]}"#
        let duration = #expect(throws: ProfileError.self) {
            try Self.changed(ProfileOverrides(durationNanoseconds: 1), burst)
        }
        #expect(
            duration?.message
                == "no reported phase has a duration that could be changed; remove the duration from the call"
        )
    }

    @Test func environmentVariablesAreRead() throws {
        let overrides = try ProfileOverrides(environment: [
            "BENCH_RATE": "2k/s", "BENCH_DURATION": "250ms", "BENCH_PRODUCERS": "3", "BENCH_SEED": "5",
            "BENCH_SET": "system.a=1,system.b=x", "PATH": "/bin",
        ])
        #expect(
            overrides
                == ProfileOverrides(
                    rate: Rate.every(nanoseconds: 1_000_000_000, events: 2000),
                    durationNanoseconds: 250_000_000,
                    producers: 3,
                    seed: 5,
                    set: ["system.a=1", "system.b=x"]
                )
        )
        #expect(try ProfileOverrides(environment: [:]) == ProfileOverrides())
        let error = #expect(throws: QuantityError.self) { try ProfileOverrides(environment: ["BENCH_RATE": "ten"]) }
        #expect(error?.description.contains("a rate for BENCH_RATE") == true)
    }

    @Test func everySettingHasItsOrigin() throws {
        let document = try Self.document()
            .applying(ProfileOverrides(producers: 2, set: ["system.batch_size=10"]), origin: .environment)
            .applying(ProfileOverrides(producers: 3, set: ["phases.main.size=50"]), origin: .flag)
        let settings = document.effectiveConfiguration
        func setting(_ key: String) -> EffectiveSetting? { settings.first { $0.key == key } }
        #expect(setting("producers") == EffectiveSetting(key: "producers", value: .integer(3), origin: .flag))
        #expect(setting("system.batch_size")?.origin == .environment)
        #expect(setting("system.batch_size")?.value == .integer(10))
        #expect(setting("system.overflow")?.origin == .profile)
        #expect(
            setting("system.name")
                == EffectiveSetting(key: "system.name", value: .string("telemetry"), origin: .default)
        )
        #expect(setting("workload.value_length")?.origin == .default)
        #expect(setting("phases.main.size")?.origin == .flag)
        #expect(setting("phases.main.report")?.origin == .default)
        #expect(setting("phases.warm-up.report")?.origin == .profile)
        #expect(setting("thresholds.lost")?.value == .string("== 0"))
        #expect(Set(settings.map(\.key)).count == settings.count)
    }
}
