/// Why bytes cannot be compressed or decompressed.
package enum CompressionError: Error, Sendable, Equatable {
    /// The input is not a stream of the format, and zlib's reason.
    case corrupt(String)
    /// The input ends before the stream does.
    case truncated
    /// Bytes follow the end of the stream; how many.
    case trailingBytes(Int)
    /// The output would be longer than the limit given, in bytes.
    case outputTooLarge(limit: Int)
    /// zlib could not allocate its memory.
    case outOfMemory
}

extension CompressionError: CustomStringConvertible {
    /// The sentence for the user.
    package var description: String {
        switch self {
        case .corrupt(let reason): "the compressed data are corrupt: \(reason)"
        case .truncated: "the compressed data end too early"
        case .trailingBytes(let count): "\(count) bytes follow the end of the compressed data"
        case .outputTooLarge(let limit): "the decompressed data exceed the limit of \(limit) bytes"
        case .outOfMemory: "there is no memory for zlib's state"
        }
    }
}
