import HTTP

/// The complete address that the requests of one signal are posted to.
enum ExportDestination: Sendable {
    /// Our own client sends.
    case http(HTTPEndpoint)
    /// A transport of this factory sends to this URL.
    case https(String, SecureTransportFactory)

    /// Checks an address.
    ///
    /// - Parameters:
    ///   - text: `http://…` or `https://…`.
    ///   - suffix: A path to append, beginning with a slash; nil to take the address as it is.
    ///   - factory: What speaks to `https://` addresses; without it they are refused.
    /// - Throws: `HTTPEndpointError` saying what is wrong with it.
    init(
        parsing text: String,
        appending suffix: String?,
        secureTransport factory: SecureTransportFactory?
    ) throws(HTTPEndpointError) {
        let scheme = "https://"
        guard let factory, text.lowercased().hasPrefix(scheme) else {
            let endpoint = try HTTPEndpoint(parsing: text)
            let path = suffix.map { endpoint.path(appending: $0) } ?? endpoint.path
            self = .http(HTTPEndpoint(host: endpoint.host, port: endpoint.port, path: path))
            return
        }
        // All rules but the scheme's and the default port are the same: the rest is checked as if it were plain.
        let rest = text.dropFirst(scheme.count)
        let endpoint = try HTTPEndpoint(parsing: "http://" + rest)
        let path = suffix.map { endpoint.path(appending: $0) } ?? endpoint.path
        self = .https(scheme + rest.prefix { $0 != "/" && $0 != "?" } + path, factory)
    }
}

extension ExportDestination: CustomStringConvertible {
    /// The address.
    var description: String {
        switch self {
        case .http(let endpoint): endpoint.description
        case .https(let url, _): url
        }
    }
}
