import HarnessCore
import Testing

@testable import LoadEngine

struct ProfileTests {
    static func profile(_ text: String) throws(ProfileError) -> Profile {
        try ProfileDocument(parsing: text, source: "p").profile()
    }

    /// The example of the documentation.
    static let sustained = """
        {
          // Comments are allowed.
          "name": "sustained",
          "description": "1,000 events a second for ten seconds",
          "system": {"batch_size": 500, "flush_interval": "1s", "queue_limit": 20000, "overflow": "drop"},
          "workload": {"operation": "event", "attributes": 1},
          "phases": [
            {"name": "warm-up", "shape": "constant", "rate": "1000/s", "duration": "2s", "report": false},
            {"name": "main", "shape": "burst", "size": 100, "every": "100ms", "duration": "10s"}
          ],
          "producers": 1,
          "seed": 1,
          "thresholds": {"delivered_per_s": ">= 900", "lost": "== 0", "flush_latency.p95": "<= 250ms"}
        }
        """

    @Test func readsEveryPart() throws {
        let profile = try Self.profile(Self.sustained)
        #expect(profile.name == "sustained")
        #expect(profile.description == "1,000 events a second for ten seconds")
        #expect(profile.system == "telemetry")
        #expect(
            profile.options == [
                "batch_size": .integer(500), "flush_interval": .string("1s"), "queue_limit": .integer(20_000),
                "overflow": .string("drop"),
            ]
        )
        #expect(profile.workload == WorkloadMix(Workload(operation: .event, attributes: 1, valueLength: .init(20))))
        #expect(profile.phases.map(\.name) == ["warm-up", "main"])
        #expect(profile.phases.map(\.report) == [false, true])
        #expect(profile.phases.map(\.flush) == [true, true])
        #expect(
            profile.phases[0].shape
                == .constant(events: 1, perNanoseconds: 1_000_000, .duration(2_000_000_000))
        )
        #expect(
            profile.phases[1].shape
                == .burst(size: 100, everyNanoseconds: 100_000_000, .duration(10_000_000_000))
        )
        #expect(profile.producers == 1 && profile.seed == 1)
        #expect(profile.thresholds.map(\.metric) == ["delivered_per_s", "lost", "flush_latency.p95"])
        #expect(profile.thresholds.map(\.expression) == [">= 900", "== 0", "<= 250ms"])
    }

    @Test func defaultsAreFilledIn() throws {
        let profile = try Self.profile(#"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 5}]}"#)
        #expect(profile.system == "telemetry" && profile.options.isEmpty)
        #expect(profile.workload == WorkloadMix(Workload()))
        #expect(profile.producers == 1 && profile.seed == 1 && profile.thresholds.isEmpty && profile.description == "")
        #expect(profile.phases[0].report && profile.phases[0].flush && profile.phases[0].timedEvery == 1)
    }

    @Test(arguments: [
        (#"{"phases": []}"#, #"profile has no "name""#),
        (#"{"name": "", "phases": []}"#, #"name: "" is empty"#),
        (#"{"name": "a b", "phases": []}"#, #"name: "a b" is not a name; use letters, digits, "-" and "_""#),
        (#"{"name": "x"}"#, #"profile has no "phases""#),
        (
            #"{"name": "x", "phases": []}"#,
            #"phases: [] has no phases; add at least one, for instance a "constant" one"#
        ),
        (#"{"name": "x", "phasess": []}"#, #"profile has no "phases"; is "phasess" meant to be it?"#),
        (
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 1}], "producer": 2}"#,
            #"unknown key "producer" in profile; did you mean "producers"?"#
        ),
        (
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 1}], "producers": 0}"#,
            "producers: 0 is out of range; allowed: 1 to 256"
        ),
        (
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 1}], "workload": {"attributes": 0}}"#,
            "workload.attributes: 0 is out of range; allowed: 1 to 4096"
        ),
        (
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 1}], "system": {"a": [1]}}"#,
            "system.a: [1] is an array; a system option is a Boolean, number or string"
        ),
        (
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 1}], "thresholds": {"lost": 0}}"#,
            "thresholds.lost: 0 is a number, not a string"
        ),
        (
            #"{"name": "x", "phases": [{"name": "m", "shape": "max", "count": 1, "report": false}]}"#,
            #"phases: every phase has "report": false, so the run would have no result; remove it from at least one phase"#
        ),
    ])
    func whatIsWrongIsSaid(text: String, message: String) {
        let error = #expect(throws: ProfileError.self) { try Self.profile(text) }
        #expect(error?.message == message)
        #expect(error?.description == "profile p: \(message)")
    }

    @Test(arguments: [
        (#""shape": "max", "count": 1"#, #"phases[0] has no "name""#),
        (
            #""name": "m", "shape": "burts", "size": 1"#,
            #"phases[0].shape: "burts" is not one of the known values; known: constant, ramp, step, spike, burst, soak, max, idle, search, did you mean "burst"?"#
        ),
        (#""name": "m", "shape": "constant", "duration": "1s""#, #"phases[0] has no "rate""#),
        (
            #""name": "m", "shape": "constant", "rate": "0/s", "duration": "1s""#,
            #"phases[0].rate: "0/s" is not a rate: it is zero; use a phase of shape "idle" for no load, "max" for no limit; "#
                + #"for example "1000/s""#
        ),
        (
            #""name": "m", "shape": "constant", "rate": "max", "duration": "1s""#,
            #"phases[0].rate: "max" is not an arrival rate; use "shape": "max" for no limit"#
        ),
        (
            #""name": "m", "shape": "constant", "rate": "2000000000/s", "duration": "1s""#,
            #"phases[0].rate: "2000000000/s" is more than one operation a nanosecond; use "shape": "max""#
        ),
        (
            #""name": "m", "shape": "constant", "rate": "1/s", "duration": "1s", "count": 3"#,
            #"phases[0].count: 3 stands beside "duration"; remove one: either ends the phase"#
        ),
        (
            #""name": "m", "shape": "constant", "rate": "1/s""#,
            #"phases[0]: the phase has no end; add "duration" (for instance "10s") or "count" (for instance 10000)"#
        ),
        (
            #""name": "m", "shape": "max", "duration": "0s""#,
            #"phases[0].duration: "0s" is zero; it has to be at least 1 ns"#
        ),
        (#""name": "m", "shape": "max", "count": 0"#, "phases[0].count: 0 is zero; it has to be at least 1"),
        (
            #""name": "m", "shape": "max", "duration": "366d""#,
            #"phases[0].duration: "366d" is longer than a year; the longest phase is "365d""#
        ),
        (
            #""name": "m", "shape": "max", "duration": "1s", "rate": "1/s""#,
            #"phases[0].rate: "1/s" does not apply to the shape "max"; remove "rate""#
        ),
        (
            #""name": "m", "shape": "idle", "duration": "1s", "flush_every": 3"#,
            #"phases[0].flush_every: 3 does not apply to the shape "idle"; remove "flush_every""#
        ),
        (#""name": "m", "shape": "idle""#, #"phases[0] has no "duration""#),
        (#""name": "m", "shape": "burst", "every": "1s", "duration": "1s""#, #"phases[0] has no "size""#),
        (
            #""name": "m", "shape": "burst", "size": 0, "every": "1s", "duration": "1s""#,
            "phases[0].size: 0 is zero; it has to be at least 1"
        ),
        (
            #""name": "m", "shape": "burst", "size": 5, "duration": "1s""#,
            #"phases[0].duration: "1s" needs the distance of the bursts; add "every", for instance "1s""#
        ),
        (
            #""name": "m", "shape": "burst", "size": 5, "count": 6"#,
            #"phases[0].count: 6 differs from "size" (5); add "every" for several bursts"#
        ),
        (
            #""name": "m", "shape": "max", "count": 1, "flush_every": 0"#,
            "phases[0].flush_every: 0 is zero; it has to be at least 1"
        ),
        (
            #""name": "m", "shape": "max", "count": 1, "flushh": true"#,
            #"unknown key "flushh" in phases[0]; did you mean "flush"?"#
        ),
        (
            #""name": "m", "shape": "max", "count": 1}, {"name": "m", "shape": "max", "count": 1"#,
            #"phases[1].name: "m" names two phases; give each phase a name of its own"#
        ),
    ])
    func whatIsWrongInAPhaseIsSaid(phase: String, message: String) {
        let error = #expect(throws: ProfileError.self) {
            try Self.profile(#"{"name": "x", "phases": [{\#(phase)}]}"#)
        }
        #expect(error?.message == message)
    }

    @Test func whatIsNoJSONIsAnError() {
        let error = #expect(throws: ProfileError.self) { try Self.profile("{") }
        #expect(error?.message.hasPrefix("line 1, column 2") == true)
        #expect(throws: ProfileError.self) { try Self.profile("[]") }
    }
}
