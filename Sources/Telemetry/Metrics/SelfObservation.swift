import Platform
import Synchronization

/// Turns what a client counts of itself into the `otel.sdk.*` metrics.
///
/// Each item is counted once per export, whatever the number of retries; `processed` without an error means handed to
/// the exporter, not delivered. They add up, for every signal and at any moment:
///
///     span.started (recorded) = span.live + what the span processor was given
///     log.created             =             what the log processor was given
///     given to a processor    = processor.…queue.size + processor.…processed, with and without an error
///     processed, no error     = exporter.…inflight + exporter.…exported, with and without an error
///
/// Source: https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
struct SelfObservation: Sendable {
    private static let instances = Atomic<Int>(0)

    /// Which client of this process it is, from 0: part of `otel.component.name`.
    let instance: Int
    private let queueCapacities: [Signal: Int]
    private let formats: [Signal: ProtocolFormat]

    /// Prepares for the next client of this process.
    init(_ configuration: ResolvedConfiguration) {
        // Relaxed: only that the numbers differ matters.
        instance = Self.instances.wrappingAdd(1, ordering: .relaxed).oldValue
        queueCapacities = [
            .logs: configuration.logBatching.queueLimit, .traces: configuration.spanBatching.queueLimit,
        ]
        formats = Dictionary(
            uniqueKeysWithValues: Signal.allCases.map { ($0, configuration.export(of: $0).protocolFormat) }
        )
    }

    /// The metrics at a moment.
    ///
    /// - Parameters:
    ///   - signals: The counters of each signal.
    ///   - spans: The spans started, counted no earlier than `signals`: none has ended before it was started.
    ///   - timings: How long the reader's work took.
    /// - Returns: The metrics that have points.
    func metrics(of signals: [Signal: SignalStatus], spans: SpanTally, timings: ReaderTimings) -> [SelfMetric] {
        var metrics: [SelfMetric] = []
        for signal in Signal.allCases {
            guard let status = signals[signal] else { continue }
            switch signal {
            case .logs: metrics.append(created(status))
            case .traces: metrics += spanMetrics(spans, status)
            case .metrics: break
            }
            if signal != .metrics { metrics += processorMetrics(of: signal, status) }
            metrics += exporterMetrics(of: signal, status)
        }
        metrics += [
            durations("metric_reader.collection.duration", timings.collection, reader),
            durations("exporter.operation.duration", timings.export, exporter(of: .metrics)),
        ]
        return metrics.filter { !$0.points.isEmpty }
    }

    /// What a reader takes the metrics from, to export them with its own.
    ///
    /// - Parameters:
    ///   - logs: Where log records are counted.
    ///   - traces: Where ended spans are counted.
    ///   - spans: Where started spans are counted.
    ///   - isOn: Whether there is anything to export.
    /// - Returns: What a provider is made with.
    func source(
        logs: RecordedSignal,
        traces: RecordedSignal,
        spans: SpanTally,
        isOn: Bool
    ) -> @Sendable (UInt64, MetricReader) -> [InstrumentSnapshot] {
        guard isOn else { return { _, _ in [] } }
        let start = WallClock.now()
        return { time, reader in
            let signals = [Signal.logs: logs.status, .traces: traces.status, .metrics: reader.signalStatus]
            let metrics = metrics(of: signals, spans: spans, timings: reader.timings)
            return metrics.map { $0.snapshot(start: start, time: time) }
        }
    }

    // MARK: - Metrics

    private func created(_ status: SignalStatus) -> SelfMetric {
        counter("log.created", unit(of: .logs), [point(status.offered, [:])])
    }

    private func spanMetrics(_ spans: SpanTally, _ status: SignalStatus) -> [SelfMetric] {
        var points: [SelfMetric.Point] = []
        var recorded: UInt64 = 0
        for isSampled in [true, false] {
            let result: AttributeValue = isSampled ? "RECORD_AND_SAMPLE" : "DROP"
            for origin in SpanTally.ParentOrigin.allCases {
                let count = spans.started(origin, isSampled: isSampled)
                if isSampled { recorded += count }
                guard count > 0 else { continue }
                let attributes: Attributes = [
                    "otel.span.parent.origin": .string("\(origin)"), "otel.span.sampling_result": result,
                ]
                points.append(point(count, attributes))
            }
        }
        let live = recorded - min(recorded, status.offered)
        return [
            counter("span.started", unit(of: .traces), points),
            upDown("span.live", unit(of: .traces), live, ["otel.span.sampling_result": "RECORD_AND_SAMPLE"]),
        ]
    }

    private func processorMetrics(of signal: Signal, _ status: SignalStatus) -> [SelfMetric] {
        let name = "processor.\(word(of: signal))"
        let component = processor(of: signal)
        let waiting = status.queued - status.inFlight
        let processed = [point(status.accepted - waiting, component)] + errors(status.refused, component)
        let capacity = UInt64(queueCapacities[signal] ?? 0)
        return [
            counter("\(name).processed", unit(of: signal), processed),
            upDown("\(name).queue.size", unit(of: signal), waiting, component),
            upDown("\(name).queue.capacity", unit(of: signal), capacity, component),
        ]
    }

    private func exporterMetrics(of signal: Signal, _ status: SignalStatus) -> [SelfMetric] {
        let name = "exporter.\(word(of: signal))"
        let component = exporter(of: signal)
        let lost = errors(status.dropped.filter { !$0.key.isAtCall }, component)
        return [
            upDown("\(name).inflight", unit(of: signal), status.inFlight, component),
            counter("\(name).exported", unit(of: signal), [point(status.exported, component)] + lost),
        ]
    }

    private func counter(_ name: String, _ unit: String, _ points: [SelfMetric.Point]) -> SelfMetric {
        SelfMetric(name: "otel.sdk.\(name)", kind: .counter, unit: unit, points: points)
    }

    private func upDown(_ name: String, _ unit: String, _ value: UInt64, _ component: Attributes) -> SelfMetric {
        SelfMetric(name: "otel.sdk.\(name)", kind: .upDownCounter, unit: unit, points: [point(value, component)])
    }

    private func durations(
        _ name: String,
        _ distribution: ReaderTimings.Distribution,
        _ component: Attributes
    ) -> SelfMetric {
        let value = SelfMetric.Value.durations(
            count: distribution.count,
            sum: distribution.sum,
            minimum: distribution.minimum,
            maximum: distribution.maximum,
            buckets: distribution.buckets
        )
        return SelfMetric(
            name: "otel.sdk.\(name)",
            kind: .histogram,
            unit: "s",
            points: distribution.count > 0 ? [SelfMetric.Point(attributes: component, value: value)] : []
        )
    }

    private func point(_ value: UInt64, _ attributes: Attributes) -> SelfMetric.Point {
        SelfMetric.Point(attributes: attributes, value: .count(Int64(clamping: value)))
    }

    private func errors(
        _ dropped: [TelemetryStatus.DropReason: UInt64],
        _ component: Attributes
    ) -> [SelfMetric.Point] {
        dropped.sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, count in
            var attributes = component
            // The conventions have a word of their own for what a backend refuses.
            let isRejected = reason == .itemsRejected
            attributes.append("error.type", .string(isRejected ? "rejected" : reason.rawValue))
            return point(count, attributes)
        }
    }

    // MARK: - Components

    private func word(of signal: Signal) -> String {
        switch signal {
        case .logs: "log"
        case .traces: "span"
        case .metrics: "metric_data_point"
        }
    }

    private func unit(of signal: Signal) -> String {
        switch signal {
        case .logs: "{log_record}"
        case .traces: "{span}"
        case .metrics: "{data_point}"
        }
    }

    private func processor(of signal: Signal) -> Attributes {
        component(signal == .logs ? "batching_log_processor" : "batching_span_processor")
    }

    private func exporter(of signal: Signal) -> Attributes {
        let format = formats[signal] == .json ? "otlp_http_json" : "otlp_http"
        let word =
            switch signal {
            case .logs: "log"
            case .traces: "span"
            case .metrics: "metric"
            }
        return component("\(format)_\(word)_exporter")
    }

    private var reader: Attributes {
        component("periodic_metric_reader")
    }

    private func component(_ type: String) -> Attributes {
        ["otel.component.name": .string("\(type)/\(instance)"), "otel.component.type": .string(type)]
    }
}

extension SignalStatus {
    /// Items refused at the call, by reason.
    fileprivate var refused: [TelemetryStatus.DropReason: UInt64] {
        dropped.filter { $0.key.isAtCall }
    }

    /// Items that were offered, taken or not.
    fileprivate var offered: UInt64 {
        accepted + refused.values.reduce(0, +)
    }
}
