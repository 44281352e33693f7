/// The fields of all messages in one piece of memory, looked up by name.
internal struct JSONSchema: Sendable {
    /// The one schema; never freed.
    internal static let shared = JSONSchema()

    // Safe: written once, before the schema is shared.
    nonisolated(unsafe) private let fields: UnsafeMutablePointer<JSONField>
    nonisolated(unsafe) private let starts: UnsafeMutablePointer<Int>

    private init() {
        let messages = JSONMessage.allCases.map(\.fields)
        fields = .allocate(capacity: messages.reduce(0) { $0 + $1.count })
        starts = .allocate(capacity: messages.count + 1)
        var count = 0
        for (index, message) in messages.enumerated() {
            // A message's fields are told apart by the bits of one word.
            precondition(message.count < 32, "a message has too many fields")
            starts[index] = count
            for field in message {
                (fields + count).initialize(to: field)
                count += 1
            }
        }
        starts[messages.count] = count
    }

    /// Looks a field up.
    ///
    /// Hot path: senders write fields in one order, so the search begins behind the field found last.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - message: The message.
    ///   - hint: Index at which to begin.
    /// - Returns: Index of the field in its message, and the field; nil when there is none of this name.
    @inline(__always)
    internal func field(_ name: OTLPText, of message: JSONMessage, from hint: Int) -> (index: Int, field: JSONField)? {
        let start = starts[message.rawValue]
        let count = starts[message.rawValue + 1] - start
        var index = hint
        for _ in 0..<count {
            if index >= count { index = 0 }
            let field = fields + start + index
            if field.pointee.nameCount == name.count, name.equals(field.pointee.nameStart) {
                return (index, field.pointee)
            }
            index += 1
        }
        return nil
    }
}

extension OTLPText {
    /// Whether the bytes are those at `other`, of which there are as many.
    @inline(__always)
    fileprivate func equals(_ other: UnsafePointer<UInt8>) -> Bool {
        for index in 0..<count where (start + index).load(as: UInt8.self) != other[index] { return false }
        return true
    }
}
