import Synchronization

/// What a server has done since its start.
package struct HTTPServerCounters: Equatable, Sendable {
    /// Connections served, those open now included and those over the cap not.
    package var connections: UInt64

    /// Connections open now.
    package var openConnections: UInt64

    /// Requests that reached a handler.
    package var requests: UInt64

    /// Connections over the cap, answered with 503 or closed.
    package var rejectedConnections: UInt64

    /// Requests answered with an error before they reached a handler: 400, 408, 413, 417, 431, 501, 505.
    package var failedRequests: UInt64

    /// Connections that could not be accepted, as when descriptors had run out.
    package var acceptFailures: UInt64
}

/// The counters as the threads of the server see them.
///
/// All are relaxed: each is a number of its own.
final class HTTPServerTally: Sendable {
    let connections = Atomic<UInt64>(0)
    let openConnections = Atomic<UInt64>(0)
    let requests = Atomic<UInt64>(0)
    let rejectedConnections = Atomic<UInt64>(0)
    let failedRequests = Atomic<UInt64>(0)
    let acceptFailures = Atomic<UInt64>(0)

    var snapshot: HTTPServerCounters {
        HTTPServerCounters(
            connections: connections.load(ordering: .relaxed),
            openConnections: openConnections.load(ordering: .relaxed),
            requests: requests.load(ordering: .relaxed),
            rejectedConnections: rejectedConnections.load(ordering: .relaxed),
            failedRequests: failedRequests.load(ordering: .relaxed),
            acceptFailures: acceptFailures.load(ordering: .relaxed)
        )
    }
}
