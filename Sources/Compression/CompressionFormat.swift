/// The wrapping of a deflate stream.
package enum CompressionFormat: Sendable, CaseIterable {
    /// RFC 1950: two bytes of header and an Adler-32 checksum.
    case zlib
    /// RFC 1952, HTTP's `Content-Encoding: gzip`: ten bytes of header, a CRC-32 checksum and the length.
    case gzip

    /// zlib's `windowBits`: a 32 KB window, plus 16 for gzip (zlib.h, `deflateInit2`).
    var windowBits: Int32 {
        switch self {
        case .zlib: 15
        case .gzip: 15 + 16
        }
    }
}
