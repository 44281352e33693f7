import HarnessCore
import Platform
import Telemetry

extension MicroCase {
    /// Updates of the SDK's instruments on one thread and on two.
    static let metrics = MicroCase(
        name: "metrics",
        overview: "Nanoseconds that an update of each of the SDK's instruments takes."
    ) { options in
        try MetricsMeasurement(options: options).report()
    }
}

/// Measures updates of instruments, the making of their attributes included where there are any.
///
/// Nothing is exported: the interval is the default of a minute. Every figure is checked by the number of measurements
/// that the client says it has recorded.
private struct MetricsMeasurement {
    let options: MicroOptions
    /// Updates between two readings of the clock.
    private let block = 10_000

    init(options: MicroOptions) {
        self.options = options
    }

    func report() throws -> String {
        var table = FigureTable(title: "ns/update") { Quantity.format(number: $0, decimals: 1) }
        let words = (0..<8).map { "value-\($0)" }
        let fixed: Attributes = ["http.request.method": "GET"]

        try add("counter, no attributes", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { _ in counter.add(1) }
        }
        try add("counter of doubles, no attributes", to: &table) { telemetry in
            let counter = telemetry.makeDoubleCounter("c")
            return { counter.add(Double($0)) }
        }
        try add("up-down counter, no attributes", to: &table) { telemetry in
            let counter = telemetry.makeUpDownCounter("c")
            return { counter.add(Int64($0 & 1) - 1) }
        }
        try add("gauge, no attributes", to: &table) { telemetry in
            let gauge = telemetry.makeGauge("g")
            return { gauge.record(Double($0)) }
        }
        try add("histogram, no attributes", to: &table) { telemetry in
            let histogram = telemetry.makeHistogram("h")
            return { histogram.record(Double($0 & 8191)) }
        }
        try add("attributes alone: 1, 8 integers in turn", to: &table) { telemetry in
            let gauge = telemetry.makeGauge("g")
            return { isUsed(["index": .integer(Int64($0 & 7))]) && gauge.record(0) }
        }
        try add("counter, 1 attribute made once", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { _ in counter.add(1, fixed) }
        }
        try add("counter, 1 attribute, always the same", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { _ in counter.add(1, ["http.request.method": "GET"]) }
        }
        try add("counter, 1 attribute, 8 integers in turn", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { counter.add(1, ["index": .integer(Int64($0 & 7))]) }
        }
        try add("counter, 1 attribute, 8 strings in turn", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { counter.add(1, ["index": .string(words[$0 & 7])]) }
        }
        try add("counter, 1 attribute, 1,000 integers in turn", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { counter.add(1, ["index": .integer(Int64($0 % 1000))]) }
        }
        try add("histogram, 1 attribute, 8 integers in turn", to: &table) { telemetry in
            let histogram = telemetry.makeHistogram("h")
            return { histogram.record(Double($0 & 8191), ["index": .integer(Int64($0 & 7))]) }
        }
        try add("counter, 3 attributes, 8 strings in turn", to: &table) { telemetry in
            let counter = telemetry.makeCounter("c")
            return { index in
                counter.add(
                    1,
                    [
                        "http.request.method": "GET", "http.route": "/orders/{id}",
                        "http.response.status_code": .integer(Int64(200 + index & 7)),
                    ]
                )
            }
        }
        try add("trackMetric, counter, 1 attribute", to: &table) { telemetry in
            { telemetry.trackMetric("orders.created", 1, kind: .counter, ["index": .integer(Int64($0 & 7))]) }
        }
        return """
            CPU time of one thread, loop and attributes included; \(options.runs) runs of \
            \(Double(options.runNanoseconds) / 1e9) s after a warm-up of 0.1 s.

            \(table.text)
            """
    }

    private func add(
        _ name: String,
        to table: inout FigureTable,
        _ make: (Telemetry) -> (Int) -> Bool
    ) throws {
        guard options.includes(name) else { return }
        var configuration = TelemetryConfiguration(projectName: "bench-micro", endpoint: "http://127.0.0.1:1")
        configuration.isEnabled = true
        let telemetry = try Telemetry(configuration: configuration)
        defer { telemetry.shutdown(timeout: .zero) }
        let update = make(telemetry)
        var updates: UInt64 = 0
        _ = run(for: 100_000_000, counting: &updates, update)
        let figures = RunFigures(
            (0..<options.runs).map { _ in run(for: options.runNanoseconds, counting: &updates, update) }
        )
        let recorded = telemetry.metricsStatus.measurements
        guard recorded == updates else {
            throw MicroError("of \(updates) updates of '\(name)' the client recorded \(recorded)")
        }
        table.add(name, figures)
    }

    /// Updates for so many nanoseconds; nanoseconds an update.
    private func run(for nanoseconds: UInt64, counting updates: inout UInt64, _ update: (Int) -> Bool) -> Double {
        let start = CPUClock.thread()
        var now = start
        var done = 0
        while now - start < nanoseconds {
            for index in done..<(done + block) { _ = update(index) }
            done += block
            now = CPUClock.thread()
        }
        updates += UInt64(done)
        return Double(now - start) / Double(done)
    }
}

/// Takes attributes as an instrument does, and does nothing with them.
@inline(never)
private func isUsed(_ attributes: Attributes) -> Bool {
    attributes.count > 0
}
