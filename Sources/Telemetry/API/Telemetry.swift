import HTTP
import OTLP
import Platform

/// A client that records telemetry and delivers it by OTLP/HTTP from a thread of its own.
///
///     let telemetry = try Telemetry(configuration: TelemetryConfiguration(projectName: "shop"))
///     telemetry.trackEvent("order.created", ["index": 7])
///     telemetry.shutdown(timeout: .seconds(5))
///
/// Every call may be made from any thread. Recording does not throw, and blocks only if the configuration says
/// `overflow: .wait`: an item that cannot be kept is counted in `status`.
public final class Telemetry: Sendable {
    /// The name of this SDK, sent as `telemetry.sdk.name`.
    public static let sdkName = "telemetry-swift"
    /// The version of this SDK, sent as `telemetry.sdk.version`.
    public static let sdkVersion = "0.1.0"

    private let pipeline: Pipeline?
    private let transport: (any ExportTransport)?

    /// Makes a client and, if it is enabled, starts its exporter.
    ///
    /// - Parameter configuration: The settings, checked here once and for all.
    /// - Throws: `TelemetryConfigurationError` if a setting cannot be used, or if the system has no thread to give.
    public convenience init(configuration: TelemetryConfiguration) throws(TelemetryConfigurationError) {
        let endpoint = try configuration.validate()
        let transport = LogsTransport(configuration: configuration, endpoint: endpoint)
        try self.init(configuration: configuration, transport: transport)
    }

    /// Makes a client that exports through a given transport.
    init(
        configuration: TelemetryConfiguration,
        transport: any ExportTransport
    ) throws(TelemetryConfigurationError) {
        guard configuration.isEnabled else {
            self.pipeline = nil
            self.transport = nil
            return
        }
        let pipeline = Pipeline(configuration: configuration)
        self.pipeline = pipeline
        self.transport = transport
        let exporter = Exporter(pipeline: pipeline, transport: transport, retry: configuration.retry)
        do {
            // The thread keeps the pipeline alive until it ends; nobody joins it, see `shutdown`.
            _ = try PlatformThread.start(name: "telemetry-export") { exporter.run() }
        } catch {
            throw TelemetryConfigurationError(field: "isEnabled", value: "true", reason: "needs a thread: \(error)")
        }
    }

    deinit {
        // What is queued is still delivered, in the background; who wants to know calls `shutdown`.
        _ = pipeline?.close()
    }

    /// Whether items are recorded at all.
    public var isEnabled: Bool {
        pipeline != nil
    }

    /// The counters at this moment.
    public var status: TelemetryStatus {
        pipeline?.status ?? TelemetryStatus(isEnabled: false)
    }

    /// Records that something happened.
    ///
    /// - Parameters:
    ///   - name: The event's name, of low cardinality, such as `order.created`.
    ///   - attributes: What there is to say of it.
    /// - Returns: Whether the event was accepted; the reason why not is counted in `status`.
    @discardableResult
    public func trackEvent(_ name: String, _ attributes: Attributes = [:]) -> Bool {
        guard let pipeline else { return false }
        return pipeline.record(name: name, attributes: attributes)
    }

    /// Sends what is queued and waits for the backend to acknowledge it.
    ///
    /// - Parameter timeout: How long to wait at most.
    /// - Returns: Success only if everything accepted before the call has been acknowledged.
    @discardableResult
    public func flush(timeout: Duration) -> FlushResult {
        pipeline?.flush(timeout: timeout.clampedNanoseconds) ?? .success
    }

    /// Takes no more items, delivers what is queued, and ends the exporter.
    ///
    /// A second call does nothing and succeeds.
    ///
    /// - Parameter timeout: How long to wait at most. What is not delivered by then is given up and counted.
    /// - Returns: What `flush` would have returned.
    @discardableResult
    public func shutdown(timeout: Duration) -> FlushResult {
        guard let pipeline, pipeline.close() else { return .success }
        let result = pipeline.flush(timeout: timeout.clampedNanoseconds)
        if case .timedOut = result {
            pipeline.abandon()
            transport?.cancel()
        }
        // The exporter has nothing left to do but to notice; a quarter of a second is a limit, not an expectation.
        _ = pipeline.waitForExporter(timeout: 250_000_000)
        return result
    }
}
