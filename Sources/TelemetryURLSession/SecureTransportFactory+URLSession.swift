public import Telemetry

extension SecureTransportFactory {
    /// Speaks to `https://` endpoints through Foundation's `URLSession`.
    ///
    ///     configuration.endpoint = "https://collector.example.com"
    ///     configuration.secureTransport = .urlSession
    ///
    /// Certificates are checked against those that the system trusts. Redirects are not followed, nothing is cached, and
    /// no cookies are kept. It loads FoundationNetworking, which takes about 6 MB of memory: the reason why it is a
    /// library of its own.
    public static let urlSession = SecureTransportFactory { url, requestTimeout in
        try URLSessionTransport(url: url, requestTimeout: requestTimeout)
    }
}
