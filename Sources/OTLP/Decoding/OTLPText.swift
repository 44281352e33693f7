/// A string or bytes field where it lies in the input: nothing is copied until a `String` is asked for.
///
/// Valid only as long as the input is: during the visitor's call.
@usableFromInline package struct OTLPText {
    @usableFromInline internal let origin: UnsafeRawPointer
    @usableFromInline internal let start: UnsafeRawPointer
    /// Length in bytes.
    @usableFromInline package let count: Int

    @inlinable
    internal init(origin: UnsafeRawPointer, start: UnsafeRawPointer, count: Int) {
        self.origin = origin
        self.start = start
        self.count = count
    }

    /// An empty text, for a field that is not set.
    @inlinable
    internal init(emptyAt cursor: ProtobufCursor) {
        self.init(origin: cursor.origin, start: cursor.next, count: 0)
    }

    /// Whether the field is absent or empty: protobuf does not tell these apart.
    @inlinable package var isEmpty: Bool { count == 0 }

    /// The raw bytes.
    @inlinable package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// The text as a `String`.
    ///
    /// Allocates when it is longer than 15 bytes. Throws ``OTLPDecodingError/Kind/invalidUTF8`` when the bytes are not UTF-8.
    package func string() throws(OTLPDecodingError) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw OTLPDecodingError(.invalidUTF8, at: start - origin)
        }
        return string
    }

    /// Whether the bytes are exactly those of `other`.
    @inlinable @inline(__always)
    package func equals(_ other: StaticString) -> Bool {
        guard count == other.utf8CodeUnitCount else { return false }
        let expected = UnsafeRawPointer(other.utf8Start)
        var index = 0
        while count &- index >= 8 {
            let mine = (start + index).loadUnaligned(as: UInt64.self)
            if mine != (expected + index).loadUnaligned(as: UInt64.self) { return false }
            index &+= 8
        }
        while index < count {
            if (start + index).load(as: UInt8.self) != (expected + index).load(as: UInt8.self) { return false }
            index &+= 1
        }
        return true
    }

    /// Whether the bytes are exactly the UTF-8 of `other`; texts of different lengths cost one comparison.
    @inlinable
    package func equals(_ other: String) -> Bool {
        guard count == other.utf8.count else { return false }
        return other.utf8.withContiguousStorageIfAvailable { expected in
            bytes.elementsEqual(expected)
        } ?? bytes.elementsEqual(other.utf8)
    }

    /// Whether the bytes are exactly those of `other`.
    @inlinable
    package func equals(_ other: some Sequence<UInt8>) -> Bool {
        bytes.elementsEqual(other)
    }
}
