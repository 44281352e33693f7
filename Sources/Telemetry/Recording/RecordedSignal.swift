import OTLP
import Platform

/// A signal whose items are recorded and delivered one by one: a pipeline, its exporter's thread, and its transport.
final class RecordedSignal: SignalComponent {
    let signal: Signal
    /// Where items are recorded.
    let pipeline: Pipeline
    private let transport: any ExportTransport

    /// Makes the component and starts its exporter.
    ///
    /// - Throws: `TelemetryConfigurationError` if the system has no thread to give.
    init(
        _ signal: Signal,
        _ configuration: ResolvedConfiguration,
        transport: any ExportTransport
    ) throws(TelemetryConfigurationError) {
        self.signal = signal
        self.transport = transport
        let batching = signal == .traces ? configuration.spanBatching : configuration.logBatching
        let format = configuration.export(of: signal).protocolFormat
        let pipeline = Pipeline(
            settings: Pipeline.Settings(
                limits: ChunkQueue.Limits(
                    batchSize: batching.batchSize,
                    items: batching.queueLimit,
                    bytes: configuration.queueByteLimit
                ),
                flushInterval: batching.flushInterval.clampedNanoseconds,
                waitsForSpace: configuration.overflow == .wait,
                exportsAutomatically: configuration.exportMode == .automatic,
                format: format,
                message: signal.wire.itemMessage
            )
        )
        self.pipeline = pipeline
        let exporter = Exporter(
            source: pipeline,
            transport: transport,
            retry: configuration.retry,
            timeout: batching.exportTimeout
        )
        do {
            // The thread keeps the pipeline alive until it ends; nobody joins it, see `waitForExporter`.
            _ = try PlatformThread.start(name: "telemetry-\(signal)") { exporter.run() }
        } catch {
            throw TelemetryConfigurationError(field: "isEnabled", value: "true", reason: "needs a thread: \(error)")
        }
    }

    var status: SignalStatus {
        pipeline.status
    }

    func beginFlush() -> FlushTicket {
        pipeline.beginFlush()
    }

    func finishFlush(_ ticket: FlushTicket, deadline: UInt64) -> FlushOutcome {
        pipeline.finishFlush(ticket, deadline: deadline)
    }

    func failuresWereReported(_ failures: UInt64) {
        pipeline.failuresWereReported(failures)
    }

    func close() -> Bool {
        pipeline.close()
    }

    func abandon() {
        pipeline.abandon()
        transport.cancel()
    }

    func waitForExporter(deadline: UInt64) -> Bool {
        pipeline.waitForExporter(deadline: deadline)
    }
}
