/// Why bytes are not a histogram that can be read.
package enum HistogramDecodingError: Error, Sendable, Equatable {
    /// The text is not Base64.
    case notBase64
    /// The first four bytes are not those of a V2 histogram.
    case unknownCookie(UInt32)
    /// The bytes end too early.
    case truncated
    /// More bytes follow than the header says.
    case trailingBytes(Int)
    /// The compressed part is not a zlib stream, and why.
    case compression(String)
    /// It is a histogram, but of another layout, and of which.
    case unsupported(String)
    /// The counts contradict the header, and how.
    case invalidCounts(String)
}

extension HistogramDecodingError: CustomStringConvertible {
    /// The sentence for the user.
    package var description: String {
        switch self {
        case .notBase64: "not an encoded histogram: the text is not Base64"
        case .unknownCookie(let cookie):
            "not an HdrHistogram V2 histogram: it begins with 0x\(String(cookie, radix: 16)) instead of 0x1c849314"
        case .truncated: "the encoded histogram ends too early"
        case .trailingBytes(let count): "\(count) bytes follow the end of the encoded histogram"
        case .compression(let reason): "the encoded histogram cannot be decompressed: \(reason)"
        case .unsupported(let reason): "the encoded histogram cannot be used: \(reason)"
        case .invalidCounts(let reason): "the encoded histogram is damaged: \(reason)"
        }
    }
}
