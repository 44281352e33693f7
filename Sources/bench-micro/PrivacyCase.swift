import HarnessCore
import Platform
import Telemetry

extension MicroCase {
    /// The privacy rules on what programs mostly record.
    static let privacy = MicroCase(
        name: "privacy",
        overview: "Nanoseconds that the SDK's privacy rules take for a byte of keys and values."
    ) { options in
        try PrivacyMeasurement(options: options).report()
    }
}

/// Measures the question whether attributes may be sent as they are, on one thread and by its CPU clock.
///
/// The lists of attributes lie in the cache, as they do when they have just been made. A byte is one of a key or of a
/// string; integers have none.
private struct PrivacyMeasurement {
    let options: MicroOptions

    private struct Workload {
        var name: String
        var attributes: Attributes
        var isClean: Bool

        /// Bytes of keys and strings.
        var bytes = 0

        init(_ name: String, isClean: Bool = true, _ pairs: [(String, AttributeValue)]) {
            self.name = name
            self.isClean = isClean
            var attributes = Attributes(capacity: pairs.count)
            for (key, value) in pairs {
                attributes.append(key, value)
                bytes += key.utf8.count
                if case .string(let text) = value { bytes += text.utf8.count }
            }
            self.attributes = attributes
        }
    }

    func report() throws -> String {
        var perByte = FigureTable(title: "ns a byte") { Quantity.format(number: $0, decimals: 3) }
        var perCall = FigureTable(title: "ns a call") { Quantity.format(number: $0, decimals: 1) }
        for workload in Self.workloads where options.includes(workload.name) {
            let figures = try figures(workload)
            perCall.add(workload.name, RunFigures(figures))
            let name = "\(workload.name) (\(workload.bytes) B)"
            perByte.add(name, RunFigures(figures.map { $0 / Double(workload.bytes) }))
        }
        let seconds = Double(options.runNanoseconds) / 1e9
        return """
            PrivacyFilter.isClean of one list of attributes, CPU time of the calling thread; \(options.runs) runs of \
            \(seconds) s after a warm-up of 0.1 s.

            \(perByte.text)

            \(perCall.text)
            """
    }

    private func figures(_ workload: Workload) throws -> [Double] {
        _ = try nanosecondsPerCall(workload, run: 100_000_000)
        return try (0..<options.runs).map { _ in try nanosecondsPerCall(workload, run: options.runNanoseconds) }
    }

    private func nanosecondsPerCall(_ workload: Workload, run nanoseconds: UInt64) throws -> Double {
        let filter = PrivacyFilter()
        let attributes = workload.attributes
        let batch = 10_000
        var calls = 0
        var clean = 0
        let start = CPUClock.thread()
        var used: UInt64 = 0
        while used < nanoseconds {
            for _ in 0..<batch where filter.isClean(attributes) { clean += 1 }
            calls += batch
            used = CPUClock.thread() - start
        }
        guard clean == (workload.isClean ? calls : 0) else {
            throw MicroError("\(clean) of \(calls) calls found '\(workload.name)' clean")
        }
        return Double(used) / Double(calls)
    }

    private static let workloads: [Workload] = [
        Workload("an id", [("bench.id", 7)]),
        Workload(
            "10 strings 20 + 20, letters",
            (0..<10).map { index in
                ("bench.attribute.000\(index)", .string(text("abcdefghijklmnopqrstuvwxyz", count: 20, from: index)))
            }
        ),
        Workload(
            "a web request",
            [
                ("http.request.method", "GET"), ("http.route", "/api/orders/{id}"), ("url.path", "/api/orders/4711"),
                ("url.scheme", "https"), ("server.address", "shop.example.com"), ("server.port", 443),
                ("http.response.status_code", 200), ("network.protocol.version", "1.1"),
                ("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"),
            ]
        ),
        Workload("a UUID", [("order.id", "550e8400-e29b-41d4-a716-446655440000")]),
        Workload("a timestamp", [("created_at", "2024-01-15T12:30:45.123456789Z")]),
        Workload(
            "prose, 1 kB",
            [("message", .string(text("The quick brown fox jumps over the lazy dog, again and again. ", count: 1000)))]
        ),
        Workload(
            "JSON, 1 kB",
            [("body", .string(text(#"{"name": "x", "count": 12, "price": 3.5, "on": true}, "#, count: 1000)))]
        ),
        Workload("an e-mail address (not clean)", isClean: false, [("to", "somebody.else@mail.example.com")]),
    ]

    /// So many bytes of a pattern that repeats.
    private static func text(_ pattern: String, count: Int, from start: Int = 0) -> String {
        let bytes = Array(pattern.utf8)
        return String(decoding: (0..<count).map { bytes[($0 + start) % bytes.count] }, as: UTF8.self)
    }
}
