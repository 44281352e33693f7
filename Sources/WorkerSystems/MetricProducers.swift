import LoadEngine
import Telemetry

/// Adds 1 to a counter.
final class CounterProducer: TelemetryProducer {
    private let counter: Counter
    private let attributes: MetricAttributes

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        counter = telemetry.makeCounter("bench.counter", unit: "{operation}")
        attributes = MetricAttributes(context)
    }

    func perform(_ number: UInt64) -> Int {
        counter.add(1, attributes.make(number)) ? 1 : 0
    }
}

/// Sets a gauge to the number of the operation, so that its last value tells how far it has come.
final class GaugeProducer: TelemetryProducer {
    private let gauge: Gauge
    private let attributes: MetricAttributes

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        gauge = telemetry.makeGauge("bench.gauge", unit: "{operation}")
        attributes = MetricAttributes(context)
    }

    func perform(_ number: UInt64) -> Int {
        gauge.record(Double(number + 1), attributes.make(number)) ? 1 : 0
    }
}

/// Records durations as a program has them: a few milliseconds mostly, and now and then a second.
final class HistogramProducer: TelemetryProducer {
    private let histogram: Histogram
    private let attributes: MetricAttributes
    private let stream: UInt64

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        histogram = telemetry.makeHistogram("bench.histogram", unit: "ms")
        attributes = MetricAttributes(context)
        stream = context.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(context.producer)
    }

    func perform(_ number: UInt64) -> Int {
        // The number of leading zeros of a random word falls off like a distribution of latencies.
        let word = (stream &+ number) &* 0xBF58_476D_1CE4_E5B9
        let milliseconds = Double(1 << min(word.leadingZeroBitCount, 12)) + Double(word & 7)
        return histogram.record(milliseconds, attributes.make(number)) ? 1 : 0
    }
}

/// The attributes of a producer's measurements: `bench.producer`, and strings behind it.
///
/// The list is built anew for each measurement, as programs do.
private struct MetricAttributes {
    private let context: ProducerContext
    private let canaries: CanaryAttributes
    private let producer: Int64
    private let count: Int
    private let payload: Payload
    private let keys: [String]
    private let variants: [[AttributeValue]]

    init(_ context: ProducerContext) {
        self.context = context
        canaries = CanaryAttributes(context)
        producer = Int64(context.producer)
        count = context.workload.attributes
        payload = context.makePayload()
        keys = payload.keys
        variants = (0..<payload.variantCount).map { [payload] variant in
            payload.values(variant).prefix(payload.keys.count).map { .string($0) }
        }
    }

    /// The attributes of a measurement, by the number of its operation.
    func make(_ number: UInt64) -> Attributes {
        if context.hasCanary(number) {
            var attributes: Attributes = count == 0 ? [:] : ["bench.producer": .integer(producer)]
            let (key, value) = canaries.one(number)
            attributes.append(key, value)
            return attributes
        }
        guard count > 1 else { return count == 0 ? [:] : ["bench.producer": .integer(producer)] }
        let values = variants[payload.variant(of: number)]
        var attributes = Attributes(capacity: count)
        attributes.append("bench.producer", .integer(producer))
        for index in keys.indices { attributes.append(keys[index], values[index]) }
        return attributes
    }
}
