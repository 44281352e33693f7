package import HTTP

/// The base address of a receiver: `http://` for our own client, or `https://`, which only a worker can speak.
package struct ReceiverEndpoint: CustomStringConvertible, Equatable, Sendable {
    /// What our own client connects to; nil for an `https://` address: it has no TLS.
    package let plain: HTTPEndpoint?

    /// The path with its query; begins with `/`.
    package let path: String

    /// The URL as the worker is told.
    package let description: String

    /// Checks an address.
    ///
    /// - Parameter text: `http://host:port/path` or `https://host:port/path`, with port and path optional.
    /// - Throws: `HTTPEndpointError`, which names the URL and the reason.
    package init(parsing text: String) throws(HTTPEndpointError) {
        let scheme = "https://"
        guard text.lowercased().hasPrefix(scheme) else {
            self.init(try HTTPEndpoint(parsing: text))
            return
        }
        // All rules but the scheme's and the default port are the same: the rest is checked as if it were plain.
        let rest = text.dropFirst(scheme.count)
        let counterpart: HTTPEndpoint
        do {
            counterpart = try HTTPEndpoint(parsing: "http://" + rest)
        } catch {
            throw HTTPEndpointError(url: text, reason: error.reason)
        }
        self.init(plain: nil, path: counterpart.path, description: scheme + rest)
    }

    /// The address of a receiver that our own client can reach.
    package init(_ endpoint: HTTPEndpoint) {
        self.init(plain: endpoint, path: endpoint.path, description: endpoint.description)
    }

    private init(plain: HTTPEndpoint?, path: String, description: String) {
        self.plain = plain
        self.path = path
        self.description = description
    }

    /// Whether the worker needs TLS.
    package var isSecure: Bool { plain == nil }
}
