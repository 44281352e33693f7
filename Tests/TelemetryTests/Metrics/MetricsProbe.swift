import OTLP
import Platform

@testable import Telemetry

/// Metrics with a scripted backend: collections happen on flushes only, and what was sent is decoded.
struct MetricsProbe {
    let transport: ScriptedTransport
    let provider: MeterProvider
    private let patience: UInt64 = 30_000_000_000

    init(_ answers: [ExportAnswer] = [], isHeld: Bool = false, _ change: (inout MetricSettings) -> Void = { _ in }) {
        transport = ScriptedTransport(answers, isHeld: isHeld)
        var settings = MetricSettings()
        settings.interval = nil
        change(&settings)
        var retry = RetryPolicy()
        retry.initialBackoff = .milliseconds(1)
        retry.maximumBackoff = .milliseconds(2)
        retry.maximumElapsed = .milliseconds(50)
        provider = MeterProvider(settings: settings, transport: transport, retry: retry)
    }

    func counter(_ name: String = "c", unit: String = "", description: String = "") -> Counter {
        let descriptor = InstrumentDescriptor(
            name: name,
            kind: .counter,
            number: .integer,
            unit: unit,
            description: description
        )
        return Counter(instrument: provider.instrument(descriptor))
    }

    func doubleCounter(_ name: String = "c") -> DoubleCounter {
        DoubleCounter(instrument: provider.instrument(InstrumentDescriptor(name: name, kind: .counter)))
    }

    func upDownCounter(_ name: String = "u") -> UpDownCounter {
        let descriptor = InstrumentDescriptor(name: name, kind: .upDownCounter, number: .integer)
        return UpDownCounter(instrument: provider.instrument(descriptor))
    }

    func gauge(_ name: String = "g") -> Gauge {
        Gauge(instrument: provider.instrument(InstrumentDescriptor(name: name, kind: .gauge)))
    }

    func histogram(_ name: String = "h", bounds: [Double]? = nil) -> Histogram {
        let descriptor = InstrumentDescriptor(name: name, kind: .histogram, bounds: bounds)
        return Histogram(instrument: provider.instrument(descriptor))
    }

    /// Records by name, without attributes.
    func track(_ name: String, _ value: Int, kind: MetricKind) -> Bool {
        Attributes().withSlice { provider.record(name, value, kind: kind, $0) }
    }

    /// Records by name, without attributes.
    func track(_ name: String, _ value: Double, kind: MetricKind) -> Bool {
        Attributes().withSlice { provider.record(name, value, kind: kind, $0) }
    }

    @discardableResult
    func flush() -> FlushResult {
        let deadline = MonotonicClock.deadline(after: patience)
        let outcome = provider.finishFlush(provider.beginFlush(), deadline: deadline)
        if case .failure = outcome.result { provider.failuresWereReported(outcome.failures) }
        return outcome.result
    }

    func shutdown() -> FlushResult? {
        guard provider.close() else { return nil }
        let result = flush()
        _ = provider.waitForExporter(deadline: MonotonicClock.deadline(after: patience))
        return result
    }

    /// The metrics of every request so far.
    func requests() throws -> [[DecodedMetric]] {
        try transport.requests.map { try Self.decode($0) }
    }

    /// Flushes, and decodes all that the flush has sent.
    func collect() throws -> [DecodedMetric] {
        let before = transport.requests.count
        flush()
        return try requests()[before...].flatMap { $0 }
    }

    /// The metrics in a run of encoded `Metric` fields.
    static func decode(_ records: [UInt8]) throws -> [DecodedMetric] {
        let prefix = SignalEnvelope(resource: [], scope: []).prefix(recordBytes: records.count)
        return try DecodedMetrics(decoding: prefix + records).items
    }
}

extension DecodedMetric {
    /// The points of a sum or a gauge.
    var numbers: [NumberPoint] {
        switch data {
        case .sum(let points, _, _), .gauge(let points): points
        default: []
        }
    }

    /// The points of a histogram.
    var histograms: [HistogramPoint] {
        if case .histogram(let points, _) = data { points } else { [] }
    }

    /// 1 for delta, 2 for cumulative.
    var temporality: Int32? {
        switch data {
        case .sum(_, let temporality, _), .histogram(_, let temporality): temporality
        default: nil
        }
    }
}

extension DecodedMetric.NumberPoint {
    var integer: Int64? {
        if case .int(let value) = value { value } else { nil }
    }

    var double: Double? {
        if case .double(let value) = value { value } else { nil }
    }
}
