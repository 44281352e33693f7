import HTTP
import Platform

/// How quick a sink is that has nothing else to do.
///
/// Only for a sink of our own: what it sends belongs to no run that anybody looks at.
final class SinkGauge {
    private static let itemsPerRequest = 1_000

    private let client: HTTPClient
    private let run: String

    /// - Parameters:
    ///   - endpoint: the sink.
    ///   - run: the run that the items are said to be of; must not be the name of one that counts.
    init(endpoint: HTTPEndpoint, run: String) {
        var settings = HTTPClientConfiguration()
        settings.connectTimeoutNanoseconds = 1_000_000_000
        settings.requestTimeoutNanoseconds = 1_000_000_000
        client = HTTPClient(endpoint: HTTPEndpoint(host: endpoint.host, port: endpoint.port), configuration: settings)
        self.run = run
    }

    /// The median round trip of the smallest request.
    ///
    /// - Parameter nanoseconds: how long to ask again.
    /// - Returns: nanoseconds; nil if the sink does not answer.
    func echo(nanoseconds: UInt64) -> Double? {
        var times: [UInt64] = []
        let start = MonotonicClock.now()
        var last = start
        while last - start < nanoseconds || times.isEmpty, times.count < 10_000 {
            guard
                let response = try? client.send(method: "GET", path: "/bench/health", headers: HTTPHeaders(), body: []),
                response.status == 200
            else { return nil }
            let now = MonotonicClock.now()
            times.append(now - last)
            last = now
        }
        times.sort()
        return Double(times[times.count / 2])
    }

    /// How many small log records a second it takes over one connection.
    ///
    /// - Parameter nanoseconds: how long to send.
    /// - Returns: items a second; nil if it does not take them.
    func itemsPerSecond(nanoseconds: UInt64) -> Double? {
        let body = CalibrationLogs.request(run: run, items: Self.itemsPerRequest)
        let headers: HTTPHeaders = ["Content-Type": "application/x-protobuf"]
        var items = 0
        // The first request makes the run's account, and is not counted.
        var start: UInt64?
        while true {
            let response = body.withUnsafeBytes { bytes in
                try? client.send(method: "POST", path: "/v1/logs", headers: headers, body: [bytes])
            }
            guard response?.status == 200 else { return nil }
            let now = MonotonicClock.now()
            guard let start else {
                start = now
                continue
            }
            items += Self.itemsPerRequest
            if now - start >= nanoseconds { return Double(items) * 1e9 / Double(now - start) }
        }
    }
}
