extension TelemetryConfiguration {
    /// Decides every setting: what the program says, else what the environment says, else the default.
    ///
    /// Nothing but `sources` is looked at.
    ///
    /// - Throws: `TelemetryConfigurationError` naming the first field of the program's that cannot be used. The
    ///   environment never makes it throw: a variable that cannot be used is passed over with a warning.
    func resolved(with sources: ConfigurationSources) throws(TelemetryConfigurationError) -> ResolvedConfiguration {
        try validate()
        var settings = SettingResolver(variables: sources.variables, warn: sources.warn)
        let home = sources.variables["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let optOutFile = settings.resolve(
            "optOutFile",
            optOutFile.map(Optional.some),
            from: ["TELEMETRY_OPT_OUT_FILE"],
            as: EnvironmentValue.text.optional,
            otherwise: home.map { $0 + "/.telemetry-opt-out" }
        )
        let enablement = EnablementRules.decide(
            explicit: isEnabled,
            optOutFile: optOutFile,
            settings: &settings,
            fileExists: sources.fileExists
        )
        settings.note("isEnabled", enablement.reason.origin)
        let resource = ResourceAttributes.make(self, settings: &settings, process: sources.process)
        let spanBatching = try batching(.spans, &settings)
        let logBatching = try batching(.logs, &settings)
        return ResolvedConfiguration(
            enablement: enablement,
            isVerbose: settings.resolve(
                "isVerbose",
                isVerbose,
                from: ["TELEMETRY_VERBOSE"],
                as: .boolean,
                otherwise: false
            ),
            backend: settings.resolve("backend", backend, from: ["TELEMETRY_BACKEND"], as: .choice, otherwise: .otlp),
            resource: resource,
            traces: try export(.traces, &settings),
            metrics: try export(.metrics, &settings),
            logs: try export(.logs, &settings),
            compressionThreshold: settings.resolve("compressionThreshold", compressionThreshold, otherwise: 1024),
            retry: settings.resolve("retry", retry == RetryPolicy() ? nil : retry, otherwise: RetryPolicy()),
            spanBatching: spanBatching,
            logBatching: logBatching,
            queueByteLimit: settings.resolve("queueByteLimit", queueByteLimit, otherwise: 64 << 20),
            overflow: settings.resolve("overflow", overflow, otherwise: .dropNewest),
            exportMode: settings.resolve("exportMode", exportMode, otherwise: .automatic),
            metricInterval: settings.resolve(
                "metricInterval",
                metricInterval,
                from: ["OTEL_METRIC_EXPORT_INTERVAL"],
                as: .milliseconds,
                otherwise: .seconds(60)
            ),
            metricTimeout: settings.resolve(
                "metricTimeout",
                metricTimeout,
                from: ["OTEL_METRIC_EXPORT_TIMEOUT"],
                as: .milliseconds,
                otherwise: .seconds(30)
            ),
            temporality: settings.resolve(
                "temporality",
                temporality,
                from: ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"],
                as: .choice,
                otherwise: .cumulative
            ),
            exportsSelfMetrics: settings.resolve(
                "exportsSelfMetrics",
                exportsSelfMetrics,
                from: ["TELEMETRY_SELF_METRICS"],
                as: .boolean,
                otherwise: false
            ),
            sampler: resolvedSampler(&settings),
            limits: resolvedLimits(&settings),
            privacy: settings.resolve(
                "privacy",
                privacy,
                from: ["TELEMETRY_PRIVACY"],
                as: .privacy,
                otherwise: .standard
            ),
            origins: settings.origins
        )
    }
}

// MARK: - Export

/// The names of one signal's export settings.
private struct ExportNames {
    let field: String
    let variable: String
    let path: String

    static let traces = ExportNames(field: "traces", variable: "TRACES", path: "/v1/traces")
    static let metrics = ExportNames(field: "metrics", variable: "METRICS", path: "/v1/metrics")
    static let logs = ExportNames(field: "logs", variable: "LOGS", path: "/v1/logs")
}

extension TelemetryConfiguration {
    private func export(
        _ names: ExportNames,
        _ settings: inout SettingResolver
    ) throws(TelemetryConfigurationError) -> ResolvedConfiguration.Export {
        let own =
            switch names.field {
            case "traces": traces
            case "metrics": metrics
            default: logs
            }
        func variables(_ suffix: String) -> [String] {
            ["OTEL_EXPORTER_OTLP_\(names.variable)_\(suffix)", "OTEL_EXPORTER_OTLP_\(suffix)"]
        }
        return ResolvedConfiguration.Export(
            destination: try destination(own, names, &settings),
            headers: settings.resolve(
                "\(names.field).headers",
                (own.headers ?? headers)?.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) },
                from: variables("HEADERS"),
                as: .headers,
                otherwise: []
            ),
            compression: settings.resolve(
                "\(names.field).compression",
                own.compression ?? compression,
                from: variables("COMPRESSION"),
                as: .choice,
                otherwise: .none
            ),
            requestTimeout: settings.resolve(
                "\(names.field).requestTimeout",
                own.requestTimeout ?? requestTimeout,
                from: variables("TIMEOUT"),
                as: .milliseconds,
                otherwise: .seconds(10)
            ),
            protocolFormat: settings.resolve(
                "\(names.field).protocolFormat",
                own.protocolFormat ?? protocolFormat,
                from: variables("PROTOCOL"),
                as: .choice,
                otherwise: .protobuf
            )
        )
    }

    private func destination(
        _ own: Export,
        _ names: ExportNames,
        _ settings: inout SettingResolver
    ) throws(TelemetryConfigurationError) -> ExportDestination {
        let field = "\(names.field).endpoint"
        if let endpoint = own.endpoint {
            settings.note(field, .explicit)
            return try destination(endpoint, appending: nil, field: field)
        }
        if let endpoint {
            settings.note(field, .explicit)
            return try destination(endpoint, appending: names.path, field: "endpoint")
        }
        let candidates = [
            ("OTEL_EXPORTER_OTLP_\(names.variable)_ENDPOINT", nil), ("OTEL_EXPORTER_OTLP_ENDPOINT", names.path),
        ]
        for (variable, suffix) in candidates {
            let kind = EnvironmentValue.destination(appending: suffix, secureTransport: secureTransport)
            guard let destination = settings.read(variable, as: kind) else { continue }
            settings.note(field, .environment(variable))
            return destination
        }
        settings.note(field, .byDefault)
        return try destination("http://localhost:4318", appending: names.path, field: "endpoint")
    }

    private func destination(
        _ text: String,
        appending suffix: String?,
        field: String
    ) throws(TelemetryConfigurationError) -> ExportDestination {
        do {
            return try ExportDestination(parsing: text, appending: suffix, secureTransport: secureTransport)
        } catch {
            throw TelemetryConfigurationError(
                field: field,
                value: text,
                reason: "is not an address to send to: \(error); pass http://host:port"
            )
        }
    }
}

// MARK: - Batching

/// The names and defaults of one signal's batching settings.
private struct BatchingNames {
    let field: String
    let variable: String
    let flushInterval: Duration

    static let spans = BatchingNames(field: "spanBatching", variable: "OTEL_BSP", flushInterval: .seconds(5))
    static let logs = BatchingNames(field: "logBatching", variable: "OTEL_BLRP", flushInterval: .seconds(1))
}

extension TelemetryConfiguration {
    private func batching(
        _ names: BatchingNames,
        _ settings: inout SettingResolver
    ) throws(TelemetryConfigurationError) -> ResolvedConfiguration.Batching {
        let own = names.field == "spanBatching" ? spanBatching : logBatching
        let batchVariables = ["\(names.variable)_MAX_EXPORT_BATCH_SIZE", "TELEMETRY_BATCH_SIZE"]
        let queueVariable = "\(names.variable)_MAX_QUEUE_SIZE"
        let explicitBatch = own.batchSize ?? batchSize
        let explicitQueue = own.queueLimit ?? queueLimit
        var queueLimit = settings.resolve(
            "\(names.field).queueLimit",
            explicitQueue,
            from: [queueVariable],
            as: .count(from: 1),
            otherwise: 2048
        )
        if let explicitBatch, explicitQueue == nil, queueLimit < explicitBatch, queueLimit != 2048 {
            settings.report(queueVariable, "\(queueLimit) is less than the batch size, \(explicitBatch); it is ignored")
            settings.note("\(names.field).queueLimit", .byDefault)
            queueLimit = 2048
        }
        var batchSize = settings.resolve(
            "\(names.field).batchSize",
            explicitBatch,
            from: batchVariables,
            as: .count(from: 1),
            otherwise: min(512, queueLimit)
        )
        if batchSize > queueLimit {
            guard explicitBatch == nil else {
                throw TelemetryConfigurationError(
                    field: own.batchSize == nil ? "batchSize" : "\(names.field).batchSize",
                    value: "\(batchSize)",
                    reason: "is larger than queueLimit, \(queueLimit): no batch could ever fill; "
                        + "lower it or raise queueLimit"
                )
            }
            if case .environment(let name) = settings.origins["\(names.field).batchSize"] {
                settings.report(name, "\(batchSize) is more than the queue holds; it is cut to \(queueLimit)")
            }
            batchSize = queueLimit
        }
        return ResolvedConfiguration.Batching(
            batchSize: batchSize,
            queueLimit: queueLimit,
            flushInterval: interval(own, names, &settings),
            exportTimeout: settings.resolve(
                "\(names.field).exportTimeout",
                own.exportTimeout,
                from: ["\(names.variable)_EXPORT_TIMEOUT"],
                as: .milliseconds,
                otherwise: .seconds(30)
            )
        )
    }

    private func interval(_ own: Batching, _ names: BatchingNames, _ settings: inout SettingResolver) -> Duration {
        let field = "\(names.field).flushInterval"
        let variable = "\(names.variable)_SCHEDULE_DELAY"
        let explicit = own.flushInterval ?? flushInterval
        // OpenTelemetry's variable has milliseconds, ours has seconds: two kinds of text for one setting.
        if explicit == nil, let interval = settings.read(variable, as: .milliseconds) {
            settings.note(field, .environment(variable))
            return interval
        }
        return settings.resolve(
            field,
            explicit,
            from: ["TELEMETRY_FLUSH_INTERVAL"],
            as: .seconds,
            otherwise: names.flushInterval
        )
    }
}

// MARK: - Sampler and limits

extension TelemetryConfiguration {
    private func resolvedSampler(_ settings: inout SettingResolver) -> Sampler {
        let variable = "OTEL_TRACES_SAMPLER"
        let fallback = Sampler.parentBased(root: .alwaysOn)
        guard sampler == nil, let name = settings.read(variable, as: .choice as EnvironmentValue<SamplerName>) else {
            return settings.resolve("sampler", sampler, otherwise: fallback)
        }
        settings.note("sampler", .environment(variable))
        let ratio = name.takesRatio ? settings.read("OTEL_TRACES_SAMPLER_ARG", as: .ratio) ?? 1 : 1
        return name.sampler(ratio: ratio)
    }
}

/// The values of `OTEL_TRACES_SAMPLER`.
private enum SamplerName: String, CaseIterable {
    case alwaysOn = "always_on"
    case alwaysOff = "always_off"
    case traceIDRatio = "traceidratio"
    case parentBasedAlwaysOn = "parentbased_always_on"
    case parentBasedAlwaysOff = "parentbased_always_off"
    case parentBasedTraceIDRatio = "parentbased_traceidratio"

    var takesRatio: Bool {
        self == .traceIDRatio || self == .parentBasedTraceIDRatio
    }

    func sampler(ratio: Double) -> Sampler {
        switch self {
        case .alwaysOn: .alwaysOn
        case .alwaysOff: .alwaysOff
        case .traceIDRatio: .traceIDRatio(ratio)
        case .parentBasedAlwaysOn: .parentBased(root: .alwaysOn)
        case .parentBasedAlwaysOff: .parentBased(root: .alwaysOff)
        case .parentBasedTraceIDRatio: .parentBased(root: .traceIDRatio(ratio))
        }
    }
}

extension TelemetryStatus.Enablement.Reason {
    /// The same in the words of settings.
    fileprivate var origin: ConfigurationOrigin {
        switch self {
        case .explicit: .explicit
        case .environment(let name), .continuousIntegration(let name): .environment(name)
        case .optOutFile, .byDefault: .byDefault
        }
    }
}
