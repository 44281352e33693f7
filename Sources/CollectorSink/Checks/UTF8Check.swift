/// Says whether bytes are UTF-8, ASCII first.
internal enum UTF8Check {
    /// Whether the bytes are UTF-8.
    ///
    /// Hot path: ASCII eight bytes at a time; the last word overlaps the one before.
    @inline(__always)
    internal static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        let count = bytes.count
        var bits: UInt64 = 0
        if count >= 8 {
            var index = 0
            while index < count - 8 {
                bits |= (start + index).loadUnaligned(as: UInt64.self)
                index += 8
            }
            bits |= (start + count - 8).loadUnaligned(as: UInt64.self)
        } else if count >= 4 {
            bits = UInt64(start.loadUnaligned(as: UInt32.self) | (start + count - 4).loadUnaligned(as: UInt32.self))
        } else {
            for index in 0..<count { bits |= UInt64((start + index).load(as: UInt8.self)) }
        }
        return bits & 0x8080_8080_8080_8080 == 0 || isValidBeyondASCII(bytes)
    }

    @inline(never)
    private static func isValidBeyondASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        (try? UTF8Span(validating: bytes.bindMemory(to: UInt8.self).span)) != nil
    }
}
