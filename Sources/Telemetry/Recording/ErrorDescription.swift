/// An error in the words of OpenTelemetry's conventions.
///
/// Source: https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/ and
/// https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/.
struct ErrorDescription {
    /// The name of the event that an error is.
    static let eventName = "exception"

    /// The error's type, with its module.
    let type: String
    /// What the error says of itself, as it may be sent.
    let message: String

    /// Describes an error.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - filter: What the message passes.
    ///   - limit: Characters of the message.
    init(_ error: any Error, filter: RecordFilter, limit: Int) {
        type = String(reflecting: Swift.type(of: error))
        message = filter.filtered(String(describing: error), toCharacters: limit)
    }

    /// The attributes of the error, and further ones, which win: Swift has no stack trace to give, but a program may.
    func attributes(and further: Attributes) -> Attributes {
        var attributes = Attributes(capacity: further.count + 2)
        for (key, value) in [("exception.type", type), ("exception.message", message)]
        where !further.elements.contains(where: { $0.0 == key }) {
            attributes.append(key, .string(value))
        }
        attributes.elements += further.elements
        return attributes
    }
}
