import TestSupport
import Testing

@testable import OTLP

/// The one look at an attribute takes nothing that reading field by field would not.
struct PlainAttributeTests {
    private static func attribute(keySize: Int, textSize: Int) -> [UInt8] {
        var message = ProtobufBytes()
        message.field(1, string: String(repeating: "k", count: keySize))
        message.field(2) { $0.field(1, string: String(repeating: "t", count: textSize)) }
        return message.bytes
    }

    /// The key, if the bytes are a key and a value that is a string, both ASCII; read by the rules of protobuf alone.
    private static func reference(_ bytes: [UInt8]) -> [UInt8]? {
        var rest = bytes[...]
        func take(_ tag: UInt8) -> ArraySlice<UInt8>? {
            guard rest.popFirst() == tag, let size = rest.popFirst(), size < 0x80, rest.count >= Int(size) else {
                return nil
            }
            defer { rest = rest.dropFirst(Int(size)) }
            return rest.prefix(Int(size))
        }
        guard let key = take(0x0A), let value = take(0x12), rest.isEmpty else { return nil }
        rest = value
        guard let text = take(0x0A), rest.isEmpty else { return nil }
        return (key + text).allSatisfy { $0 < 0x80 } ? Array(key) : nil
    }

    @Test(
        "Short attributes of ASCII are plain",
        arguments: [0, 1, 7, 8, 20, 127],
        [2, 3, 8, 20, 100, 124, 125, 126, 127]
    )
    func sizes(keySize: Int, textSize: Int) throws {
        let bytes = Self.attribute(keySize: keySize, textSize: textSize)
        bytes.withUnsafeBytes { buffer in
            let key = ProtobufCursor(buffer).keyOfPlainAttribute
            // From 126 on the value takes two bytes to say its length.
            #expect(key.map { Array($0.bytes) } == (textSize < 126 ? [UInt8](repeating: 0x6B, count: keySize) : nil))
        }
    }

    @Test(
        "Whatever byte is changed, only what is plain counts as plain",
        arguments: [0, 1, 5, 20],
        [0, 1, 6, 20, 125]
    )
    func changedBytes(keySize: Int, textSize: Int) throws {
        let whole = Self.attribute(keySize: keySize, textSize: textSize)
        let memory = try GuardedBuffer(capacity: 256)
        for position in whole.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = whole
                bytes[position] = byte
                try memory.withCopy(of: bytes) { buffer in
                    guard let key = ProtobufCursor(buffer).keyOfPlainAttribute else { return }
                    #expect(Array(key.bytes) == Self.reference(bytes), "byte \(byte) at \(position)")
                }
            }
        }
        for length in whole.indices {
            try memory.withCopy(of: Array(whole[..<length])) { buffer in
                #expect(ProtobufCursor(buffer).keyOfPlainAttribute == nil, "\(length) of \(whole.count) bytes")
            }
        }
    }
}
