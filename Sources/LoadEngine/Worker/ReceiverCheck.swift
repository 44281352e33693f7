import FoundationEssentials
import Platform

/// Whether anybody listens at an endpoint.
enum ReceiverCheck {
    private static let patience: UInt64 = 5_000_000_000

    /// Opens a connection and closes it again; takes at most five seconds.
    ///
    /// - Parameter endpoint: a URL with a host; of `https://` the port alone is tried.
    /// - Returns: why nothing can be sent there; nil where somebody listens.
    static func trouble(at endpoint: String) -> String? {
        guard let url = URL(string: endpoint), let host = url.host() else { return "\(endpoint) is no URL with a host" }
        let port = url.port ?? (url.scheme == "https" ? 443 : 80)
        do {
            _ = try TCPSocket.connect(
                host: host.trimmingPrefix("[").filter { $0 != "]" },
                port: port,
                deadline: MonotonicClock.deadline(after: patience)
            )
            return nil
        } catch {
            return "nobody listens at \(endpoint): \(error.reason)"
        }
    }
}
