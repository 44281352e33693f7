import Platform
import Synchronization

/// Turns what a client counts of itself into the `otel.sdk.*` metrics.
///
/// Each item is counted once per export, whatever the number of retries; `processed` without an error means handed to
/// the exporter, not delivered. What the client does not count is absent: `otel.sdk.span.live`, `otel.sdk.span.started`,
/// and what is in flight of logs and spans.
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
    ///   - timings: How long the reader's work took.
    /// - Returns: The metrics that have points.
    func metrics(of signals: [Signal: SignalStatus], timings: ReaderTimings) -> [SelfMetric] {
        var metrics: [SelfMetric] = []
        for signal in Signal.allCases {
            guard let status = signals[signal] else { continue }
            if signal != .metrics { metrics += processorMetrics(of: signal, status) }
            metrics.append(exported(of: signal, status))
        }
        if let status = signals[.metrics] {
            metrics.append(
                upDown("exporter.metric_data_point.inflight", "{data_point}", status.queued, exporter(of: .metrics))
            )
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
    ///   - traces: Where spans are counted.
    ///   - isOn: Whether there is anything to export.
    /// - Returns: What a provider is made with.
    func source(
        logs: RecordedSignal,
        traces: RecordedSignal,
        isOn: Bool
    ) -> @Sendable (UInt64, MetricReader) -> [InstrumentSnapshot] {
        guard isOn else { return { _, _ in [] } }
        let start = WallClock.now()
        return { time, reader in
            let signals = [Signal.logs: logs.status, .traces: traces.status, .metrics: reader.signalStatus]
            return metrics(of: signals, timings: reader.timings).map { $0.snapshot(start: start, time: time) }
        }
    }

    // MARK: - Metrics

    private func processorMetrics(of signal: Signal, _ status: SignalStatus) -> [SelfMetric] {
        let word = word(of: signal)
        let component = processor(of: signal)
        let refused = status.dropped.filter { $0.key.isAtCall }
        var processed = [point(status.accepted - status.queued, component)]
        processed += errors(refused, component)
        var metrics = [
            SelfMetric(
                name: "otel.sdk.processor.\(word).processed",
                kind: .counter,
                unit: unit(of: signal),
                points: processed
            ),
            upDown("processor.\(word).queue.size", unit(of: signal), status.queued, component),
            upDown(
                "processor.\(word).queue.capacity",
                unit(of: signal),
                UInt64(queueCapacities[signal] ?? 0),
                component
            ),
        ]
        if signal == .logs {
            let created = status.accepted + refused.values.reduce(0, +)
            metrics.append(
                SelfMetric(
                    name: "otel.sdk.log.created",
                    kind: .counter,
                    unit: unit(of: signal),
                    points: [point(created, [:])]
                )
            )
        }
        return metrics
    }

    private func exported(of signal: Signal, _ status: SignalStatus) -> SelfMetric {
        let component = exporter(of: signal)
        return SelfMetric(
            name: "otel.sdk.exporter.\(word(of: signal)).exported",
            kind: .counter,
            unit: unit(of: signal),
            points: [point(status.exported, component)] + errors(status.dropped.filter { !$0.key.isAtCall }, component)
        )
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
