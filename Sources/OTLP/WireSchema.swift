/// What a field of a message is on the wire.
package struct WireField: Sendable {
    /// What its value means to a judge.
    package enum Kind: Sendable, Equatable {
        /// A string, which must be UTF-8.
        case text
        /// An id of 16 bytes, if it is set.
        case traceID
        /// An id of 8 bytes, if it is set.
        case spanID
        /// Nanoseconds since 1970.
        case time
        /// An enum, whose greatest known value this is.
        case enumeration(UInt64)
        /// A message of this type.
        case message(JSONMessage)
        /// Anything else.
        case other
    }

    /// The field's tag; of repeated numbers that of the packed form.
    package let tag: UInt32
    /// What its value means.
    package let kind: Kind
    /// The tag of repeated numbers that are not packed; else ``tag``.
    package let unpackedTag: UInt32

    /// Whether a field with this tag has the wire type that it must have.
    @inline(__always)
    package func accepts(_ tag: UInt32) -> Bool { tag == self.tag || tag == unpackedTag }

    fileprivate init(_ field: JSONField, of message: JSONMessage) {
        tag = field.tag
        kind = Kind(field, of: message)
        let number = field.tag & ~7
        unpackedTag =
            if !field.isRepeated || field.kind == .message {
                field.tag
            } else if field.kind == .uint64 {
                number | ProtobufWire.WireType.varint
            } else {
                number | ProtobufWire.WireType.fixed64
            }
    }

    /// A field that is not read here.
    fileprivate init(tag: UInt32) {
        self.tag = tag
        unpackedTag = tag
        kind = .other
    }
}

/// The fields of OTLP's messages by number, for whoever checks what a reader skips.
///
/// Source: open-telemetry/opentelemetry-proto `opentelemetry/proto/**`, through the table that JSON is read with.
package enum WireSchema {
    private static let tables: [[WireField?]] = JSONMessage.allCases.map { message in
        var table: [WireField?] = []
        func add(_ field: WireField) {
            let number = Int(field.tag >> 3)
            while table.count <= number { table.append(nil) }
            table[number] = field
        }
        for field in message.fields { add(WireField(field, of: message)) }
        // `repeated EntityRef entity_refs = 3`, in development.
        if message == .resource { add(WireField(tag: 0x1A)) }
        return table
    }

    /// The fields of a message at the indices of their numbers.
    package static func fields(of message: JSONMessage) -> [WireField?] {
        tables[message.rawValue]
    }
}

extension WireField.Kind {
    fileprivate init(_ field: JSONField, of message: JSONMessage) {
        let name = UnsafeBufferPointer(start: field.nameStart, count: field.nameCount)
        func ends(_ suffix: String) -> Bool { name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
        switch field.kind {
        case .string: self = .text
        case .hexadecimal: self = ends("raceId") ? .traceID : .spanID
        case .fixed64 where ends("imeUnixNano"): self = .time
        case .message: self = .message(field.message)
        case .enumeration:
            let greatest: [JSONMessage: UInt64] = [.logRecord: 24, .span: 5]
            // The codes of a status, and temporalities, are 0, 1 and 2; `google.rpc.Status` is an answer.
            self = .enumeration(greatest[message] ?? 2)
        default: self = .other
        }
    }
}
