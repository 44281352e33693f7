/// What all runs of a campaign have in common.
enum CampaignSettings {
    /// How many bytes the SDK may queue.
    static let queueBytes: UInt64 = 2_000_000
    /// How much more may become resident than before the fault: the queue twice, for chunks are filled one after the
    /// other, and what a request takes on its way.
    static let memoryBytes: Int64 = 12_000_000
    /// How long a request may take before the client gives up, in milliseconds.
    static let requestTimeoutMilliseconds = 250
    /// How long the receiver is well again before the last phase, in seconds.
    static let recoverySeconds = 1.5

    /// The profile of a cell, as JSON: well, bad, well again, and a last phase in which all must be as before.
    static func profile(of cell: CampaignCell) -> String {
        let phase = { (name: String, duration: String, flush: Bool) in
            """
            {"name": "\(name)", "shape": "constant", "rate": "12000/s", "duration": "\(duration)", "flush": \(flush)}
            """
        }
        // Callers that wait prolong the phase, and are not to prolong the fault that they wait for.
        let faults = cell.faultCase.faults.split(separator: ";").map { fault in
            "\"\(fault)\(fault.hasPrefix("restart") ? "" : ",for=950ms"),phase=fault\""
        }
        return """
            {
              "name": "campaign",
              "system": {
                "batch_size": 1000, "flush_interval": "50ms", "queue_limit": 5000, "queue_bytes": "\(queueBytes)B",
                "request_timeout": "\(requestTimeoutMilliseconds)ms",
                "retry_initial_backoff": "20ms", "retry_maximum_backoff": "100ms", "retry_maximum_elapsed": "5s",
                "overflow": "\(cell.overflow)", "protocol": "\(cell.encoding)"
              },
              "phases": [
                \(phase("healthy", "900ms", false)),
                \(phase("fault", "900ms", false)),
                \(phase("recovery", "1500ms", false)),
                \(phase("after", "500ms", true))
              ],
              "faults": [\(faults.joined(separator: ", "))],
              "validity": {"policy": "warning"}
            }
            """
    }
}
