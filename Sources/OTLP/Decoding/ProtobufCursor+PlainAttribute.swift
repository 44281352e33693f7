extension ProtobufCursor {
    /// The key of the `KeyValue` that this cursor spans, if that is plain.
    ///
    /// Plain is: key and string once each and in this order, both ASCII and so short that every length takes one byte. Nil
    /// says nothing but that the fields have to be read.
    ///
    /// Most attributes are plain. Then only the two lengths differ from one to the next: all bytes are below 0x80, lengths
    /// and tags included, and what stands between key and text must be one certain word. So nothing is left to validate.
    ///
    /// Hot path: once per attribute.
    @inlinable @inline(__always)
    package var keyOfPlainAttribute: OTLPText? {
        let size = remaining
        guard size >= 8 else { return nil }
        // The last word overlaps the one before.
        let last = end - 8
        var bits = last.loadUnaligned(as: UInt64.self)
        var word = next
        while word < last {
            bits |= word.loadUnaligned(as: UInt64.self)
            word += 8
        }
        guard bits & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Tag and length of the key; tags and lengths of the value and of its string.
        let heads = (key: 2, value: 4)
        let keySize = Int((next + 1).load(as: UInt8.self))
        let textSize = size &- heads.key &- keySize &- heads.value
        guard next.load(as: UInt8.self) == UInt8(KeyValueTag.key), textSize >= 0, textSize < 0x7E else { return nil }
        let found = UInt32(littleEndian: (next + (heads.key &+ keySize)).loadUnaligned(as: UInt32.self))
        let lengths = UInt32(truncatingIfNeeded: textSize &+ 2) << 8 | UInt32(truncatingIfNeeded: textSize) << 24
        guard found == KeyValueTag.value | AnyValueTag.string << 16 | lengths else { return nil }
        return OTLPText(origin: origin, start: next + heads.key, count: keySize)
    }
}
