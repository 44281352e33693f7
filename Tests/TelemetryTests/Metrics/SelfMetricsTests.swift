import OTLP
import Platform
import TestSupport
import Testing

@testable import Telemetry

/// What the client says of itself, and that it adds up.
struct SelfMetricsTests {
    private let patience: Duration = .seconds(30)

    @Test func theCountersBalance() throws {
        let logs = ScriptedTransport([.rejected(reason: "400"), .accepted(rejectedItems: 2)])
        let telemetry = try makeTelemetry(logs: logs, metrics: ScriptedTransport()) {
            $0.exportMode = .manual
            $0.batchSize = 10
            $0.queueLimit = 30
        }
        for _ in 0..<50 { telemetry.trackEvent("e") }
        telemetry.makeCounter("c").add(1)
        #expect(value("otel.sdk.processor.log.queue.size", telemetry) == 30)
        telemetry.flush(timeout: patience)
        telemetry.shutdown(timeout: patience)
        telemetry.trackEvent("late")

        #expect(value("otel.sdk.log.created", telemetry) == 51)
        #expect(value("otel.sdk.processor.log.processed", telemetry) == 30)
        #expect(value("otel.sdk.processor.log.processed", telemetry, error: "queue_full") == 20)
        #expect(value("otel.sdk.processor.log.processed", telemetry, error: "already_shutdown") == 1)
        #expect(value("otel.sdk.processor.log.queue.size", telemetry) == 0)
        #expect(value("otel.sdk.processor.log.queue.capacity", telemetry) == 30)
        #expect(value("otel.sdk.exporter.log.exported", telemetry) == 18)
        #expect(value("otel.sdk.exporter.log.exported", telemetry, error: "export_rejected") == 10)
        #expect(value("otel.sdk.exporter.log.exported", telemetry, error: "rejected") == 2)
        #expect(value("otel.sdk.exporter.span.exported", telemetry) == 0)
        // Once by the flush, once by the shutdown.
        #expect(value("otel.sdk.exporter.metric_data_point.exported", telemetry) == 2)
        #expect(value("otel.sdk.exporter.metric_data_point.inflight", telemetry) == 0)
        for name in ["otel.sdk.metric_reader.collection.duration", "otel.sdk.exporter.operation.duration"] {
            let metric = try #require(telemetry.selfMetrics.first { $0.name == name })
            guard case .durations(count: 2, _, let minimum, let maximum, let buckets) = metric.points.first?.value
            else {
                Issue.record("\(metric)")
                return
            }
            #expect(metric.unit == "s" && minimum <= maximum && buckets.reduce(0, +) == 2)
        }
    }

    @Test func theyAreExportedIfSwitchedOn() throws {
        let metrics = ScriptedTransport()
        let telemetry = try makeTelemetry(logs: ScriptedTransport(), metrics: metrics) {
            $0.exportsSelfMetrics = true
        }
        for _ in 0..<5 { telemetry.trackEvent("e") }
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(telemetry.flush(timeout: patience) == .success)
        let sent = try metrics.requests.map { try MetricsProbe.decode($0) }
        let exported = sent.map { $0.first { $0.name == "otel.sdk.exporter.log.exported" } }
        #expect(exported.last??.numbers.first?.integer == 5)
        #expect(sent.last?.contains { $0.name == "otel.sdk.exporter.operation.duration" } == true)
        // Cumulative from a constant start, like any other series.
        #expect(Set(exported.map { $0?.numbers.first?.startTimeUnixNano }).count == 1)
        let component = exported.last??.numbers.first?.attributes["otel.component.type"]
        #expect(component == .string("otlp_http_log_exporter"))
    }

    @Test func aDisabledClientHasNone() throws {
        let configuration = testConfiguration { $0.isEnabled = false }
        let telemetry = try Telemetry(configuration: configuration, transport: ScriptedTransport())
        #expect(!telemetry.makeCounter("c").add(1))
        #expect(!telemetry.makeHistogram("h").record(1))
        #expect(!telemetry.trackMetric("m", 1, kind: .counter))
        #expect(telemetry.selfMetrics.isEmpty)
        #expect(telemetry.metricsStatus == MetricsStatus())
    }

    /// The client's own interface, from the literal to the wire.
    @Test func theClientMeasures() throws {
        let metrics = ScriptedTransport()
        let telemetry = try makeTelemetry(logs: ScriptedTransport(), metrics: metrics) { _ in }
        #expect(telemetry.trackMetric("requests", 2, kind: .counter, ["route": "/"]))
        #expect(telemetry.trackMetric("load", 0.5, kind: .gauge))
        #expect(telemetry.trackMetric("open", -1, kind: .upDownCounter))
        #expect(telemetry.trackMetric("duration", 12, kind: .histogram))
        #expect(telemetry.makeCounter("requests").add(3, ["route": "/"]))
        #expect(telemetry.makeDoubleCounter("energy", unit: "J").add(1.5))
        #expect(telemetry.makeDoubleUpDownCounter("balance").add(-1.5))
        #expect(telemetry.makeCounter("users").add(1, ["email": "a@example.org"]))
        #expect(telemetry.flush(timeout: patience) == .success)
        let sent = try #require(try metrics.requests.map { try MetricsProbe.decode($0) }.last)
        #expect(sent.map(\.name) == ["requests", "load", "open", "duration", "energy", "balance", "users"])
        #expect(sent[0].numbers.map(\.integer) == [5])
        #expect(sent[1].numbers.map(\.double) == [0.5])
        #expect(sent[2].numbers.map(\.integer) == [-1])
        #expect(sent[3].histograms.map(\.bucketCounts) == [[0, 0, 0, 1] + [UInt64](repeating: 0, count: 12)])
        #expect(sent[4].numbers.map(\.double) == [1.5] && sent[4].unit == "J")
        #expect(sent[5].numbers.map(\.double) == [-1.5])
        // Privacy is on by default.
        #expect(sent[6].numbers.map { $0.attributes["email"] != .string("a@example.org") } == [true])
        #expect(telemetry.status.signals[.metrics]?.exported == 7)
        #expect(telemetry.metricsStatus.measurements == 8)
    }

    /// By the rules of https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.
    @Test func jsonIsByTheRules() throws {
        var settings = MetricSettings()
        settings.temporality = .delta
        let histogram = Instrument(
            InstrumentDescriptor(name: "h", kind: .histogram, bounds: [1, 2.5]),
            settings: settings,
            now: 5
        )
        #expect(Histogram(instrument: histogram).record(2, ["k": 7]))
        let gauge = Instrument(InstrumentDescriptor(name: "g", kind: .gauge, unit: "1"), settings: settings, now: 5)
        #expect(Gauge(instrument: gauge).record(.nan))
        let counter = Instrument(
            InstrumentDescriptor(name: "c", kind: .counter, number: .integer),
            settings: settings,
            now: 5
        )
        #expect(Counter(instrument: counter).add(.max))
        var chunk = Chunk(capacity: 16)
        defer { chunk.deallocate() }
        for instrument in [histogram, gauge, counter] {
            var snapshot = instrument.collect(time: 9, isLast: false)
            snapshot.series[0].start = 5
            _ = MetricEncoder(snapshot).append(from: 0, to: &chunk, byteLimit: 1 << 20)
        }
        var json = JSONBuffer()
        json.append(list: .metric, protobuf: chunk.bytes)
        let expected =
            #"{"name":"h","histogram":{"dataPoints":[{"startTimeUnixNano":"5","timeUnixNano":"9","count":"1","sum":2.0,"#
            + #""bucketCounts":["0","1","0"],"explicitBounds":[1.0,2.5],"#
            + #""attributes":[{"key":"k","value":{"intValue":"7"}}],"min":2.0,"max":2.0}],"aggregationTemporality":1}},"#
            + #"{"name":"g","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"9","asDouble":"NaN"}]}},"#
            + #"{"name":"c","sum":{"dataPoints":[{"startTimeUnixNano":"5","timeUnixNano":"9","#
            + #""asInt":"9223372036854775807"}],"aggregationTemporality":1,"isMonotonic":true}},"#
        #expect(json.withBytes { String(decoding: $0, as: UTF8.self) } == expected)
    }

    private func makeTelemetry(
        logs: ScriptedTransport,
        metrics: ScriptedTransport,
        _ change: (inout TelemetryConfiguration) -> Void
    ) throws -> Telemetry {
        let configuration = try testConfiguration(change).resolved(with: .fixed())
        return try Telemetry(configuration: configuration) { signal in
            switch signal {
            case .logs: logs
            case .traces: ScriptedTransport()
            case .metrics: metrics
            }
        }
    }

    /// A sum without an error, or with one.
    private func value(_ name: String, _ telemetry: Telemetry, error: String? = nil) -> Int64? {
        let points = telemetry.selfMetrics.first { $0.name == name }?.points ?? []
        let point = points.first { point in
            let found = point.attributes.elements.first { $0.0 == "error.type" }?.1
            return found == error.map { .string($0) }
        }
        if case .count(let value) = point?.value { return value }
        return nil
    }
}
