import CLinux

/// Looks for bytes within bytes.
package enum ByteSearch {
    /// Where a word first stands.
    ///
    /// The C library's search: some gigabytes a second.
    ///
    /// - Parameters:
    ///   - word: What to look for; not empty.
    ///   - bytes: Where to look.
    ///   - start: The first index at which the word may begin, from 0 to the number of bytes.
    /// - Returns: The index of its first byte, or nil if it does not occur.
    package static func firstIndex(of word: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
        precondition(!word.isEmpty && (0...bytes.count).contains(start), "a search within the bytes for something")
        guard let base = bytes.baseAddress, bytes.count - start >= word.count else { return nil }
        return word.withUnsafeBytes { word -> Int? in
            guard let needle = word.baseAddress,
                let found = memmem(base + start, bytes.count - start, needle, word.count)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}
