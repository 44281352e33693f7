import HarnessCore
import Platform
import Telemetry

extension MicroCase {
    /// Calls of the SDK on one thread, up to the queue.
    static let record = MicroCase(
        name: "record",
        overview: "Nanoseconds that a call takes to record an event, a log or a span, up to the queue."
    ) { options in
        try RecordMeasurement(options: options).report()
    }
}

/// Measures what a caller pays for one item, the making of its attributes and the readings of the clock included.
///
/// Items are recorded in blocks; between blocks, outside the measured time, a flush hands them to a transport that accepts
/// at once, so that every block finds an empty queue and warm memory. Every figure is checked: as many items as calls
/// must have been acknowledged.
private struct RecordMeasurement {
    let options: MicroOptions
    /// Calls between two flushes.
    private let block = 4096

    init(options: MicroOptions) {
        self.options = options
    }

    func report() throws -> String {
        var table = FigureTable(title: "ns/call") { Quantity.format(number: $0, decimals: 1) }
        let keys = (0..<10).map { "bench.attribute.000\($0)" }
        let values = (0..<10).map { "abcdefghijklmnopqrs\($0)" }

        addLoop("clock reading, wall", to: &table) { _ in WallClock.now() }
        addLoop("making 10 attributes of 20 + 20", to: &table) { _ in isUsed(Self.ten(keys, values)) ? 1 : 0 }
        addLoop("making 10 literal attributes of 20 + 20", to: &table) { _ in isUsed(Self.tenLiterals()) ? 1 : 0 }
        for (title, isPrivate) in [("", true), (", privacy off", false)] {
            try add("event, 1 attribute\(title)", isPrivate: isPrivate, to: &table) { telemetry, index in
                telemetry.trackEvent("bench.event", ["bench.id": .integer(Int64(index))])
            }
            try add("span, 1 attribute\(title)", isPrivate: isPrivate, to: &table) { telemetry, index in
                telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))]).end()
            }
            try add("span, 10 attributes of 20 + 20\(title)", isPrivate: isPrivate, to: &table) { telemetry, _ in
                telemetry.startSpan("bench.span", attributes: Self.ten(keys, values)).end()
            }
        }
        try add("span, 10 literal attributes of 20 + 20", to: &table) { telemetry, _ in
            telemetry.startSpan("bench.span", attributes: Self.tenLiterals()).end()
        }
        try add("event, no attributes", to: &table) { telemetry, _ in telemetry.trackEvent("bench.event") }
        try add("event, 10 attributes of 20 + 20", to: &table) { telemetry, _ in
            telemetry.trackEvent("bench.event", Self.ten(keys, values))
        }
        try add("log, 1 attribute", to: &table) { telemetry, index in
            telemetry.trackLog("the cache is warm now", ["bench.id": .integer(Int64(index))])
        }
        try add("span with event and status, 1 attribute", to: &table) { telemetry, index in
            let span = telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))])
            span.addEvent("bench.step")
            span.setStatus(.ok)
            return span.end()
        }
        try add("withSpan, 1 attribute", to: &table) { telemetry, index in
            telemetry.withSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))]) { _ in true }
        }
        try add("span, not sampled", sampler: .alwaysOff, delivers: false, to: &table) { telemetry, index in
            !telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))]).end()
        }
        try add("event, 1 attribute, JSON", format: .json, to: &table) { telemetry, index in
            telemetry.trackEvent("bench.event", ["bench.id": .integer(Int64(index))])
        }
        try add("span, 10 attributes of 20 + 20, JSON", format: .json, to: &table) { telemetry, _ in
            telemetry.startSpan("bench.span", attributes: Self.ten(keys, values)).end()
        }
        try add("event, 1 attribute, disabled", isEnabled: false, delivers: false, to: &table) { telemetry, index in
            !telemetry.trackEvent("bench.event", ["bench.id": .integer(Int64(index))])
        }
        try add("span, 1 attribute, disabled", isEnabled: false, delivers: false, to: &table) { telemetry, index in
            !telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))]).end()
        }
        let seconds = Double(options.runNanoseconds) / 1e9
        return """
            Calls on one thread in blocks of \(block), each flushed outside the measured time; \(options.runs) runs of \
            \(seconds) s after a warm-up.

            \(table.text)
            """
    }

    /// Attributes of 20 and 20 characters, as in OpenTelemetry's benchmark specification.
    @inline(__always)
    private static func ten(_ keys: [String], _ values: [String]) -> Attributes {
        var attributes = Attributes(capacity: 10)
        for index in 0..<10 { attributes.append(keys[index], .string(values[index])) }
        return attributes
    }

    /// The same, known when the program is compiled.
    @inline(__always)
    private static func tenLiterals() -> Attributes {
        [
            "bench.attribute.0000": "abcdefghijklmnopqrs0", "bench.attribute.0001": "abcdefghijklmnopqrs1",
            "bench.attribute.0002": "abcdefghijklmnopqrs2", "bench.attribute.0003": "abcdefghijklmnopqrs3",
            "bench.attribute.0004": "abcdefghijklmnopqrs4", "bench.attribute.0005": "abcdefghijklmnopqrs5",
            "bench.attribute.0006": "abcdefghijklmnopqrs6", "bench.attribute.0007": "abcdefghijklmnopqrs7",
            "bench.attribute.0008": "abcdefghijklmnopqrs8", "bench.attribute.0009": "abcdefghijklmnopqrs9",
        ]
    }

    @inline(__always)
    private func add(
        _ name: String,
        isEnabled: Bool = true,
        isPrivate: Bool = true,
        sampler: Sampler? = nil,
        format: ProtocolFormat = .protobuf,
        delivers: Bool = true,
        to table: inout FigureTable,
        _ call: (Telemetry, Int) -> Bool
    ) throws {
        guard options.includes(name) else { return }
        var configuration = TelemetryConfiguration(projectName: "bench-micro", endpoint: "https://localhost")
        configuration.secureTransport = SecureTransportFactory { _, _ in AcceptingTransport() }
        configuration.isEnabled = isEnabled
        configuration.exportMode = .manual
        configuration.batchSize = 512
        configuration.queueLimit = 2 * block
        configuration.sampler = sampler
        configuration.protocolFormat = format
        configuration.privacy = isPrivate ? .standard : .off
        let telemetry = try Telemetry(configuration: configuration)
        var calls = 0
        var refused = 0
        var figures: [Double] = []
        for run in 0...options.runs {
            let limit = run == 0 ? 50_000_000 : options.runNanoseconds
            var used: UInt64 = 0
            var timed = 0
            while used < limit {
                let start = MonotonicClock.now()
                for index in 0..<block where !call(telemetry, index) { refused += 1 }
                used += MonotonicClock.now() - start
                timed += block
                guard telemetry.flush(timeout: .seconds(10)) == .success else {
                    throw MicroError("a flush failed: \(telemetry.status.lastFailure ?? "no reason known")")
                }
            }
            calls += timed
            if run > 0 { figures.append(Double(used) / Double(timed)) }
        }
        let exported = telemetry.status.exported
        guard refused == 0, exported == (delivers ? UInt64(calls) : 0) else {
            throw MicroError("of \(calls) calls \(refused) failed, and \(exported) items were acknowledged")
        }
        telemetry.shutdown(timeout: .seconds(10))
        table.add(name, RunFigures(figures))
    }

    /// Adds nanoseconds that a call takes that touches no client.
    @inline(__always)
    private func addLoop(_ name: String, to table: inout FigureTable, _ call: (Int) -> UInt64) {
        guard options.includes(name) else { return }
        var sum: UInt64 = 0
        let figures = (0..<options.runs).map { _ in
            let calls = 1_000_000
            let start = MonotonicClock.now()
            // Wrapping: only that the values are used matters.
            for index in 0..<calls { sum &+= call(index) }
            return Double(MonotonicClock.now() - start) / Double(calls)
        }
        precondition(sum != 0, "the clock stands still")
        table.add(name, RunFigures(figures))
    }
}

/// Something that the compiler must make.
@inline(never)
private func isUsed(_ attributes: Attributes) -> Bool {
    attributes.count > 0
}

/// A backend that takes everything at once.
private final class AcceptingTransport: SecureTransport {
    func post(
        body: [UnsafeRawBufferPointer],
        headers: [(name: String, value: String)]
    ) throws(SecureTransportError) -> SecureTransportAnswer {
        SecureTransportAnswer(status: 200)
    }

    func cancel() {}
}
