import LoadEngine
import Telemetry

/// The `system` object of a profile as settings of our SDK.
enum TelemetryOptions {
    /// Reads the options; those not given keep the SDK's defaults, and the SDK itself judges the values.
    static func configuration(
        from system: SystemConfiguration
    ) throws(SystemConfigurationError) -> TelemetryConfiguration {
        var options = OptionReader(system.options)
        var settings = TelemetryConfiguration(projectName: try options.string("project") ?? "telemetry-bench")
        // OpenTelemetry's benchmark asks for a version of ten characters beside the name.
        settings.projectVersion = try options.string("project_version")
        settings.resourceAttributes = ["bench.run_id": .string(system.runID)]
        if let tenant = system.tenant { settings.resourceAttributes.append("bench.tenant", .integer(Int64(tenant))) }
        settings.endpoint = system.endpoint
        // Said outright, so that neither a CI machine nor an opt-out file makes the harness measure nothing.
        settings.isEnabled = try options.bool("enabled") ?? true
        try readBatching(&options, into: &settings)
        try readExport(&options, into: &settings)
        try readRecording(&options, into: &settings)
        try options.finish()
        return settings
    }

    private static func readBatching(
        _ options: inout OptionReader,
        into settings: inout TelemetryConfiguration
    ) throws(SystemConfigurationError) {
        settings.batchSize = try options.anyInteger("batch_size")
        settings.flushInterval = try options.duration("flush_interval")
        settings.queueLimit = try options.anyInteger("queue_limit")
        settings.queueByteLimit = try options.bytes("queue_bytes").map { Int(clamping: $0) }
        settings.spanBatching = try options.batching("span")
        settings.logBatching = try options.batching("log")
        settings.overflow = try options.choice("overflow", of: ["drop", "wait"]).map {
            $0 == "wait" ? .wait : .dropNewest
        }
        settings.exportMode = try options.choice("export", of: ["automatic", "manual"]).map {
            $0 == "manual" ? .manual : .automatic
        }
        settings.metricInterval = try options.duration("metric_interval")
        settings.metricTimeout = try options.duration("metric_timeout")
        settings.temporality = try options.named("temporality")
    }

    private static func readExport(
        _ options: inout OptionReader,
        into settings: inout TelemetryConfiguration
    ) throws(SystemConfigurationError) {
        settings.protocolFormat = try options.named("protocol")
        settings.compression = try options.named("compression")
        settings.compressionThreshold = try options.bytes("compression_threshold").map { Int(clamping: $0) }
        settings.requestTimeout = try options.duration("request_timeout")
        if let pause = try options.duration("retry_initial_backoff") { settings.retry.initialBackoff = pause }
        if let pause = try options.duration("retry_maximum_backoff") { settings.retry.maximumBackoff = pause }
        if let time = try options.duration("retry_maximum_elapsed") { settings.retry.maximumElapsed = time }
    }

    private static func readRecording(
        _ options: inout OptionReader,
        into settings: inout TelemetryConfiguration
    ) throws(SystemConfigurationError) {
        settings.privacy = try options.choice("privacy", of: ["on", "off"]).map { $0 == "off" ? .off : .standard }
        settings.limits.attributes = try options.anyInteger("attribute_limit")
        settings.limits.attributeValueLength = try options.anyInteger("value_length_limit")
        settings.limits.events = try options.anyInteger("event_limit")
        settings.limits.links = try options.anyInteger("link_limit")
        settings.sampler = try options.sampler()
    }

    /// An error of the SDK in the words of the profile.
    static func systemError(from error: TelemetryConfigurationError) -> SystemConfigurationError {
        let option = optionNames.first { $0.key == error.field }?.value
        let value = error.value.isEmpty ? "the empty text" : error.value
        // The reason may speak of other settings by their names in Swift.
        let reason = optionNames.reduce(error.reason) { $0.replacing($1.key, with: $1.value) }
        return SystemConfigurationError(option: option ?? error.field, message: "\(value) \(reason)")
    }

    private static let optionNames: KeyValuePairs = [
        "projectName": "project",
        "isEnabled": "enabled",
        "batchSize": "batch_size",
        "flushInterval": "flush_interval",
        "queueLimit": "queue_limit",
        "queueByteLimit": "queue_bytes",
        "spanBatching.batchSize": "span_batch_size",
        "spanBatching.flushInterval": "span_flush_interval",
        "spanBatching.queueLimit": "span_queue_limit",
        "spanBatching.exportTimeout": "span_export_timeout",
        "logBatching.batchSize": "log_batch_size",
        "logBatching.flushInterval": "log_flush_interval",
        "logBatching.queueLimit": "log_queue_limit",
        "logBatching.exportTimeout": "log_export_timeout",
        "requestTimeout": "request_timeout",
        "compressionThreshold": "compression_threshold",
        "retry.initialBackoff": "retry_initial_backoff",
        "retry.maximumBackoff": "retry_maximum_backoff",
        "retry.maximumElapsed": "retry_maximum_elapsed",
        "metricInterval": "metric_interval",
        "metricTimeout": "metric_timeout",
        "limits.attributes": "attribute_limit",
        "limits.attributeValueLength": "value_length_limit",
        "limits.events": "event_limit",
        "limits.links": "link_limit",
        "sampler": "sampler_ratio",
        "exportMode": "export",
    ]
}

extension OptionReader {
    /// A whole number of any size, or nil when it is absent: the SDK judges it.
    fileprivate mutating func anyInteger(_ option: String) throws(SystemConfigurationError) -> Int? {
        try integer(option, in: Int.min...Int.max)
    }

    /// A duration such as `"250ms"`, or nil when it is absent.
    fileprivate mutating func duration(_ option: String) throws(SystemConfigurationError) -> Duration? {
        try durationNanoseconds(option).map { .nanoseconds(Int64(clamping: $0)) }
    }

    /// A value by the name that the SDK has for it, or nil when it is absent.
    fileprivate mutating func named<Value: RawRepresentable<String> & CaseIterable>(
        _ option: String
    ) throws(SystemConfigurationError) -> Value? {
        try choice(option, of: Value.allCases.map(\.rawValue)).flatMap { Value(rawValue: $0) }
    }

    /// How one signal is batched, where that differs from the others.
    fileprivate mutating func batching(
        _ signal: String
    ) throws(SystemConfigurationError) -> TelemetryConfiguration.Batching {
        var batching = TelemetryConfiguration.Batching()
        batching.batchSize = try anyInteger("\(signal)_batch_size")
        batching.flushInterval = try duration("\(signal)_flush_interval")
        batching.queueLimit = try anyInteger("\(signal)_queue_limit")
        batching.exportTimeout = try duration("\(signal)_export_timeout")
        return batching
    }

    /// A sampler by OpenTelemetry's name for it, or nil when it is absent.
    fileprivate mutating func sampler() throws(SystemConfigurationError) -> Sampler? {
        let ratio = try number("sampler_ratio")
        let roots: [(name: String, sampler: Sampler)] = [
            ("always_on", .alwaysOn), ("always_off", .alwaysOff), ("traceidratio", .traceIDRatio(ratio ?? 1)),
        ]
        let names = roots.map(\.name) + roots.map { "parentbased_\($0.name)" }
        guard let name = try choice("sampler", of: names) else {
            guard ratio == nil else {
                throw SystemConfigurationError(
                    option: "sampler_ratio",
                    message: "has no effect without a sampler; add \"sampler\": \"traceidratio\""
                )
            }
            return nil
        }
        for root in roots where name.hasSuffix(root.name) {
            return name == root.name ? root.sampler : .parentBased(root: root.sampler)
        }
        return nil
    }
}
