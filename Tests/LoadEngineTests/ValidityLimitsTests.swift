import HarnessCore
import Testing

@testable import LoadEngine

struct ValidityLimitsTests {
    private func profile(_ validity: String) throws -> Profile {
        try ProfileDocument(
            parsing: """
                {"name": "x", "phases": [{"name": "main", "shape": "idle", "duration": "1s"}], "validity": \(validity)}
                """,
            source: "x"
        ).profile()
    }

    @Test("Where a profile says nothing the defaults hold; more processors bear more company")
    func defaults() {
        let limits = ValidityLimits()
        #expect(limits.policy == .invalid)
        #expect(limits.limit(.lagP99, processors: 2) == .below(10_000_000, orEqual: true))
        for (processors, percent) in [(1, 25.0), (2, 25), (4, 62.5), (6, 75)] {
            #expect(limits.limit(.otherCPUPercent, processors: processors) == .below(percent, orEqual: true))
        }
    }

    @Test func everyLimitCanBeSet() throws {
        let limits = try profile(
            """
            {"lag_p99": "< 5ms", "missed_percent": "<= 0.1%", "steal_percent": "<2", "other_cpu_percent": "off",
             "clock_step": "< 1us", "swap_bytes": "<= 4MiB", "policy": "warning"}
            """
        ).validity
        #expect(limits.policy == .warning)
        #expect(limits.limit(.lagP99, processors: 2) == .below(5_000_000, orEqual: false))
        #expect(limits.limit(.missedPercent, processors: 2) == .below(0.1, orEqual: true))
        #expect(limits.limit(.stealPercent, processors: 2) == .below(2, orEqual: false))
        #expect(limits.limit(.otherCPUPercent, processors: 2) == .off)
        #expect(limits.limit(.clockStep, processors: 2) == .below(1_000, orEqual: false))
        #expect(limits.limit(.swapBytes, processors: 2) == .below(4_194_304, orEqual: true))
        #expect(limits.limit(.throttledPercent, processors: 2) == .below(1, orEqual: true))
    }

    @Test(
        "What is no limit is refused with the reason and a next step",
        arguments: [
            (#"{"lag_p90": "< 5ms"}"#, "unknown key \"lag_p90\" in validity", "did you mean \"lag_p99\"?"),
            (#"{"lag_p99": "5ms"}"#, "does not begin with < or <=", "did you mean \"< 5ms\"?"),
            (#"{"lag_p99": "< 5"}"#, "\"5\" is not a duration", "for example \"< 5ms\""),
            (#"{"steal_percent": "< much"}"#, "\"much\" is not a percentage", "for example \"< 5%\""),
            (#"{"steal_percent": "none"}"#, "is not \"off\"", "for example \"< 5%\""),
            (#"{"swap_bytes": 3}"#, "validity.swap_bytes", "a string"),
            (#"{"policy": "warn"}"#, "validity.policy", "did you mean \"warning\"?"),
            ("[]", "validity", "an object"),
        ]
    )
    func mistakes(validity: String, reason: String, hint: String) {
        let error = #expect(throws: ProfileError.self) { try profile(validity) }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains(reason) && text.contains(hint), "\(text)")
    }

    @Test("A limit on the command line stands in the configuration with its origin, and leaves the plan alone")
    func overrides() throws {
        let document = try ProfileDocument(
            parsing: """
                {"name": "x", "phases": [{"name": "main", "shape": "constant", "rate": "1/s", "count": 1}]}
                """,
            source: "x"
        )
        let changed = try document.applying(ProfileOverrides(set: ["validity.lag_p99=< 1ms"]), origin: .flag)
        #expect(try changed.profile().validity.limit(.lagP99, processors: 2) == .below(1_000_000, orEqual: false))
        #expect(changed.effectiveConfiguration.contains { $0.key == "validity.lag_p99" && $0.origin == .flag })
        #expect(try changed.profile().makePlan().hash == document.profile().makePlan().hash)
    }
}
