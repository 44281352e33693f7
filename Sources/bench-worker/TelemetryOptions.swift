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
        settings.resourceAttributes = ["bench.run_id": .string(system.runID)]
        if let endpoint = system.endpoint { settings.endpoint = endpoint }
        let anyInteger = Int.min...Int.max
        try apply(options.bool("enabled"), to: &settings.isEnabled)
        try apply(options.integer("batch_size", in: anyInteger), to: &settings.batchSize)
        try apply(options.duration("flush_interval"), to: &settings.flushInterval)
        try apply(options.integer("queue_limit", in: anyInteger), to: &settings.queueLimit)
        try apply(options.bytes("queue_bytes").map { Int(clamping: $0) }, to: &settings.queueByteLimit)
        try apply(options.duration("request_timeout"), to: &settings.requestTimeout)
        try apply(options.duration("retry_initial_backoff"), to: &settings.retry.initialBackoff)
        try apply(options.duration("retry_maximum_backoff"), to: &settings.retry.maximumBackoff)
        try apply(options.duration("retry_maximum_elapsed"), to: &settings.retry.maximumElapsed)
        try apply(
            options.choice("overflow", of: ["drop", "wait"]).map { $0 == "wait" ? .wait : .dropNewest },
            to: &settings.overflow
        )
        try apply(
            options.choice("export", of: ["automatic", "manual"]).map { $0 == "manual" ? .manual : .automatic },
            to: &settings.exportMode
        )
        try options.finish()
        return settings
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
        "requestTimeout": "request_timeout",
        "retry.initialBackoff": "retry_initial_backoff",
        "retry.maximumBackoff": "retry_maximum_backoff",
        "retry.maximumElapsed": "retry_maximum_elapsed",
        "exportMode": "export",
    ]

    private static func apply<Value>(_ value: Value?, to setting: inout Value) {
        if let value { setting = value }
    }
}

extension OptionReader {
    /// A duration such as `"250ms"`, or nil when it is absent.
    fileprivate mutating func duration(_ option: String) throws(SystemConfigurationError) -> Duration? {
        try durationNanoseconds(option).map { .nanoseconds(Int64(clamping: $0)) }
    }
}
