/// What the sink says of itself, as `GET /bench/health` answers it.
package struct SinkHealth: Codable, Equatable, Sendable {
    /// Always `ok`: a sink that is not well does not answer.
    package var status = "ok"
    /// The sink's process.
    package var pid: Int32
    /// CPU time that the process has used, in nanoseconds.
    package var cpuNanoseconds: UInt64
    /// Connections open now, the one that asks included.
    package var connections: UInt64
    /// Requests taken so far, of every kind, the one that asks included.
    package var requests: UInt64
    /// Items that have arrived, over all runs.
    package var items: UInt64
    /// Requests rejected as malformed, over all runs.
    package var malformedRequests: UInt64

    private enum CodingKeys: String, CodingKey {
        case status, pid, connections, requests, items
        case cpuNanoseconds = "cpu_ns"
        case malformedRequests = "malformed_requests"
    }
}
