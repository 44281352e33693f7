/// One phase of one repetition.
///
/// ```
/// start            operations end        flush done
///   |── duration_s ──────|                   |
///   |── completion_s ────────────────────────|
/// ```
package struct PhaseResult: Codable, Equatable, Sendable {
    /// Name of the phase.
    package var name: String
    /// Shape of its load: `constant`, `burst`, `max` or `idle`.
    package var shape: String
    /// Whether its figures count; a warm-up does not.
    package var isReported: Bool
    /// When the phase began, in seconds since the start of the repetition.
    package var startSeconds: Double?
    /// From its start to its planned end or the end of its last operation, whichever came later, in seconds.
    package var durationSeconds: Double
    /// From its start until the flush at its end was done, in seconds; absent without such a flush.
    package var completionSeconds: Double?
    /// From its start until the last item made before it had arrived, in seconds; absent if none came.
    package var drainSeconds: Double?
    /// Items: how many, and what became of them.
    package var load: PhaseLoad
    /// Items a second.
    package var rates: PhaseRates
    /// How long things took.
    package var latency: PhaseLatency
    /// Memory of the worker.
    package var memory: PhaseMemory?
    /// Processor time of the worker.
    package var cpu: PhaseCPU?
    /// Requests that the sink received.
    package var requests: UInt64?
    /// Bytes of the bodies of those requests.
    package var bodyBytes: UInt64?
    /// What the machine and the harness did meanwhile.
    package var host: HostNoise?

    /// Makes the value; what was not measured is left out.
    package init(
        name: String,
        shape: String,
        isReported: Bool = true,
        startSeconds: Double? = nil,
        durationSeconds: Double,
        completionSeconds: Double? = nil,
        drainSeconds: Double? = nil,
        load: PhaseLoad,
        rates: PhaseRates,
        latency: PhaseLatency = PhaseLatency(),
        memory: PhaseMemory? = nil,
        cpu: PhaseCPU? = nil,
        requests: UInt64? = nil,
        bodyBytes: UInt64? = nil,
        host: HostNoise? = nil
    ) {
        self.name = name
        self.shape = shape
        self.isReported = isReported
        self.startSeconds = startSeconds
        self.durationSeconds = durationSeconds
        self.completionSeconds = completionSeconds
        self.drainSeconds = drainSeconds
        self.load = load
        self.rates = rates
        self.latency = latency
        self.memory = memory
        self.cpu = cpu
        self.requests = requests
        self.bodyBytes = bodyBytes
        self.host = host
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case shape
        case isReported = "report"
        case startSeconds = "start_s"
        case durationSeconds = "duration_s"
        case completionSeconds = "completion_s"
        case drainSeconds = "drain_s"
        case load
        case rates
        case latency
        case memory
        case cpu
        case requests
        case bodyBytes = "body_bytes"
        case host
    }
}

extension PhaseResult {
    /// Whether the phase issues operations, or only waits to see what an idle system costs.
    package var isIdle: Bool { shape == "idle" }
}
