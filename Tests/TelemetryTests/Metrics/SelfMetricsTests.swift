import Dispatch
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

    @Test func spansAreCountedFromTheirStart() throws {
        let telemetry = try makeTelemetry(logs: ScriptedTransport(), metrics: ScriptedTransport()) {
            $0.exportMode = .manual
            $0.queueLimit = 30
        }
        let remote = SpanContext(traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), isSampled: true, isRemote: true)
        let unsampled = SpanContext(traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), isSampled: false)
        let root = telemetry.startSpan("root")
        for _ in 0..<2 { telemetry.startSpan("child", parent: root.context).end() }
        for _ in 0..<3 { telemetry.startSpan("remote", parent: remote).end() }
        telemetry.startSpan("dropped", parent: unsampled).end()
        #expect(started(telemetry, .none, "RECORD_AND_SAMPLE") == 1)
        #expect(started(telemetry, .local, "RECORD_AND_SAMPLE") == 2)
        #expect(started(telemetry, .remote, "RECORD_AND_SAMPLE") == 3)
        #expect(started(telemetry, .local, "DROP") == 1)
        #expect(started(telemetry, .none, "DROP") == nil)
        #expect(value("otel.sdk.span.live", telemetry) == 1)
        for _ in 0..<40 { telemetry.startSpan("more", parent: root.context).end() }
        // Ended is ended, also if the queue had no room.
        #expect(value("otel.sdk.span.live", telemetry) == 1)
        #expect(value("otel.sdk.processor.span.processed", telemetry, error: "queue_full") == 15)
        root.end()
        #expect(value("otel.sdk.span.live", telemetry) == 0)
        telemetry.shutdown(timeout: patience)
        telemetry.startSpan("late").end()
        #expect(value("otel.sdk.span.live", telemetry) == 0)
        #expect(value("otel.sdk.exporter.span.exported", telemetry) == 30)
    }

    @Test func whatIsInFlightIsNoLongerQueued() throws {
        let logs = ScriptedTransport(isHeld: true)
        let telemetry = try makeTelemetry(logs: logs, metrics: ScriptedTransport()) {
            $0.batchSize = 10
            $0.queueLimit = 100
        }
        for _ in 0..<25 { telemetry.trackEvent("e") }
        #expect(Waiting.until { logs.requests.count == 1 })
        #expect(value("otel.sdk.exporter.log.inflight", telemetry) == 10)
        #expect(value("otel.sdk.processor.log.queue.size", telemetry) == 15)
        #expect(value("otel.sdk.processor.log.processed", telemetry) == 10)
        #expect(telemetry.status.signals[.logs]?.inFlight == 10 && telemetry.status.queued == 25)
        logs.release()
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(value("otel.sdk.exporter.log.inflight", telemetry) == 0)
        #expect(value("otel.sdk.exporter.log.exported", telemetry) == 25)
    }

    /// The equations that `SelfObservation` promises, while four threads record and the backend is moody.
    @Test func theyAddUpUnderLoad() throws {
        let answers: [ExportAnswer] = (0..<40).map {
            $0 % 3 == 0 ? .rejected(reason: "400") : .accepted(rejectedItems: 1)
        }
        let logs = ScriptedTransport(answers)
        let telemetry = try makeTelemetry(logs: logs, metrics: ScriptedTransport()) { $0.queueLimit = 20 }
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for index in 0..<500 {
                telemetry.trackEvent("e")
                let span = telemetry.startSpan("s")
                if index % 2 == 0 { span.end() }
                if index % 50 == 0 { checkSums(telemetry) }
            }
        }
        telemetry.shutdown(timeout: patience)
        checkSums(telemetry)
        #expect(sum("otel.sdk.log.created", telemetry.selfMetrics) == 2000)
        #expect(sum("otel.sdk.span.started", telemetry.selfMetrics) == 2000)
        #expect(sum("otel.sdk.span.live", telemetry.selfMetrics) == 1000)
    }

    private func checkSums(_ telemetry: Telemetry) {
        let metrics = telemetry.selfMetrics
        for word in ["log", "span"] {
            let given =
                sum("otel.sdk.processor.\(word).processed", metrics)
                + sum("otel.sdk.processor.\(word).queue.size", metrics)
            let processed = sum("otel.sdk.processor.\(word).processed", metrics, withErrors: false)
            let exported = sum("otel.sdk.exporter.\(word).exported", metrics)
            #expect(processed == sum("otel.sdk.exporter.\(word).inflight", metrics) + exported)
            if word == "log" {
                #expect(given == sum("otel.sdk.log.created", metrics))
            } else {
                #expect(given + sum("otel.sdk.span.live", metrics) == sum("otel.sdk.span.started", metrics))
            }
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
        #expect(Gauge(instrument: gauge).record(0.5))
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
            + #"{"name":"g","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"9","asDouble":0.5}]}},"#
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

    /// Spans started, of which the parent and the decision are known.
    private func started(_ telemetry: Telemetry, _ origin: SpanTally.ParentOrigin, _ result: String) -> Int64? {
        let metric = telemetry.selfMetrics.first { $0.name == "otel.sdk.span.started" }
        for point in metric?.points ?? [] {
            let values = point.attributes.elements.map(\.1)
            guard values == [.string("\(origin)"), .string(result)], case .count(let count) = point.value else {
                continue
            }
            return count
        }
        return nil
    }

    /// The sum over the points of a metric.
    private func sum(_ name: String, _ metrics: [SelfMetric], withErrors: Bool = true) -> Int64 {
        let points = metrics.first { $0.name == name }?.points ?? []
        return points.reduce(0) { sum, point in
            let isError = point.attributes.elements.contains { $0.0 == "error.type" }
            guard case .count(let count) = point.value, withErrors || !isError else { return sum }
            return sum + count
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
