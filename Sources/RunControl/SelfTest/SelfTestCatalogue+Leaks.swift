extension SelfTestCatalogue {
    /// Leak checks of few and short cycles: a healthy system, one that forgets bytes, and one that forgets descriptors.
    static let leaks: [SelfTestCheck] = [
        .leakCheck("healthy-cycles", cycles("telemetry"), finds: nil),
        .leakCheck("leak-check-bytes", cycles("faulty:leak=512B/event,every=50"), finds: ("bytes", "item")),
        .leakCheck("leak-check-descriptor", cycles("faulty:leak=descriptor/flush"), finds: ("descriptors", "flush")),
    ]

    /// Ten cycles of 10,007 events with eleven flushes each; 100 kB a cycle are planted, and 8 KiB allowed.
    private static func cycles(_ system: String) -> String {
        """
        {
          "name": "selftest",
          "system": {"name": "\(system)", "batch_size": 512, "queue_limit": 20480, "overflow": "wait"},
          "workload": {"operation": "event"},
          "phases": [{"name": "main", "shape": "max", "count": 10007, "flush_every": 997, "cycles": 10}],
          "leak": {"bytes_per_cycle": "8KiB", "sessions": 0, "threads": 0},
          "validity": {"policy": "warning"},
          "thresholds": {\(balanced)}
        }
        """
    }
}
