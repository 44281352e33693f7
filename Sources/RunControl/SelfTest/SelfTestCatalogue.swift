/// All checks of the self-test.
///
/// To teach it another defect, add a row: a profile in which a healthy system passes (its control), and the gates that
/// must break with the defect in it.
package enum SelfTestCatalogue {
    /// The checks in the order in which they are run; controls come before those that learn from them.
    package static let all: [SelfTestCheck] = coordinatedOmission + deliveries + accounts + costs + settings

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

    private static let deliveries: [SelfTestCheck] = [
        .green("healthy", profile(system: "telemetry", load: events)),
        .red("drop", profile(system: "faulty:drop=1/1000", load: events), gates: ["lost", "unaccounted"]),
        .red("duplicate", profile(system: "faulty:duplicate=1/1000", load: events), gates: ["duplicated"]),
        .red("nothing", profile(system: "faulty:nothing", load: events), gates: ["lost", "unaccounted"]),
        .red("wrong_run", profile(system: "faulty:wrong_run=1/1000", load: events), gates: ["lost", "unaccounted"]),
        .green("healthy-wide", profile(system: "telemetry", load: events, workload: wideEvents)),
        .red(
            "truncate",
            profile(system: "faulty:truncate=1/10", load: events, workload: wideEvents),
            gates: ["corrupted", "body_bytes_per_item"],
            learned: .init(metric: "body_bytes_per_item", control: "healthy-wide") { ">= \(0.98 * $0)" }
        ),
        .green("healthy-spans", profile(system: "telemetry", load: events, workload: #"{"operation": "span"}"#)),
        .red(
            "reverse_timestamps",
            profile(system: "faulty:reverse_timestamps", load: events, workload: #"{"operation": "span"}"#),
            gates: ["invalid_items"]
        ),
    ]

    // MARK: - What the system says of itself

    /// Nothing is sent by itself for as long as the run lasts: only the flush can do it.
    private static let flushOnly = #""batch_size": 10000, "flush_interval": "30s", "queue_limit": 20000"#

    private static let accounts: [SelfTestCheck] = [
        .red(
            "swap_counters",
            profile(system: "faulty:swap_counters", load: events),
            gates: ["dropped", "unaccounted"],
            saying: "the system accounts for"
        ),
        .green("healthy-flush", profile(system: "telemetry", settings: flushOnly, load: .thenSilence)),
        .red(
            "lying_flush",
            profile(system: "faulty:lying_flush", settings: flushOnly, load: .thenSilence),
            gates: ["lost", "unaccounted"],
            saying: "reported success"
        ),
    ]

    // MARK: - What it costs

    private static let cheap = #""service_time.p50": "< 100us", "service_time.p99": "< 2ms""#
    private static let frugal = #""bytes_in_use_growth": "< 400kB""#

    private static let costs: [SelfTestCheck] = [
        .green("healthy-calls", profile(system: "telemetry", load: .flushed, thresholds: cheap, isTimed: true)),
        .red(
            "slow",
            profile(system: "faulty:slow=300us", load: .flushed, thresholds: cheap, isTimed: true),
            gates: ["service_time.p50"]
        ),
        .red(
            "block",
            profile(system: "faulty:block=1/40,for=8ms", load: .flushed, thresholds: cheap, isTimed: true),
            gates: ["service_time.p99"]
        ),
        .green("healthy-memory", profile(system: "telemetry", load: .flushed, thresholds: frugal)),
        .red(
            "leak-event",
            profile(system: "faulty:leak=512B/event", load: .flushed, thresholds: frugal),
            gates: ["bytes_in_use_growth"]
        ),
        .red(
            "leak-flush",
            profile(system: "faulty:leak=64KB/flush", load: .flushed, thresholds: frugal),
            gates: ["bytes_in_use_growth"]
        ),
    ]

    // MARK: - Whether settings have an effect

    private static let few = Load.constant("2000/s", "1500ms")
    private static let knobs =
        #""batch_size": 50, "flush_interval": "20s", "compression": "gzip", "queue_limit": 20000"#
    private static let interval =
        #""batch_size": 10000, "flush_interval": "50ms", "queue_limit": 20000"#
    private static let queue = #""batch_size": 100, "export": "manual", "queue_limit": 500"#
    private static let batched = #""items_per_request": "<= 50""#
    private static let fresh = #""freshness.p90": "< 500ms""#
    private static let bounded = #""accepted": "<= 600""#

    private static let settings: [SelfTestCheck] = [
        .green("healthy-batches", profile(system: "telemetry", settings: knobs, load: few, thresholds: batched)),
        .red(
            "ignore-batch_size",
            profile(system: "faulty:ignore=batch_size", settings: knobs, load: few, thresholds: batched),
            gates: ["items_per_request"]
        ),
        .red(
            "ignore-compression",
            profile(system: "faulty:ignore=compression", settings: knobs, load: few, thresholds: batched),
            gates: ["body_bytes_per_item"],
            learned: .init(metric: "body_bytes_per_item", control: "healthy-batches") { "<= \(1.1 * $0)" }
        ),
        .green(
            "healthy-interval",
            profile(system: "telemetry", settings: interval, load: few, thresholds: fresh, isTimed: true)
        ),
        .red(
            "ignore-flush_interval",
            profile(
                system: "faulty:ignore=flush_interval",
                settings: interval,
                load: few,
                thresholds: fresh,
                isTimed: true
            ),
            gates: ["freshness.p90"]
        ),
        .green("healthy-queue", profile(system: "telemetry", settings: queue, load: few, refusals: bounded)),
        .red(
            "ignore-queue_limit",
            profile(system: "faulty:ignore=queue_limit", settings: queue, load: few, refusals: bounded),
            gates: ["accepted"]
        ),
    ]
}
