extension SelfTestCatalogue {
    /// Whether settings have their effect, and whether it is noticed when they have none.
    static let knobs: [SelfTestCheck] =
        pair("batch_size", batchSize) { system, value in
            profile(system: system, settings: #""batch_size": \#(value), \#(untimed)"#, load: .constant("2000/s", "1s"))
        }
        + pair("flush_interval", flushInterval) { system, value in
            profile(
                system: system,
                settings: #""batch_size": 10000, "flush_interval": "\#(value)", "queue_limit": 20000"#,
                load: .constant("2000/s", "1s"),
                isTimed: true
            )
        }
        + pair("queue_limit", queueLimit) { system, value in
            profile(
                system: system,
                settings: #""batch_size": 100, "export": "manual", "queue_limit": \#(value)"#,
                load: .constant("2000/s", "1s"),
                refusals: #""dropped": "== 0""#
            )
        }
        + pair("compression", compression) { system, value in
            profile(
                system: system,
                settings: #""batch_size": 20, "compression": "\#(value)", \#(untimed)"#,
                load: .constant("200/s", "500ms"),
                workload: #"{"operation": "event", "attributes": 40, "value_length": {"min": 900, "max": 1000}}"#
            )
        }
        + pair("request_timeout", requestTimeout, flushTimeout: 1_000_000_000) { system, value in
            profile(
                system: system,
                settings: #"""
                    "batch_size": 10000, "request_timeout": "\#(value)", \#(untimed), "retry_maximum_elapsed": "1ms"
                    """#,
                load: .constant("500/s", "200ms"),
                // What cannot be exported is given up with a reason, or still queued when the flush gives up.
                refusals: #""rejected": "== 0""#,
                balance: #""duplicated": "== 0", "unaccounted": "== 0""#,
                faults: "hang",
                isTimed: true
            )
        }
        + pair("overflow", overflow) { system, value in
            profile(
                system: system,
                settings: #"""
                    "batch_size": 100, "flush_interval": "20s", "queue_limit": 300, "overflow": "\#(value)"
                    """#,
                load: .constant("4000/s", "500ms"),
                refusals: #""dropped": "== 0""#,
                faults: "delay=50ms",
                isTimed: true
            )
        }

    /// No timer goes off for as long as a run lasts, and nothing is too much.
    private static let untimed = #""flush_interval": "20s", "queue_limit": 20000"#

    /// A check with the plain system, and the same with one that ignores the setting.
    private static func pair(
        _ setting: String,
        _ knob: KnobCheck,
        flushTimeout: UInt64? = nil,
        _ profile: (_ system: String, _ value: String) -> String
    ) -> [SelfTestCheck] {
        [
            .knob("knob-\(setting)", knob, flushTimeout: flushTimeout) { profile("telemetry", $0) },
            .knob("ignore-\(setting)", knob, isHeeded: false, flushTimeout: flushTimeout) {
                profile("faulty:ignore=\(setting)", $0)
            },
        ]
    }

    // MARK: - Predictions

    /// 2,000 items fill 40 batches of 50, or 10 of 200, exactly; a flush may cut one of them in two.
    static let batchSize = KnobCheck(
        setting: "batch_size",
        values: ["50", "200"],
        observables: [
            .init("items_per_request", .init(50, within: 50 - 2000.0 / 41), .init(200, within: 200 - 2000.0 / 11))
        ]
    )

    /// A request takes what an interval brings: 2,000/s · I.
    ///
    /// Items wait between nothing and I, half of them for less than I/2. A timer may come late by a fifth of I; early it
    /// never comes.
    static let flushInterval = KnobCheck(
        setting: "flush_interval",
        values: ["50ms", "200ms"],
        observables: [
            .init("items_per_request", .init(100, within: 20), .init(400, within: 80)),
            .init("freshness.p50", .init(25e6, within: 10e6), .init(100e6, within: 40e6)),
        ]
    )

    /// Nothing leaves before the flush, so the queue takes as many of the 2,000 items as its limit says: exactly.
    static let queueLimit = KnobCheck(
        setting: "queue_limit",
        values: ["500", "1500"],
        observables: [
            .init("accepted", .init(500, within: 0), .init(1500, within: 0)),
            .init("rejected", .init(1500, within: 0), .init(500, within: 0)),
        ]
    )

    /// An item has 39 values of 950 letters on average, and for each 31 bytes of key and lengths.
    ///
    /// The letters are 26 and evenly distributed, and no value comes twice within DEFLATE's 32 KiB, so each takes at least
    /// log₂ 26 = 4.70 bits: 21.8 kB an item. At zlib's fastest level, Python's `zlib` needs 24.8 kB for a body made alike;
    /// other letters may need 3 % more.
    static let compression = KnobCheck(
        setting: "compression",
        values: ["none", "gzip"],
        observables: [
            .init(
                "body_bytes_per_item",
                .init(letters + 39 * 31, within: 0.02 * letters),
                .init((letters * 4.70 / 8 + 1.03 * 24.8e3) / 2, within: (1.03 * 24.8e3 - letters * 4.70 / 8) / 2)
            )
        ]
    )
    private static let letters = 39 * 950.0

    /// The receiver never answers and nothing is retried, so a flush takes as long as its one request is given, and 20 ms
    /// and a tenth beside.
    static let requestTimeout = KnobCheck(
        setting: "request_timeout",
        values: ["150ms", "450ms"],
        observables: [.init("flush_latency.max", .init(150e6, within: 35e6), .init(450e6, within: 65e6))]
    )

    /// The receiver takes 50 ms for each batch of 100, and 2,000 items come in half a second.
    ///
    /// Who drops has taken nine batches when the time is up (the first was full after 25 ms), and 300 items wait: 800 are
    /// rejected, and the rest is there after 25 ms + 12 · 50 ms. Who waits takes all, in 25 ms + 20 · 50 ms. Two batches
    /// more or fewer are allowed to the sleepers' lateness.
    static let overflow = KnobCheck(
        setting: "overflow",
        values: ["drop", "wait"],
        observables: [
            .init("rejected", .init(800, within: 200), .init(0, within: 0)),
            .init("completion_s", .init(0.625, within: 0.1), .init(1.025, within: 0.1)),
        ]
    )
}
