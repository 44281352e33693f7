import HTTP
import LoadEngine
import Platform

/// Stands between a system and its receiver, and changes what passes.
///
/// A server on the loopback interface, inside the worker: for defects that lie behind the SDK's public side.
final class RequestForwarder: Sendable {
    /// Changes a request on its way: its path, and its body as it was sent.
    typealias Change = @Sendable (_ path: String, _ body: inout [UInt8]) -> Void

    private let server: HTTPServer

    /// Begins to forward.
    ///
    /// - Parameters:
    ///   - endpoint: the receiver; `http://` only.
    ///   - change: changes each request.
    /// - Throws: `SystemConfigurationError` without a receiver that can be forwarded to.
    init(to endpoint: String?, change: @escaping Change) throws(SystemConfigurationError) {
        guard let endpoint else {
            throw SystemConfigurationError(
                option: "name",
                message: "there is no receiver whose requests could be changed"
            )
        }
        do {
            let receiver = try HTTPEndpoint(parsing: endpoint)
            server = HTTPServer { ForwardingHandler(receiver, change) }
            try server.start()
        } catch {
            throw SystemConfigurationError(option: "name", message: "cannot stand before the receiver: \(error)")
        }
    }

    /// What the system is to export to.
    var address: String { "http://127.0.0.1:\(server.port)" }

    /// Ends all connections, within a second.
    func stop() {
        server.stop(deadline: MonotonicClock.deadline(after: 1_000_000_000))
    }
}

/// Passes the requests of one connection on, over a connection of its own.
private final class ForwardingHandler: HTTPConnectionHandler {
    private let client: HTTPClient
    private let prefix: String
    private let change: RequestForwarder.Change

    init(_ receiver: HTTPEndpoint, _ change: @escaping RequestForwarder.Change) {
        client = HTTPClient(endpoint: receiver)
        prefix = receiver.path == "/" ? "" : receiver.path
        self.change = change
    }

    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        var changed = Array(body)
        change(head.target, &changed)
        let headers = Self.fields(["Content-Type", "Content-Encoding"], of: head.headers)
        do {
            var response = try changed.withUnsafeBytes { body in
                try client.send(method: head.method, path: prefix + head.target, headers: headers, body: [body])
            }
            // The others are each connection's own business.
            response.headers = Self.fields(["Content-Type", "Content-Encoding", "Retry-After"], of: response.headers)
            return response
        } catch {
            return HTTPResponse(status: 502, text: "the receiver does not answer: \(error)")
        }
    }

    private static func fields(_ names: [String], of headers: HTTPHeaders) -> HTTPHeaders {
        names.reduce(into: HTTPHeaders()) { result, name in
            if let value = headers[name] { result.append(name, value) }
        }
    }
}
