import HarnessCore
import Testing

@testable import Results

/// The short form of gates, and the rules of limits on changes.
struct AssertionTests {
    @Test func budget() throws {
        let gate = try Gate(assertion: "flush_latency.p95 <= 250ms")
        #expect(gate.profile == "*")
        #expect(gate.metric.name == "flush_latency.p95")
        #expect(gate.limit?.value == 250_000_000)
        let narrow = try Gate(assertion: "sustained/lost@main == 0")
        #expect((narrow.profile, narrow.phase, narrow.limit?.expression) == ("sustained", "main", "== 0"))
    }

    @Test func regression() throws {
        let both = try Gate(assertion: "service_time.p50 regression <= 2.5% or 1us")
        #expect(both.regression == RegressionLimit(maximumRelative: 0.025, minimumAbsolute: 1_000))
        #expect(both.limit == nil)
        let share = try Gate(assertion: "achieved_per_s regression <= 10%")
        #expect(share.regression == RegressionLimit(maximumRelative: 0.1))
    }

    @Test(
        arguments: [
            ("", "\"\" is no assertion; for example \"flush_latency.p95 <= 250ms\" or "),
            ("flush_latency.p95", "\"flush_latency.p95\" is no assertion; for example"),
            (
                "flush_latncy.p95 <= 1s",
                "\"flush_latncy.p95\" is not a known metric; did you mean \"flush_latency.p95\"?"
            ),
            ("lost = 0", "\"= 0\" is not a limit on lost: it does not begin with a comparison"),
            ("service_time.p50 regression >= 10%", "is no assertion: a change is limited with <=; for example"),
            ("service_time.p50 regression <= 10", "\"10\" is not a duration"),
            (
                "service_time.p99_9 regression <= 10%",
                "service_time.p99_9 cannot be gated by its change: p99.9 stands on"
            ),
            (
                "flush_latency.max regression <= 10%",
                "flush_latency.max cannot be gated by its change: a maximum is one"
            ),
            ("attempted regression <= 10%", "attempted cannot be gated by its change: it is neither better"),
            (
                "cpu_percent regression <= 0%",
                "cpu_percent differs from run to run, so that it cannot be held to no change"
            ),
        ]
    )
    func mistakes(text: String, message: String) throws {
        let error = #expect(throws: StrictJSONError.self) { try Gate(assertion: text) }
        let found = try #require(error).description
        #expect(found.contains(message), "\(found)")
    }

    @Test(
        "Mistakes in a thresholds file say where they are, and what was meant",
        arguments: [
            (
                #""regression": {"max_relative": 10}"#,
                "max_relative: 10 is no share between 0 and 1; did you mean \"10%\"?"
            ),
            (#""regression": {"max_relative": "10"}"#, "did you mean \"10%\"?"),
            (
                #""regression": {"max_relativ": "10%"}"#,
                "unknown key \"max_relativ\" in gates[0].regression; did you mean"
            ),
            (#""regression": {"min_absolute": 5}"#, "min_absolute: 5 is not a duration; for example \"250ms\""),
            (#""regression": {}"#, "gates[0].regression: limits nothing; give \"max_relative\""),
            (#""level": "warn""#, "gates[0]: limits nothing; give \"budget\", \"regression\" or both"),
        ]
    )
    func mistakesInFiles(member: String, message: String) throws {
        let gate = "{\"profile\": \"*\", \"metric\": \"service_time.p50\", \(member)}"
        let error = #expect(throws: ResultFileError.self) { try Compared.request([gate]) }
        let found = try #require(error).description
        #expect(found.contains(message), "\(found)")
    }

    @Test("Ids are unique, and waivers name a gate and a day")
    func idsAndWaivers() throws {
        let twice = #expect(throws: ResultFileError.self) {
            try Compared.request([Compared.call, Compared.call.replacing("10%", with: "20%")])
        }
        #expect(
            try #require(twice).description
                == "t.json: gates[1].id: \"call\" is the id of gates[0] already; every gate has an id of its own"
        )
        let nobody = #expect(throws: ResultFileError.self) {
            try Compared.request(
                [Compared.call],
                waivers: [#"{"gate": "cal", "until": "2026-12-01", "reason": "x"}"#]
            )
        }
        #expect(try #require(nobody).description.hasSuffix("is no gate of this file; did you mean \"call\"?"))
        let never = #expect(throws: ResultFileError.self) {
            try Compared.request(
                [Compared.call],
                waivers: [#"{"gate": "call", "until": "2026-02-30", "reason": "x"}"#]
            )
        }
        #expect(try #require(never).description.contains("\"2026-02-30\" is not a day of the calendar"))
    }
}
