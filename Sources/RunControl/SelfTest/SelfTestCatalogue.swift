import Results

/// All checks of the self-test.
///
/// To teach it another defect, add a row: a profile in which a healthy system passes (its control), and the limits that
/// must break with the defect in it, by as much as is planted.
package enum SelfTestCatalogue {
    /// The checks in the order in which they are run; controls come before those that learn from them.
    package static let all: [SelfTestCheck] = coordinatedOmission + deliveries + accounts + costs + leaks + knobs

    // MARK: - Coordinated omission

    private static let coordinatedOmission: [SelfTestCheck] = [
        .stall(
            "stall",
            profile(system: "faulty:stall=600ms,at=1s,base=null", load: .constant("2000/s", "3s"), isTimed: true),
            StallCheck(stallSeconds: 0.6, offsetSeconds: 1, tolerance: .tight)
        ),
        // Calls take two fifths of the producer's time, so the backlog is worked off at two and a half times the rate.
        // They sleep rather than spin: what is tested is the generator, and not how much of a processor is left for it.
        .stall(
            "stall-drain",
            profile(
                system: "faulty:block=1/1,for=200us,stall=400ms,at=1s,base=null",
                load: .constant("1500/s", "3s"),
                isTimed: true
            ),
            StallCheck(stallSeconds: 0.4, offsetSeconds: 1, plantedServiceSeconds: 0.0002, tolerance: .tight)
        ),
        // The generator itself catches up at twice the rate at most, whatever the system could take.
        .stall(
            "stall-catch_up",
            profile(
                system: "faulty:stall=400ms,at=500ms,base=null",
                load: .boundedCatchUp("2000/s", "3s"),
                isTimed: true
            ),
            StallCheck(stallSeconds: 0.4, offsetSeconds: 0.5, tolerance: .tight)
        ),
        .stall(
            "stall-producers",
            profile(
                system: "faulty:stall=500ms,at=1s,base=null",
                load: .constant("4000/s", "2500ms"),
                producers: 2,
                isTimed: true
            ),
            StallCheck(stallSeconds: 0.5, offsetSeconds: 1, tolerance: .tight)
        ),
    ]

    // MARK: - Delivery

    private static let events = Load.constant("5000/s", "1s")
    private static let wideEvents = #"{"operation": "event", "attributes": 5, "value_length": 40}"#

    /// Three clients in one process, with two producers each.
    private static func tenants(_ system: String) -> String {
        profile(system: system, settings: usual + #", "clients": 3"#, load: events, producers: 6)
    }

    /// Every seventh event has secrets, so that a defect meets some whatever its period is.
    private static func canaries(_ system: String) -> String {
        profile(system: system, load: events, workload: #"{"operation": "event", "attributes": 3, "canaries": 7}"#)
    }

    private static let compactJSON = #", "protocol": "http/json", "compression": "gzip""#

    private static let deliveries: [SelfTestCheck] = [
        .green("healthy", profile(system: "telemetry", load: events)),
        .red(
            "drop",
            profile(system: "faulty:drop=1/1000", load: events),
            breaks: [.exactly("lost", 5), .exactly("unaccounted", 5)],
            saying: "of 5000 accepted items 4995 arrived"
        ),
        .red(
            "duplicate",
            profile(system: "faulty:duplicate=1/1000", load: events),
            breaks: [.exactly("duplicated", 5)]
        ),
        .red(
            "nothing",
            profile(system: "faulty:nothing", load: events),
            breaks: [.exactly("lost", 5000), .exactly("unaccounted", 5000)],
            saying: "of 5000 accepted items 0 arrived"
        ),
        .red(
            "wrong_run",
            profile(system: "faulty:wrong_run=1/1000", load: events),
            breaks: [.exactly("lost", 5), .exactly("unaccounted", 5)],
            saying: "of 5000 accepted items 4995 arrived"
        ),
        .green("healthy-tenants", tenants("telemetry")),
        .red("wrong_tenant", tenants("faulty:wrong_tenant=1/10"), breaks: [.within("wrong_tenant", 1...5000)]),
        .green("healthy-canaries", canaries("telemetry")),
        // Of 5,000 items 715 have secrets, and one in ten is sent as it is: 71.5, give or take four standard deviations of
        // 8.0. Its thirteen secrets have the word 17 times.
        .red("canary", canaries("faulty:canary=1/10"), breaks: [.within("canaries_leaked", 39 * 17...104 * 17)]),
        .green("healthy-wide", profile(system: "telemetry", load: events, workload: wideEvents)),
        .red(
            "truncate",
            profile(system: "faulty:truncate=1/10", load: events, workload: wideEvents),
            // One in ten of 5,000 is cut off, and one in 64 carries a checksum: 7.8, give or take four standard deviations of 2.8.
            breaks: [.limit("body_bytes_per_item"), .within("corrupted", 1...19)],
            learned: .init(metric: "body_bytes_per_item", control: "healthy-wide") { ">= \(0.98 * $0)" }
        ),
        .green("healthy-spans", profile(system: "telemetry", load: events, workload: #"{"operation": "span"}"#)),
        .red(
            "reverse_timestamps",
            profile(system: "faulty:reverse_timestamps", load: events, workload: #"{"operation": "span"}"#),
            breaks: [.exactly("invalid_items", 5000), .exactly("wire_violations", 5000)]
        ),
        .green(
            "healthy-spans-json",
            profile(
                system: "telemetry",
                settings: usual + compactJSON,
                load: events,
                workload: #"{"operation": "span"}"#
            )
        ),
        .red(
            "reverse_timestamps-json",
            profile(
                system: "faulty:reverse_timestamps",
                settings: usual + compactJSON,
                load: events,
                workload: #"{"operation": "span"}"#
            ),
            breaks: [.exactly("invalid_items", 5000), .exactly("wire_violations", 5000)]
        ),
    ]

    // MARK: - What the system says of itself

    /// Nothing is sent by itself for as long as the run lasts: only the flush can do it.
    private static let flushOnly = #""batch_size": 10000, "flush_interval": "30s", "queue_limit": 20000"#

    /// The receiver refuses three requests, and takes them when they come again.
    private static func retried(_ system: String) -> String {
        profile(
            system: system,
            settings: usual + #", "retry_initial_backoff": "20ms""#,
            load: events,
            faults: "status=503,next=3"
        )
    }

    private static let accounts: [SelfTestCheck] = [
        .red(
            "swap_counters",
            profile(system: "faulty:swap_counters", load: events),
            breaks: [.exactly("dropped", 5000), .exactly("unaccounted", -5000)],
            saying: "the system accounts for"
        ),
        .green("healthy-retry", retried("telemetry")),
        // Three requests of some 500 items each are counted twice; the items themselves arrive once.
        .red(
            "double_count",
            retried("faulty:double_count"),
            breaks: [],
            verdict: .invalid,
            saying: "the system's account does not balance"
        ),
        .green("healthy-flush", profile(system: "telemetry", settings: flushOnly, load: .thenSilence)),
        .red(
            "lying_flush",
            profile(system: "faulty:lying_flush", settings: flushOnly, load: .thenSilence),
            breaks: [.exactly("lost", 5000), .exactly("unaccounted", 5000)],
            saying: "reported success"
        ),
    ]

    // MARK: - What it costs

    private static let cheap = #""service_time.p50": "< 100us", "service_time.p99": "< 2ms""#
    private static let frugal = #""bytes_in_use_growth": "< 400kB""#
    private static let frugalBytes = 400e3

    /// Attributes enough that the call outweighs the two readings of the clock around it.
    private static let wide = #"{"operation": "event", "attributes": 20, "value_length": 40}"#

    /// What a leak must add to the heap: what is planted, up to 32 bytes beside it each time for the allocator, and what a
    /// healthy system may grow by.
    private static func leaked(bytes: Double, times: Double) -> BrokenLimit {
        .within("bytes_in_use_growth", bytes * times...(bytes + 32) * times + frugalBytes)
    }

    private static func paired(_ system: String) -> String {
        profile(system: system, load: .constant("4000/s", "400ms"), workload: wide, isTimed: true)
    }

    private static let costs: [SelfTestCheck] = [
        .green("healthy-calls", profile(system: "telemetry", load: .flushed, thresholds: cheap, isTimed: true)),
        .red(
            "slow",
            profile(system: "faulty:slow=300us", load: .flushed, thresholds: cheap, isTimed: true),
            breaks: [.within("service_time.p50", 300e3...1e6)]
        ),
        .red(
            "block",
            profile(system: "faulty:block=1/40,for=8ms", load: .flushed, thresholds: cheap, isTimed: true),
            breaks: [.within("service_time.p99", 8e6...12e6)]
        ),
        .paired(
            "healthy-pairs",
            baseline: paired("telemetry"),
            candidate: paired("telemetry"),
            PairedCheck(metric: "service_time.p50", expectation: .same)
        ),
        // By half of what a call takes; the clock's share is not slowed, and the defect's own work adds to it.
        .paired(
            "slow-percent",
            baseline: paired("telemetry"),
            candidate: paired("faulty:slow=50%"),
            PairedCheck(metric: "service_time.p50", expectation: .slower(30...90))
        ),
        .green("healthy-memory", profile(system: "telemetry", load: .flushed, thresholds: frugal)),
        .red(
            "leak-event",
            profile(system: "faulty:leak=512B/event", load: .flushed, thresholds: frugal),
            breaks: [leaked(bytes: 512, times: 2000)]
        ),
        .red(
            "leak-flush",
            profile(system: "faulty:leak=64KB/flush", load: .flushed, thresholds: frugal),
            // One after each twenty operations, and one at the end of the phase.
            breaks: [leaked(bytes: 64_000, times: 101)]
        ),
    ]
}
