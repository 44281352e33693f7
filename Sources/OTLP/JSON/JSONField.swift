/// A field of a message: its name in JSON, and what it becomes in protobuf.
internal struct JSONField {
    /// What a value must be.
    internal enum Kind: UInt8 {
        /// A string.
        case string
        /// A string of base64.
        case base64
        /// A string of hexadecimal digits: "The traceId and spanId byte arrays are represented as case-insensitive
        /// hex-encoded strings". https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
        case hexadecimal
        /// `true` or `false`.
        case bool
        /// An integer of 32 bits, not in a string: "Values of enum fields MUST be encoded as integer values".
        case enumeration
        /// An integer of 0 to 2^32 − 1, or a string of one: a varint.
        case uint32
        /// The same in four bytes.
        case fixed32
        /// An integer of 32 bits with a sign, or a string of one: a zig-zag varint.
        case sint32
        /// An integer of 64 bits with a sign, or a string of one: a varint.
        case int64
        /// An integer of 0 to 2^64 − 1, or a string of one: a varint.
        case uint64
        /// The same in eight bytes.
        case fixed64
        /// An integer of 64 bits with a sign, or a string of one: eight bytes.
        case sfixed64
        /// A number, or a string of one or of `NaN`, `Infinity` or `-Infinity`.
        case double
        /// An object.
        case message
    }

    /// First byte of the name.
    internal let nameStart: UnsafePointer<UInt8>
    /// Length of the name in bytes.
    internal let nameCount: Int
    /// The field's tag; of repeated numbers that of the packed form.
    internal let tag: UInt32
    /// What a value must be.
    internal let kind: Kind
    /// The message of an object.
    internal let message: JSONMessage
    /// Whether the value is an array.
    internal let isRepeated: Bool
    /// Whether the field is a member of the message's oneof.
    internal let isInOneof: Bool

    internal init(
        _ name: StaticString,
        _ tag: UInt32,
        _ kind: Kind,
        message: JSONMessage = .none,
        isRepeated: Bool = false,
        isInOneof: Bool = false
    ) {
        nameStart = name.utf8Start
        nameCount = name.utf8CodeUnitCount
        self.tag = tag
        self.kind = kind
        self.message = message
        self.isRepeated = isRepeated
        self.isInOneof = isInOneof
    }

    /// An array of objects.
    internal static func messages(_ name: StaticString, _ tag: UInt32, _ message: JSONMessage) -> JSONField {
        JSONField(name, tag, .message, message: message, isRepeated: true)
    }

    /// An object that is a member of the message's oneof.
    internal static func member(_ name: StaticString, _ tag: UInt32, _ message: JSONMessage) -> JSONField {
        JSONField(name, tag, .message, message: message, isInOneof: true)
    }

    /// A value that is a member of the message's oneof.
    internal static func member(_ name: StaticString, _ tag: UInt32, _ kind: Kind) -> JSONField {
        JSONField(name, tag, kind, isInOneof: true)
    }

    /// The attributes of a message.
    internal static func attributes(_ tag: UInt32) -> JSONField {
        .messages("attributes", tag, .keyValue)
    }
}
