extension SelfTestCatalogue {
    /// The load of a check.
    enum Load {
        /// A constant rate for a time, both as a profile writes them.
        case constant(String, String)
        /// The same, catching up at twice the rate at most.
        case boundedCatchUp(String, String)
        /// Five thousand operations in a second, and then nothing, so that the flush has to do all that is done.
        case thenSilence
        /// A thousand operations a second for two seconds, and a flush after each twenty; warmed up beforehand.
        case flushed

        fileprivate var phases: String {
            switch self {
            case .constant(let rate, let duration):
                #"[{"name": "main", "shape": "constant", "rate": "\#(rate)", "duration": "\#(duration)"}]"#
            case .boundedCatchUp(let rate, let duration):
                """
                [{"name": "main", "shape": "constant", "rate": "\(rate)", "duration": "\(duration)", "catch_up": "2x"}]
                """
            case .thenSilence:
                """
                [{"name": "main", "shape": "constant", "rate": "5000/s", "duration": "1s"},
                 {"name": "after", "shape": "idle", "duration": "200ms", "flush": false, "report": false}]
                """
            case .flushed:
                """
                [{"name": "warm-up", "shape": "constant", "rate": "1000/s", "duration": "500ms", "report": false},
                 {"name": "main", "shape": "constant", "rate": "1000/s", "duration": "2s", "flush_every": 20}]
                """
            }
        }
    }

    /// What every healthy system keeps to, whatever the load.
    static let balanced =
        #""lost": "== 0", "duplicated": "== 0", "unaccounted": "== 0", "foreign": "== 0", "invalid_items": "== 0""#
    /// What a healthy system keeps to when nothing is too much for it.
    static let nothingRefused = #""rejected": "== 0", "dropped": "== 0""#
    /// Settings with which a second's load goes out in several requests.
    static let usual = #""batch_size": 512, "flush_interval": "200ms", "queue_limit": 20000"#

    /// The profile of a check, as JSON.
    ///
    /// - Parameters:
    ///   - system: the name of the system, with its defect.
    ///   - settings: members of `system`.
    ///   - load: the phases.
    ///   - workload: the object `workload`.
    ///   - thresholds: members of `thresholds` beside those that hold for every check.
    ///   - refusals: members of `thresholds` about items that the system did not take.
    ///   - balance: members of `thresholds` about items that it took.
    ///   - faults: what the receiver does wrong; empty for nothing.
    ///   - producers: how many there are.
    ///   - isTimed: whether the check looks at times, which a noisy host spoils; counts it cannot spoil.
    /// - Returns: the text of a profile.
    static func profile(
        system: String,
        settings: String = usual,
        load: Load,
        workload: String = #"{"operation": "event"}"#,
        thresholds: String = "",
        refusals: String = nothingRefused,
        balance: String = balanced,
        faults: String = "",
        producers: Int = 1,
        isTimed: Bool = false
    ) -> String {
        let limits = [balance, refusals, thresholds].filter { !$0.isEmpty }.joined(separator: ", ")
        return """
            {
              "name": "selftest",
              "system": {"name": "\(system)", \(settings)},
              "workload": \(workload),
              "phases": \(load.phases),
              "producers": \(producers),\(faults.isEmpty ? "" : "\n  \"faults\": \"\(faults)\",")
              "validity": {"policy": "\(isTimed ? "invalid" : "warning")"},
              "thresholds": {\(limits)}
            }
            """
    }
}
