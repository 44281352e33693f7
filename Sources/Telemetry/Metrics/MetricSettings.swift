/// The settings of a client that concern its metrics, checked.
struct MetricSettings: Sendable {
    /// How often metrics are collected and exported, in nanoseconds; nil for flushes only.
    var interval: UInt64? = 60_000_000_000
    /// The longest the export of one request may take, in nanoseconds, retries included.
    var exportTimeout: UInt64 = 30_000_000_000
    /// What sums and histograms cover, up-down counters excepted.
    var temporality = AggregationTemporality.cumulative
    /// Series that an instrument may have, its overflow series apart.
    ///
    /// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#configuration-1
    var cardinalityLimit = 2000
    /// Instruments that a client may have.
    var instrumentLimit = 1000
    /// Encoded bytes from which on no more is put into a request: far below the 64 MiB that receivers take.
    var requestBytes = 4 << 20
    /// What hashes of attributes begin with.
    var hashSeed = UInt64.random(in: .min ... .max)
    /// What leaves of attributes when data that must stay in the process is taken away; nil if everything may leave.
    var sanitize: (@Sendable (Attributes) -> Attributes)?

    /// Takes a complaint about the use of instruments.
    var warn: @Sendable (String) -> Void = { _ in }

    /// Whether the `otel.sdk.*` metrics are exported with the others.
    var exportsSelfMetrics = false

    /// The default settings.
    init() {}

    /// The settings of a client.
    init(_ configuration: ResolvedConfiguration) {
        interval = configuration.exportMode == .manual ? nil : configuration.metricInterval.clampedNanoseconds
        exportTimeout = configuration.metricTimeout.clampedNanoseconds
        temporality = configuration.temporality
        let privacy = PrivacyFilter(configuration.privacy)
        sanitize = { privacy.isClean($0) ? $0 : privacy.sanitized($0) }
        exportsSelfMetrics = configuration.exportsSelfMetrics
        warn = ConfigurationSources.warnOnce(_:)
    }
}
