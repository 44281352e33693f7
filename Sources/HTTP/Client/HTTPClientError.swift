package import Platform

/// Why a request has no answer.
package struct HTTPClientError: Error, Equatable, Sendable {
    /// What went wrong.
    package enum Kind: Equatable, Sendable {
        /// The name could not be resolved, or no address answered.
        case connectFailed(SystemError)
        /// There was no connection within the time for connecting.
        case connectTimedOut
        /// There was no complete answer within the time for the request.
        case timedOut
        /// The connection ended before the answer was complete.
        case connectionClosed
        /// The answer is not HTTP/1.1, for the reason given.
        case malformedResponse(String)
        /// The answer's body is larger than the limit.
        case responseTooLarge
        /// `cancel()` was called.
        case cancelled
    }

    /// What went wrong.
    package let kind: Kind

    /// Where the request was to go.
    package let endpoint: HTTPEndpoint

    /// Whether the server may have received, and acted upon, the whole request.
    ///
    /// False is certain: some of its bytes were never handed to the network.
    package let requestMayHaveArrived: Bool

    /// The failed system call behind it, where there is one.
    package let cause: SystemError?
}

extension HTTPClientError: CustomStringConvertible {
    /// `cannot connect to 127.0.0.1:4318: connection refused`.
    package var description: String {
        let peer = endpoint.authority
        let reason = cause.map { " (\($0))" } ?? ""
        return switch kind {
        case .connectFailed(let error): "cannot connect to \(peer): \(error.reason)"
        case .connectTimedOut: "cannot connect to \(peer): no answer in time"
        case .timedOut: "no complete answer from \(peer) in time"
        case .connectionClosed: "\(peer) closed the connection before the answer was complete\(reason)"
        case .malformedResponse(let detail): "the answer of \(peer) is not valid HTTP: \(detail)"
        case .responseTooLarge: "the answer of \(peer) is larger than the limit"
        case .cancelled: "the request to \(peer) was cancelled"
        }
    }
}
