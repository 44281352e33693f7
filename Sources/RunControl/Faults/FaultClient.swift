import FoundationEssentials
import HTTP
import HarnessCore

/// Tells a receiver how to misbehave, if it can be told.
///
/// It keeps one connection, which stays open while the receiver refuses new ones.
final class FaultClient {
    private let client: HTTPClient
    private let endpoint: HTTPEndpoint

    /// - Parameter endpoint: The receiver; its path is ignored.
    init(endpoint: HTTPEndpoint) {
        var settings = HTTPClientConfiguration()
        settings.connectTimeoutNanoseconds = 2_000_000_000
        settings.requestTimeoutNanoseconds = 5_000_000_000
        self.endpoint = HTTPEndpoint(host: endpoint.host, port: endpoint.port)
        client = HTTPClient(endpoint: self.endpoint, configuration: settings)
    }

    /// Removes all faults and counts.
    func clear() throws(RunError) {
        _ = try exchange("DELETE", "")
    }

    /// Removes one fault; one that is not there any more is no error.
    func remove(_ id: Int) throws(RunError) {
        _ = try exchange("DELETE", "?id=\(id)", accepting: [200, 404])
    }

    /// What is set, and what it did.
    func report() throws(RunError) -> FaultReport {
        try exchange("GET", "")
    }

    /// Sets faults beside the others.
    ///
    /// - Parameters:
    ///   - faults: at least one, none with a phase.
    ///   - origin: what their times are relative to, monotonic nanoseconds.
    ///   - seed: what their randomness follows from.
    /// - Returns: what is set now; the last ones are the new ones.
    /// - Throws: `RunError` if the receiver does not answer or takes no faults.
    func add(_ faults: [Fault], origin: UInt64, seed: UInt64) throws(RunError) -> FaultReport {
        let body: JSONObject = [
            "faults": .array(faults.map { .string($0.text) }),
            "seed": .integer(Int64(clamping: seed)),
            "start": .object(["monotonic_ns": .integer(Int64(clamping: origin))]),
        ]
        return try exchange("POST", "?add=1", JSONValue.object(body).description)
    }

    private func exchange(
        _ method: String,
        _ query: String,
        _ body: String = "",
        accepting statuses: Set<Int> = [200]
    ) throws(RunError) -> FaultReport {
        let response: HTTPResponse
        do {
            response = try Array(body.utf8).withUnsafeBytes { bytes in
                try client.send(
                    method: method,
                    path: "/bench/faults\(query)",
                    headers: HTTPHeaders(),
                    body: bytes.isEmpty ? [] : [bytes]
                )
            }
        } catch {
            throw .internal("the receiver at \(endpoint) does not answer about its faults: \(error)")
        }
        let text = String(decoding: response.body.prefix(200), as: UTF8.self).split(separator: "\n").first ?? ""
        guard statuses.contains(response.status) else {
            guard ![404, 405, 501].contains(response.status) || method == "GET" else {
                throw .usage(
                    "the receiver at \(endpoint) takes no faults (/bench/faults answered \(response.status)); remove the "
                        + "profile's \"faults\" with --set faults=, or send to a bench-sink"
                )
            }
            throw .internal("the receiver at \(endpoint) answered \(response.status) about its faults: \(text)")
        }
        guard response.status == 200 else { return FaultReport() }
        do {
            return try JSONDecoder().decode(FaultReport.self, from: Data(response.body))
        } catch {
            throw .internal("the receiver's account of its faults cannot be read: \(error)")
        }
    }
}
