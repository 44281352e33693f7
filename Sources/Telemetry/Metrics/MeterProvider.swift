import Platform

/// Everything that concerns the metrics of a client: its instruments, their reader and the thread that exports.
///
/// The thread is started with the first instrument: a client without metrics has none.
///
/// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#meterprovider
final class MeterProvider: SignalComponent {
    let signal = Signal.metrics
    private let registry: InstrumentRegistry
    private let reader: MetricReader
    private let transport: any ExportTransport
    private let exportsSelfMetrics: Bool
    private let exporter: Exporter

    /// Makes a provider without instruments.
    ///
    /// - Parameters:
    ///   - settings: Checked settings.
    ///   - transport: Where requests go; it is sent encoded `Metric` messages.
    ///   - retry: How failed requests are repeated; never for longer than the export time-out.
    ///   - extraMetrics: Metrics that no instrument has, at a time in nanoseconds since 1970, given the reader.
    init(
        settings: MetricSettings,
        transport: any ExportTransport,
        retry: RetryPolicy,
        extraMetrics: @escaping @Sendable (UInt64, MetricReader) -> [InstrumentSnapshot] = { _, _ in [] }
    ) {
        registry = InstrumentRegistry(settings: settings)
        reader = MetricReader(registry: registry, settings: settings, extraMetrics: extraMetrics)
        self.transport = transport
        exportsSelfMetrics = settings.exportsSelfMetrics
        exporter = Exporter(
            source: reader,
            transport: transport,
            retry: retry,
            timeout: .nanoseconds(Int64(clamping: settings.exportTimeout))
        )
        if exportsSelfMetrics { startIfNeeded() }
    }

    deinit {
        // What was measured is still delivered, in the background; who wants to know calls `shutdown`.
        _ = reader.close()
    }

    // MARK: - Recording

    /// Records a double by name.
    func record(_ name: String, _ value: Double, kind: MetricKind, _ attributes: AttributeSlice) -> Bool {
        guard let instrument = find(name, kind, .double) else { return false }
        switch kind {
        case .counter, .upDownCounter: return instrument.add(double: value, attributes)
        case .gauge: return instrument.record(gauge: value, attributes)
        case .histogram: return instrument.record(histogram: value, attributes)
        }
    }

    /// Records an integer by name.
    func record(_ name: String, _ value: Int, kind: MetricKind, _ attributes: AttributeSlice) -> Bool {
        guard kind == .counter || kind == .upDownCounter else {
            return record(name, Double(value), kind: kind, attributes)
        }
        return find(name, kind, .integer)?.add(integer: Int64(value), attributes) ?? false
    }

    /// Makes an instrument, or finds the one of its name.
    func instrument(_ descriptor: InstrumentDescriptor) -> Instrument? {
        defer { startIfNeeded() }
        return registry.make(descriptor)
    }

    @inline(__always)
    private func find(_ name: String, _ kind: MetricKind, _ number: InstrumentDescriptor.Number) -> Instrument? {
        if let instrument = registry.find(name, kind: kind, number: number) { return instrument }
        defer { startIfNeeded() }
        return registry.make(InstrumentDescriptor(name: name, kind: kind, number: number), isMeasurement: true)
    }

    @inline(never)
    private func startIfNeeded() {
        guard exportsSelfMetrics || !registry.isEmpty, reader.claimStart() else { return }
        do {
            // The thread keeps the reader alive until it ends; nobody joins it, see `shutdown`.
            _ = try PlatformThread.start(name: "telemetry-metrics") { [exporter] in exporter.run() }
        } catch {
            reader.startFailed("metrics need a thread: \(error)")
        }
    }

    // MARK: - Delivering

    func beginFlush() -> FlushTicket {
        reader.beginFlush()
    }

    func finishFlush(_ ticket: FlushTicket, deadline: UInt64) -> FlushOutcome {
        reader.finishFlush(ticket, deadline: deadline)
    }

    func failuresWereReported(_ failures: UInt64) {
        reader.failuresWereReported(failures)
    }

    func close() -> Bool {
        reader.close()
    }

    func abandon() {
        reader.abandon()
        transport.cancel()
    }

    func waitForExporter(deadline: UInt64) -> Bool {
        reader.waitForExporter(deadline: deadline)
    }

    /// What became of the data points.
    var status: SignalStatus {
        reader.signalStatus
    }

    /// What became of all measurements and points.
    var metricsStatus: MetricsStatus {
        var status = reader.status
        registry.addAccount(to: &status)
        return status
    }

    /// How long collections and exports took.
    var timings: ReaderTimings {
        reader.timings
    }
}
