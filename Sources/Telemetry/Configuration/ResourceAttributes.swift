/// The attributes of a client's resource, from all who have a say, each key once.
///
/// Source: https://opentelemetry.io/docs/specs/semconv/resource/
enum ResourceAttributes {
    /// Puts the attributes together.
    ///
    /// Who wins, strongest first: the SDK about itself; the fields of the configuration; its `resourceAttributes`;
    /// `OTEL_SERVICE_NAME`; `OTEL_RESOURCE_ATTRIBUTES`; what is known of the process.
    static func make(
        _ configuration: TelemetryConfiguration,
        settings: inout SettingResolver,
        process: ProcessFacts
    ) -> Attributes {
        let environment = settings.read("OTEL_RESOURCE_ATTRIBUTES", as: .pairs) ?? []
        let serviceName = settings.read("OTEL_SERVICE_NAME", as: .text)
        var resource = OrderedAttributes()
        resource.set("service.name", .string("unknown_service:\(process.executableName ?? "swift")"))
        settings.note("projectName", .byDefault)
        resource.set("telemetry.sdk.name", nil)
        resource.set("telemetry.sdk.language", nil)
        resource.set("telemetry.sdk.version", nil)
        resource.set("host.name", process.hostName.map { .string($0) })
        resource.set("host.arch", process.hostArchitecture.map { .string($0) })
        resource.set("process.pid", process.processID.map { .integer(Int64($0)) })
        resource.set("process.executable.name", process.executableName.map { .string($0) })
        resource.set("os.type", process.osType.map { .string($0) })
        resource.set("os.version", process.osVersion.map { .string($0) })
        resource.set("session.id", .string(process.sessionID))
        for (key, value) in environment {
            resource.set(key, .string(value))
            if key == "service.name" { settings.note("projectName", .environment("OTEL_RESOURCE_ATTRIBUTES")) }
        }
        if let serviceName {
            resource.set("service.name", .string(serviceName))
            settings.note("projectName", .environment("OTEL_SERVICE_NAME"))
        }
        for (key, value) in configuration.resourceAttributes.elements {
            resource.set(key, value)
            if key == "service.name" { settings.note("projectName", .explicit) }
        }
        let fields = [
            ("service.name", configuration.projectName), ("service.version", configuration.projectVersion),
            ("user.id", configuration.userID), ("session.id", configuration.sessionID),
        ]
        for case (let key, let value?) in fields { resource.set(key, .string(value)) }
        if configuration.projectName != nil { settings.note("projectName", .explicit) }
        resource.set("telemetry.sdk.name", .string(Telemetry.sdkName))
        resource.set("telemetry.sdk.language", "swift")
        resource.set("telemetry.sdk.version", .string(Telemetry.sdkVersion))
        return resource.attributes
    }
}

/// Attributes under construction: a key that is set again keeps its place and takes the new value.
private struct OrderedAttributes {
    private var elements: [(key: String, value: AttributeValue?)] = []

    /// The attributes that have a value.
    var attributes: Attributes {
        var attributes = Attributes(capacity: elements.count)
        for case (let key, let value?) in elements { attributes.append(key, value) }
        return attributes
    }

    /// Sets a key; nil holds its place.
    mutating func set(_ key: String, _ value: AttributeValue?) {
        if let index = elements.firstIndex(where: { $0.key == key }) {
            elements[index].value = value
        } else {
            elements.append((key, value))
        }
    }
}
