/// What a span or an event of a program around language models is about, as the value of the attribute `event_type`.
///
///     telemetry.withSpan("answer", attributes: [EventType.key: .eventType(.model)]) { … }
public enum EventType: String, Sendable, CaseIterable {
    /// A call of a model.
    case model
    /// A call of a tool.
    case tool
    /// A sequence of calls.
    case chain
    /// A session, the root of what belongs together.
    case session

    /// The key of the attribute.
    public static let key = "event_type"
}

extension AttributeValue {
    /// The value for the key `EventType.key`.
    public static func eventType(_ type: EventType) -> AttributeValue {
        .string(type.rawValue)
    }
}
