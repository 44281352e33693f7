extension TelemetryConfiguration {
    /// Decides how much one record may hold.
    func resolvedLimits(_ settings: inout SettingResolver) -> ResolvedConfiguration.Limits {
        func count(_ field: String, _ explicit: Int?, _ names: String..., otherwise fallback: Int = 128) -> Int {
            settings.resolve("limits.\(field)", explicit, from: names, as: .count(from: 0), otherwise: fallback)
        }
        func length(_ field: String, _ names: String...) -> Int? {
            settings.resolve(
                "limits.\(field)",
                limits.attributeValueLength.map(Optional.some),
                from: names,
                as: EnvironmentValue.count(from: 0).optional,
                otherwise: nil
            )
        }
        let generalCount = "OTEL_ATTRIBUTE_COUNT_LIMIT"
        let generalLength = "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"
        return ResolvedConfiguration.Limits(
            attributes: count("attributes", limits.attributes, "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", generalCount),
            attributeValueLength: length(
                "attributeValueLength",
                "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
                generalLength
            ),
            events: count("events", limits.events, "OTEL_SPAN_EVENT_COUNT_LIMIT"),
            links: count("links", limits.links, "OTEL_SPAN_LINK_COUNT_LIMIT"),
            attributesPerEvent: count(
                "attributesPerEvent",
                limits.attributesPerEvent,
                "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"
            ),
            attributesPerLink: count("attributesPerLink", limits.attributesPerLink, "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"),
            logAttributes: count(
                "logAttributes",
                limits.attributes,
                "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
                generalCount
            ),
            logAttributeValueLength: length(
                "logAttributeValueLength",
                "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT",
                generalLength
            ),
            logBodyLength: count(
                "logBodyLength",
                limits.logBodyLength,
                "TELEMETRY_LOG_BODY_LENGTH_LIMIT",
                otherwise: 1000
            ),
            errorMessageLength: count(
                "errorMessageLength",
                limits.errorMessageLength,
                "TELEMETRY_ERROR_MESSAGE_LENGTH_LIMIT",
                otherwise: 500
            )
        )
    }
}
