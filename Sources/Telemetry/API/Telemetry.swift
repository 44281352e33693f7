import HTTP
import OTLP
import Platform

/// A client that records telemetry and delivers it by OTLP/HTTP from threads of its own.
///
///     let telemetry = try Telemetry(configuration: TelemetryConfiguration(projectName: "shop"))
///     telemetry.trackEvent("order.created", ["index": 7])
///     telemetry.withSpan("checkout", kind: .server) { span in
///         span.setAttribute("order.items", 3)
///         telemetry.trackLog("paid", severity: .info)
///     }
///     telemetry.shutdown(timeout: .seconds(5))
///
/// Every call may be made from any thread. Recording does not throw, and blocks only if the configuration says
/// `overflow: .wait`: an item that cannot be kept is counted in `status`.
public final class Telemetry: Sendable {
    /// The name of this SDK, sent as `telemetry.sdk.name`.
    public static let sdkName = "telemetry-swift"
    /// The version of this SDK, sent as `telemetry.sdk.version`.
    public static let sdkVersion = "0.1.0"

    /// Whether items are recorded at all.
    public let isEnabled: Bool

    private let enablement: TelemetryStatus.Enablement
    /// Events, logs and errors; nil if the client is disabled.
    private let logs: LogRecorder?
    /// Spans; nil if the client is disabled.
    let spans: SpanRecorder?
    // The same without reference counting, which hot paths pay for: valid as long as the client is.
    let unmanagedLogs: Unmanaged<LogRecorder>?
    let unmanagedSpans: Unmanaged<SpanRecorder>?
    /// Metrics; nil if the client is disabled.
    let meterProvider: MeterProvider?
    /// What makes metrics of the client's own counters; nil if it is disabled.
    let selfObservation: SelfObservation?
    /// What delivers the signals.
    private let components: [any SignalComponent]

    /// Makes a client and, if it is enabled, starts its exporters.
    ///
    /// What the configuration leaves open is read from the environment, here and now.
    ///
    /// - Parameter configuration: The settings, checked here once and for all.
    /// - Throws: `TelemetryConfigurationError` if a setting cannot be used, or if the system has no thread to give.
    public convenience init(configuration: TelemetryConfiguration) throws(TelemetryConfigurationError) {
        let resolved = try configuration.resolved(with: .current())
        let resource = ResourceEncoding.resource(resolved.resource)
        try self.init(configuration: resolved) { signal throws(TelemetryConfigurationError) in
            let transport = try OTLPTransport(
                signal: signal,
                settings: resolved.export(of: signal),
                compressionThreshold: resolved.compressionThreshold,
                resource: resource
            )
            return resolved.isVerbose ? VerboseTransport(transport, signal: signal) : transport
        }
    }

    /// Makes a client from resolved settings.
    ///
    /// - Parameters:
    ///   - configuration: Settings that have been checked.
    ///   - makeTransport: Makes the transport of a signal; called once for each, if the client is enabled.
    /// - Throws: `TelemetryConfigurationError` if a transport cannot be made, or if the system has no thread to give.
    init(
        configuration: ResolvedConfiguration,
        makeTransport: (Signal) throws(TelemetryConfigurationError) -> any ExportTransport
    ) throws(TelemetryConfigurationError) {
        enablement = configuration.enablement
        isEnabled = enablement.isEnabled
        guard isEnabled else {
            logs = nil
            spans = nil
            unmanagedLogs = nil
            unmanagedSpans = nil
            meterProvider = nil
            selfObservation = nil
            components = []
            return
        }
        let logs = try RecordedSignal(.logs, configuration, transport: makeTransport(.logs))
        let traces = try RecordedSignal(.traces, configuration, transport: makeTransport(.traces))
        let logRecorder = LogRecorder(pipeline: logs.pipeline, configuration: configuration)
        let spanRecorder = SpanRecorder(pipeline: traces.pipeline, configuration: configuration)
        self.logs = logRecorder
        spans = spanRecorder
        unmanagedLogs = Unmanaged.passUnretained(logRecorder)
        unmanagedSpans = Unmanaged.passUnretained(spanRecorder)
        let selfObservation = SelfObservation(configuration)
        self.selfObservation = selfObservation
        let meterProvider = MeterProvider(
            settings: MetricSettings(configuration),
            transport: try makeTransport(.metrics),
            retry: configuration.retry,
            extraMetrics: selfObservation.source(
                logs: logs,
                traces: traces,
                spans: spanRecorder.tally,
                isOn: configuration.exportsSelfMetrics
            )
        )
        self.meterProvider = meterProvider
        components = [logs, traces, meterProvider]
    }

    deinit {
        // What is queued is still delivered, in the background; who wants to know calls `shutdown`.
        for component in components { _ = component.close() }
    }

    /// The counters at this moment, and whether the client records and why.
    public var status: TelemetryStatus {
        var status = TelemetryStatus(isEnabled: isEnabled)
        status.enablement = enablement
        for component in components { status.add(component.status, of: component.signal) }
        return status
    }

    /// Sends what is recorded, of all signals at a time, and waits for the backend to acknowledge it.
    ///
    /// - Parameter timeout: How long to wait at most.
    /// - Returns: Success only if everything accepted before the call has been acknowledged.
    @discardableResult
    public func flush(timeout: Duration) -> FlushResult {
        flush(components, deadline: MonotonicClock.deadline(after: timeout.clampedNanoseconds))
    }

    /// Takes no more items, delivers what is recorded, and ends the exporters.
    ///
    /// A second call, of whatever thread, waits for the first to end and tells how it ended; it gives nothing up.
    ///
    /// - Parameter timeout: How long to wait at most. What is not delivered by then is given up and counted.
    /// - Returns: What `flush` would have returned; at the latest about ten milliseconds after the time-out.
    @discardableResult
    public func shutdown(timeout: Duration) -> FlushResult {
        let deadline = MonotonicClock.deadline(after: timeout.clampedNanoseconds)
        let closed = components.filter { $0.close() }
        let result = flush(components, deadline: deadline)
        if case .timedOut = result {
            for component in closed { component.abandon() }
        }
        // The exporters have nothing left to do but to notice: this is a limit, not an expectation.
        let end = max(deadline, MonotonicClock.now()) + 10_000_000
        for component in closed { _ = component.waitForExporter(deadline: end) }
        return result
    }

    private func flush(_ components: [any SignalComponent], deadline: UInt64) -> FlushResult {
        let tickets = components.map { $0.beginFlush() }
        let outcomes = zip(components, tickets).map { $0.finishFlush($1, deadline: deadline) }
        let result = outcomes.reduce(FlushResult.success) { $0.merged(with: $1.result) }
        // A time-out of one signal hides the losses of another: they are left for the next call to tell.
        if case .failure = result {
            for (component, outcome) in zip(components, outcomes) { component.failuresWereReported(outcome.failures) }
        }
        return result
    }
}
