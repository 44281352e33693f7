import Testing

@testable import Telemetry

/// Explicit, then the environment, then the default.
struct ResolvedConfigurationTests {
    private func resolve(
        _ variables: [String: String] = [:],
        files: Set<String> = [],
        _ change: (inout TelemetryConfiguration) -> Void = { _ in }
    ) throws -> (settings: ResolvedConfiguration, warnings: [String]) {
        var configuration = TelemetryConfiguration()
        change(&configuration)
        var warnings: [String] = []
        let sources = ConfigurationSources.fixed(variables, files: files) { warnings.append($0) }
        return (try configuration.resolved(with: sources), warnings)
    }

    // MARK: - Defaults

    @Test func defaultsAreOpenTelemetrys() throws {
        let (settings, warnings) = try resolve()
        #expect(warnings.isEmpty)
        #expect("\(settings.traces.destination)" == "http://localhost:4318/v1/traces")
        #expect("\(settings.metrics.destination)" == "http://localhost:4318/v1/metrics")
        #expect("\(settings.logs.destination)" == "http://localhost:4318/v1/logs")
        #expect(settings.logs.headers.isEmpty && settings.logs.compression == .none)
        #expect(settings.logs.protocolFormat == .protobuf && settings.logs.requestTimeout == .seconds(10))
        #expect(settings.compressionThreshold == 1024)
        let spans = settings.spanBatching
        #expect(spans.batchSize == 512 && spans.queueLimit == 2048)
        #expect(spans.flushInterval == .seconds(5) && spans.exportTimeout == .seconds(30))
        #expect(settings.logBatching.flushInterval == .seconds(1))
        #expect(settings.metricInterval == .seconds(60) && settings.metricTimeout == .seconds(30))
        #expect(settings.temporality == .cumulative)
        #expect(settings.sampler == .parentBased(root: .alwaysOn))
        let limits = settings.limits
        #expect(limits.attributes == 128 && limits.events == 128 && limits.links == 128)
        #expect(limits.attributesPerEvent == 128 && limits.attributesPerLink == 128 && limits.logAttributes == 128)
        #expect(limits.attributeValueLength == nil && limits.logAttributeValueLength == nil)
        #expect(limits.logBodyLength == 1000 && limits.errorMessageLength == 500)
        #expect(settings.privacy == .standard && settings.backend == .otlp && !settings.isVerbose)
        #expect(settings.origins.values.allSatisfy { $0 == .byDefault })
    }

    // MARK: - Precedence

    @Test func theEnvironmentBeatsTheDefault() throws {
        let (settings, warnings) = try resolve([
            "OTEL_BSP_SCHEDULE_DELAY": "100", "OTEL_BSP_EXPORT_TIMEOUT": "200", "OTEL_BSP_MAX_QUEUE_SIZE": "30",
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "4", "OTEL_BLRP_SCHEDULE_DELAY": "500", "OTEL_BLRP_EXPORT_TIMEOUT": "600",
            "OTEL_BLRP_MAX_QUEUE_SIZE": "70", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE": "8",
            "OTEL_METRIC_EXPORT_INTERVAL": "900", "OTEL_METRIC_EXPORT_TIMEOUT": "1000",
            "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "Delta", "TELEMETRY_BACKEND": "OTLP",
            "TELEMETRY_PRIVACY": "off", "TELEMETRY_VERBOSE": "yes",
        ])
        #expect(warnings.isEmpty)
        #expect(
            settings.spanBatching
                == .init(
                    batchSize: 4,
                    queueLimit: 30,
                    flushInterval: .milliseconds(100),
                    exportTimeout: .milliseconds(200)
                )
        )
        #expect(
            settings.logBatching
                == .init(
                    batchSize: 8,
                    queueLimit: 70,
                    flushInterval: .milliseconds(500),
                    exportTimeout: .milliseconds(600)
                )
        )
        #expect(settings.metricInterval == .milliseconds(900) && settings.metricTimeout == .seconds(1))
        #expect(settings.temporality == .delta && settings.privacy == .off && settings.isVerbose)
        #expect(settings.origins["spanBatching.batchSize"] == .environment("OTEL_BSP_MAX_EXPORT_BATCH_SIZE"))
        #expect(settings.origins["logBatching.flushInterval"] == .environment("OTEL_BLRP_SCHEDULE_DELAY"))
        #expect(settings.origins["privacy"] == .environment("TELEMETRY_PRIVACY"))
    }

    @Test func theProgramBeatsTheEnvironment() throws {
        let (settings, _) = try resolve([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://env", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT": "http://env-logs",
            "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE": "8", "OTEL_SERVICE_NAME": "env", "OTEL_TRACES_SAMPLER": "always_off",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_LOGS_HEADERS": "a=b",
        ]) {
            $0.projectName = "shop"
            $0.endpoint = "http://code:1234/base"
            $0.batchSize = 9
            $0.logBatching.batchSize = 10
            $0.sampler = .alwaysOn
            $0.protocolFormat = .protobuf
            $0.headers = ["x": "y"]
        }
        #expect("\(settings.logs.destination)" == "http://code:1234/base/v1/logs")
        #expect(settings.spanBatching.batchSize == 9 && settings.logBatching.batchSize == 10)
        #expect(settings.resource["service.name"] == "shop")
        #expect(settings.sampler == .alwaysOn && settings.logs.protocolFormat == .protobuf)
        #expect(settings.logs.headers.map(\.name) == ["x"])
        for field in ["projectName", "logs.endpoint", "logBatching.batchSize", "sampler", "logs.headers"] {
            #expect(settings.origins[field] == .explicit, "\(field)")
        }
    }

    @Test func signalsDiffer() throws {
        let (settings, warnings) = try resolve([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://all:1/x/", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://traces:2/t",
            "OTEL_EXPORTER_OTLP_HEADERS": "a=1, b = two%20words ,c=3%3D", "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "d=4",
            "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip", "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION": "none",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "100", "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT": "200",
            "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL": "http/json",
        ]) { $0.metrics.endpoint = "http://metrics" }
        #expect(warnings.isEmpty)
        #expect("\(settings.traces.destination)" == "http://traces:2/t")
        #expect("\(settings.metrics.destination)" == "http://metrics:80/")
        #expect("\(settings.logs.destination)" == "http://all:1/x/v1/logs")
        #expect(settings.traces.headers.map { "\($0)=\($1)" } == ["d=4"])
        #expect(settings.logs.headers.map { "\($0)=\($1)" } == ["a=1", "b=two words", "c=3="])
        #expect(settings.traces.compression == .gzip && settings.metrics.compression == .none)
        #expect(settings.traces.requestTimeout == .milliseconds(100))
        #expect(settings.logs.requestTimeout == .milliseconds(200))
        #expect(settings.traces.protocolFormat == .protobuf && settings.logs.protocolFormat == .json)
    }

    @Test func ourVariablesStandBehindOpenTelemetrys() throws {
        let (settings, _) = try resolve([
            "TELEMETRY_BATCH_SIZE": "7", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "5", "TELEMETRY_FLUSH_INTERVAL": "0.5",
            "OTEL_BLRP_SCHEDULE_DELAY": "100",
        ])
        #expect(settings.spanBatching.batchSize == 5 && settings.logBatching.batchSize == 7)
        #expect(settings.spanBatching.flushInterval == .milliseconds(500))
        #expect(settings.logBatching.flushInterval == .milliseconds(100))
    }

    @Test(arguments: [
        ("5", Duration.seconds(5)), ("250ms", .milliseconds(250)), ("2s", .seconds(2)), ("1m", .seconds(60)),
    ])
    func flushIntervalsHaveUnits(text: String, interval: Duration) throws {
        #expect(try resolve(["TELEMETRY_FLUSH_INTERVAL": text]).settings.logBatching.flushInterval == interval)
    }

    @Test(arguments: [
        ("always_on", nil, Sampler.alwaysOn), ("always_off", nil, .alwaysOff),
        ("traceidratio", "0.25", .traceIDRatio(0.25)),
        ("traceidratio", nil, .traceIDRatio(1)), ("parentbased_always_on", nil, .parentBased(root: .alwaysOn)),
        ("parentbased_always_off", "0.5", .parentBased(root: .alwaysOff)),
        ("parentbased_traceidratio", "0.5", .parentBased(root: .traceIDRatio(0.5))),
    ])
    func samplers(name: String, argument: String?, sampler: Sampler) throws {
        var variables = ["OTEL_TRACES_SAMPLER": name]
        variables["OTEL_TRACES_SAMPLER_ARG"] = argument
        #expect(try resolve(variables).settings.sampler == sampler)
    }

    @Test func limits() throws {
        let general = try resolve(["OTEL_ATTRIBUTE_COUNT_LIMIT": "5", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": "6"])
            .settings
        #expect(general.limits.attributes == 5 && general.limits.logAttributes == 5)
        #expect(general.limits.attributeValueLength == 6 && general.limits.logAttributeValueLength == 6)
        let own = try resolve([
            "OTEL_ATTRIBUTE_COUNT_LIMIT": "5", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": "7",
            "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT": "8", "OTEL_SPAN_EVENT_COUNT_LIMIT": "0",
            "OTEL_SPAN_LINK_COUNT_LIMIT": "1", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT": "2",
            "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT": "3",
        ]).settings.limits
        #expect(own.attributes == 7 && own.logAttributes == 5)
        #expect(own.attributeValueLength == nil && own.logAttributeValueLength == 8)
        let texts = try resolve(["TELEMETRY_LOG_BODY_LENGTH_LIMIT": "7", "TELEMETRY_ERROR_MESSAGE_LENGTH_LIMIT": "0"])
            .settings
        #expect(texts.limits.logBodyLength == 7 && texts.limits.errorMessageLength == 0)
        #expect(texts.origins["limits.logBodyLength"] == .environment("TELEMETRY_LOG_BODY_LENGTH_LIMIT"))
        #expect(texts.origins["limits.errorMessageLength"] == .environment("TELEMETRY_ERROR_MESSAGE_LENGTH_LIMIT"))
        #expect(own.events == 0 && own.links == 1 && own.attributesPerEvent == 2 && own.attributesPerLink == 3)
    }

    // MARK: - Bad variables

    @Test(arguments: [
        ("OTEL_BSP_SCHEDULE_DELAY", "soon"), ("OTEL_BSP_SCHEDULE_DELAY", "0"), ("OTEL_BSP_SCHEDULE_DELAY", "-5"),
        ("OTEL_BLRP_MAX_QUEUE_SIZE", "1.5"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318"),
        ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "https://secure"), ("OTEL_EXPORTER_OTLP_HEADERS", "a"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "a b=1"), ("OTEL_EXPORTER_OTLP_HEADERS", "a=%0d%0ab"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "10s"), ("OTEL_TRACES_SAMPLER", "jaeger_remote"),
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "-1"), ("OTEL_SDK_DISABLED", "1"), ("OTEL_RESOURCE_ATTRIBUTES", "a=%zz"),
        ("TELEMETRY_ENABLED", "perhaps"), ("TELEMETRY_BACKEND", "clickhouse"), ("TELEMETRY_BATCH_SIZE", "0"),
        ("TELEMETRY_FLUSH_INTERVAL", "-1"), ("TELEMETRY_PRIVACY", "some"), ("TELEMETRY_VERBOSE", "very"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "never"),
    ])
    func badVariablesWarnOnceAndAreIgnored(name: String, value: String) throws {
        let (settings, warnings) = try resolve([name: value])
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("\(name): ") == true)
        #expect(settings.origins.values.allSatisfy { $0 == .byDefault })
        #expect(settings.enablement.isEnabled)
    }

    @Test func aWarningSaysWhatIsExpected() throws {
        #expect(
            try resolve(["OTEL_EXPORTER_OTLP_COMPRESSION": "zstd"]).warnings
                == ["OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' is not one of none, gzip; it is ignored"]
        )
        // Headers are mostly secrets.
        #expect(try resolve(["OTEL_EXPORTER_OTLP_HEADERS": "hunter2"]).warnings.allSatisfy { !$0.contains("hunter2") })
    }

    @Test(arguments: ["", " ", "\t"])
    func anEmptyVariableIsNotSet(value: String) throws {
        let names = ["OTEL_SERVICE_NAME", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_SDK_DISABLED", "CI", "TELEMETRY_ENABLED"]
        let (settings, warnings) = try resolve(Dictionary(uniqueKeysWithValues: names.map { ($0, value) }))
        #expect(warnings.isEmpty && settings.enablement.isEnabled)
        #expect(settings.origins.values.allSatisfy { $0 == .byDefault })
    }

    @Test func aBadRatioSamplesEverything() throws {
        let (settings, warnings) = try resolve(["OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "2"])
        #expect(settings.sampler == .traceIDRatio(1) && warnings.count == 1)
    }

    @Test func sizesThatContradictEachOtherAreSettled() throws {
        let (cut, cutWarnings) = try resolve(["OTEL_BLRP_MAX_EXPORT_BATCH_SIZE": "4096"])
        #expect(cut.logBatching.batchSize == 2048 && cutWarnings.count == 1)
        let (small, smallWarnings) = try resolve { $0.queueLimit = 10 }
        #expect(small.logBatching.batchSize == 10 && smallWarnings.isEmpty)
        let (queue, queueWarnings) = try resolve(["OTEL_BLRP_MAX_QUEUE_SIZE": "10"]) { $0.batchSize = 20 }
        #expect(queue.logBatching.batchSize == 20 && queue.logBatching.queueLimit == 2048 && queueWarnings.count == 1)
    }

    // MARK: - Bad fields

    @Test(arguments: [
        Mistake("traces.endpoint") { $0.traces.endpoint = "x" },
        Mistake("endpoint") { $0.endpoint = "https://secure" },
        Mistake("headers") { $0.headers = ["a b": "c"] },
        Mistake("logs.headers") { $0.logs.headers = ["a": "b\r\nc: d"] },
        Mistake("metrics.requestTimeout") { $0.metrics.requestTimeout = .zero },
        Mistake("spanBatching.batchSize") { $0.spanBatching.batchSize = 4096 },
        Mistake("logBatching.exportTimeout") { $0.logBatching.exportTimeout = .zero },
        Mistake("compressionThreshold") { $0.compressionThreshold = -1 },
        Mistake("metricInterval") { $0.metricInterval = .zero },
        Mistake("sampler") { $0.sampler = .parentBased(root: .traceIDRatio(1.5)) },
        Mistake("sampler") { $0.sampler = .traceIDRatio(.nan) },
        Mistake("limits.links") { $0.limits.links = -1 },
    ])
    func badFieldsThrow(mistake: Mistake) {
        let error = #expect(throws: TelemetryConfigurationError.self) { try resolve([:], mistake.make) }
        #expect(error?.field == mistake.field)
    }

    @Test func secretsAreNotInMessages() {
        let error = #expect(throws: TelemetryConfigurationError.self) {
            try resolve { $0.headers = ["Authorization": "Bearer hunter2\n"] }
        }
        #expect(error?.description.contains("hunter2") == false)
    }

    // MARK: - https

    @Test func httpsNeedsASecureTransport() throws {
        let factory = SecureTransportFactory { _, _ in throw SecureTransportError("none", isRetryable: false) }
        let (settings, _) = try resolve(["OTEL_EXPORTER_OTLP_ENDPOINT": "https://secure.example:8443/base"]) {
            $0.secureTransport = factory
            $0.logs.endpoint = "HTTPS://logs.example"
        }
        #expect("\(settings.traces.destination)" == "https://secure.example:8443/base/v1/traces")
        #expect("\(settings.logs.destination)" == "https://logs.example/")
        guard case .https = settings.traces.destination else {
            Issue.record("not secure")
            return
        }
    }

    // MARK: - Whether anything is recorded

    @Test(arguments: EnablementRules.continuousIntegration)
    func continuousIntegrationDisables(variable: String) throws {
        let enablement = try resolve([variable: "true"]).settings.enablement
        #expect(enablement == .init(isEnabled: false, reason: .continuousIntegration(variable)))
        #expect(
            enablement.description
                == "disabled because \(variable) is set; set isEnabled or TELEMETRY_ENABLED=true to record all the same"
        )
    }

    @Test func ciFalseIsNotContinuousIntegration() throws {
        #expect(try resolve(["CI": "false"]).settings.enablement == .init(isEnabled: true, reason: .byDefault))
    }

    @Test func theOptOutFileDisables() throws {
        let file = "/home/me/.telemetry-opt-out"
        let byDefault = try resolve(["HOME": "/home/me"], files: [file]).settings.enablement
        #expect(byDefault == .init(isEnabled: false, reason: .optOutFile(file)))
        let other = try resolve(["HOME": "/home/me", "TELEMETRY_OPT_OUT_FILE": "/x"], files: [file]).settings.enablement
        #expect(other.isEnabled)
        let named = try resolve(["TELEMETRY_OPT_OUT_FILE": "/x"], files: ["/x"]).settings.enablement
        #expect(named == .init(isEnabled: false, reason: .optOutFile("/x")))
        let explicit = try resolve(files: ["/y"]) { $0.optOutFile = "/y" }.settings.enablement
        #expect(explicit == .init(isEnabled: false, reason: .optOutFile("/y")))
    }

    @Test func whoeverSpeaksFirstDecides() throws {
        let ci = ["CI": "1", "HOME": "/h"]
        let files: Set = ["/h/.telemetry-opt-out"]
        func reason(_ variables: [String: String], explicit: Bool? = nil) throws -> TelemetryStatus.Enablement {
            let all = ci.merging(variables) { $1 }
            return try resolve(all, files: files) { $0.isEnabled = explicit }.settings.enablement
        }
        #expect(try reason([:]) == .init(isEnabled: false, reason: .optOutFile("/h/.telemetry-opt-out")))
        #expect(
            try reason(["TELEMETRY_ENABLED": "on"]) == .init(isEnabled: true, reason: .environment("TELEMETRY_ENABLED"))
        )
        #expect(
            try reason(["TELEMETRY_ENABLED": "on", "OTEL_SDK_DISABLED": "TRUE"])
                == .init(isEnabled: false, reason: .environment("OTEL_SDK_DISABLED"))
        )
        #expect(try reason(["OTEL_SDK_DISABLED": "true"], explicit: true) == .init(isEnabled: true, reason: .explicit))
    }

    // MARK: - Resource

    @Test func theResourceHasWhatIsKnown() throws {
        let configuration = TelemetryConfiguration()
        var sources = ConfigurationSources.fixed([:])
        sources.process = ProcessFacts(
            executableName: "shop",
            processID: 42,
            hostName: "box",
            hostArchitecture: "amd64",
            osType: "linux",
            osVersion: "6.1.0",
            sessionID: "s"
        )
        let resource = try configuration.resolved(with: sources).resource
        let expected: Attributes = [
            "service.name": "unknown_service:shop", "telemetry.sdk.name": .string(Telemetry.sdkName),
            "telemetry.sdk.language": "swift", "telemetry.sdk.version": .string(Telemetry.sdkVersion),
            "host.name": "box", "host.arch": "amd64", "process.pid": 42, "process.executable.name": "shop",
            "os.type": "linux", "os.version": "6.1.0", "session.id": "s",
        ]
        #expect(resource.elements.map(\.0) == expected.elements.map(\.0))
        #expect(resource.elements.map(\.1) == expected.elements.map(\.1))
    }

    @Test func resourceAttributesAreMergedAndEachKeyIsSentOnce() throws {
        let variables = [
            "OTEL_RESOURCE_ATTRIBUTES": "service.name=attribute,host.name=env,team=a%2Cb,telemetry.sdk.name=x",
            "OTEL_SERVICE_NAME": "variable",
        ]
        let environment = try resolve(variables).settings
        #expect(environment.resource["service.name"] == "variable")
        #expect(environment.resource["host.name"] == "env" && environment.resource["team"] == "a,b")
        #expect(environment.resource["telemetry.sdk.name"] == .string(Telemetry.sdkName))
        #expect(environment.origins["projectName"] == .environment("OTEL_SERVICE_NAME"))
        let attribute = try resolve(["OTEL_RESOURCE_ATTRIBUTES": "service.name=attribute"]).settings
        #expect(attribute.resource["service.name"] == "attribute")
        let explicit = try resolve(variables) {
            $0.projectName = "code"
            $0.projectVersion = "1.2"
            $0.userID = "u"
            $0.sessionID = "t"
            $0.resourceAttributes = ["team": "c", "service.name": "ignored", "bench.run_id": "r"]
        }.settings.resource
        #expect(explicit["service.name"] == "code" && explicit["service.version"] == "1.2")
        #expect(explicit["user.id"] == "u" && explicit["session.id"] == "t" && explicit["team"] == "c")
        #expect(explicit["bench.run_id"] == "r")
        #expect(Set(explicit.elements.map(\.0)).count == explicit.count)
    }

    @Test func uuidsAreVersion4() {
        #expect(RandomUUID.text(0, 0) == "00000000-0000-4000-8000-000000000000")
        #expect(RandomUUID.text(.max, .max) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(RandomUUID.make() != RandomUUID.make())
    }

    @Test func theRunningProcessIsKnown() {
        let sources = ConfigurationSources.current()
        #expect(sources.variables["PATH"] != nil)
        #expect(sources.process.osType == "linux" && sources.process.executableName?.isEmpty == false)
        #expect(sources.fileExists("/proc/self") && !sources.fileExists("/proc/self/none"))
    }
}

extension Attributes {
    /// The first value of a key.
    fileprivate subscript(key: String) -> AttributeValue? {
        elements.first { $0.0 == key }?.1
    }
}
