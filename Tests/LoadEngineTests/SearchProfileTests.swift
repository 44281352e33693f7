import HarnessCore
import Testing

@testable import LoadEngine

struct SearchProfileTests {
    private static let text = """
        {"name": "s", "phases": [
          {"name": "warm-up", "shape": "constant", "rate": "10/s", "duration": "1s", "report": false},
          {"name": "main", "shape": "search", "from": "2000/s", "to": "50k/s", "probe": "500ms", "duration": "3s",
           "precision_percent": 2.5, "objective": {"service_time.p99": "< 1ms"}, "memory_growth": "1MiB", "flush_every": 7}
        ]}
        """

    private static func document(_ text: String = text) throws -> ProfileDocument {
        try ProfileDocument(parsing: text, source: "s")
    }

    @Test func theKeysOfASearchAreRead() throws {
        let search = try #require(try Self.document().search())
        #expect(search.phase == "main")
        #expect(search.from == 2_000)
        #expect(search.to == 50_000)
        #expect(search.probeNanoseconds == 500_000_000)
        #expect(search.confirmationNanoseconds == 3_000_000_000)
        #expect(search.precision == 0.025)
        #expect(search.objective == [Profile.Threshold(metric: "service_time.p99", expression: "< 1ms")])
        #expect(search.memoryGrowthBytes == 1 << 20)
    }

    @Test func aTryIsAConstantRateThatAllLoadTakes() throws {
        let profile = try Self.document().trying(rate: 4_000, durationNanoseconds: 250_000_000).profile()
        #expect(profile.phases[0].shape == .constant(events: 1, perNanoseconds: 250_000, .duration(1_000_000_000)))
        #expect(profile.phases[1].shape == .constant(events: 1, perNanoseconds: 250_000, .duration(250_000_000)))
        #expect(profile.phases[1].flushEvery == 7)
    }

    @Test func theProfileOfASearchIsThatOfItsFirstTry() throws {
        let profile = try Self.document().profile()
        #expect(profile.phases[1].shape == .constant(events: 1, perNanoseconds: 500_000, .duration(500_000_000)))
    }

    @Test func anyProfileWithOneLoadedPhaseCanSearch() throws {
        let document = try Self.document(
            #"{"name": "x", "phases": [{"name": "m", "shape": "burst", "size": 9, "every": "1s", "duration": "5s"}]}"#
        )
        let search = try #require(try document.searching(origin: .flag).search())
        #expect(search.from == SearchSettings.Defaults.from)
        #expect(try document.search() == nil)
    }

    @Test(arguments: [
        (#""from": "10/s", "to": "10/s""#, "\"from\""),
        (#""precision_percent": 80"#, "0.1 to 50"),
        (#""probe": "1ms""#, "100ms"),
        (#""objective": {"lag.p99": ""}"#, "empty"),
        (#""probes": "1s""#, "\"probe\""),
        (#""rate": "10/s""#, "rate"),
    ])
    func mistakesAreNamed(keys: String, hint: String) throws {
        let document = try Self.document(
            #"{"name": "x", "phases": [{"name": "m", "shape": "search", \#(keys)}]}"#
        )
        let error = try #require(throws: ProfileError.self) { try document.profile() }
        #expect("\(error)".contains(hint), "\(error)")
    }

    @Test func aRateFromOutsideContradictsASearch() throws {
        let rate = ProfileOverrides(rate: Rate.every(nanoseconds: 1_000_000_000, events: 5))
        let error = try #require(throws: ProfileError.self) {
            try Self.document().applying(rate, origin: .flag)
        }
        #expect("\(error)".contains("searches for the rate"))
    }
}
