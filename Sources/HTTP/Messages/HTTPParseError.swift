/// Why bytes are not an HTTP/1.1 message, or not one that this implementation takes.
package enum HTTPParseError: Error, Equatable, Sendable {
    /// The first line is not "method SP request-target SP HTTP-version", or not a status line.
    case startLine(String)

    /// The version is not HTTP/1.0 or HTTP/1.1.
    case version

    /// A line of the header section is not "name: value".
    case field(String)

    /// `Host` is missing in HTTP/1.1, or there are several.
    case host

    /// `Content-Length` is not a number, or there are several.
    case contentLength

    /// A body length that no buffer can have.
    case lengthTooLarge

    /// `Transfer-Encoding` together with `Content-Length`, or in HTTP/1.0: the length could be read in two ways.
    case ambiguousLength

    /// A transfer coding other than `chunked`.
    case transferEncoding

    /// An expectation other than `100-continue`.
    case expectation

    /// The framing of a chunked body is broken.
    case chunk(String)

    /// A trailer section larger than the limit on headers.
    case trailerTooLarge

    /// The status with which a server answers.
    package var status: Int {
        switch self {
        case .startLine, .field, .host, .contentLength, .ambiguousLength, .chunk: 400
        case .lengthTooLarge: 413
        case .expectation: 417
        case .trailerTooLarge: 431
        case .transferEncoding: 501
        case .version: 505
        }
    }
}

extension HTTPParseError: CustomStringConvertible {
    /// One sentence without a full stop, for logs and for the body of the answer.
    package var description: String {
        switch self {
        case .startLine(let reason): "malformed first line: \(reason)"
        case .version: "only HTTP/1.0 and HTTP/1.1 are supported"
        case .field(let reason): "malformed header field: \(reason)"
        case .host: "an HTTP/1.1 request needs exactly one Host field"
        case .contentLength: "Content-Length must be one decimal number"
        case .lengthTooLarge: "the announced body is too large"
        case .ambiguousLength: "Transfer-Encoding cannot be used together with Content-Length or in HTTP/1.0"
        case .transferEncoding: "the only supported transfer coding is chunked"
        case .expectation: "the only supported expectation is 100-continue"
        case .chunk(let reason): "malformed chunked body: \(reason)"
        case .trailerTooLarge: "the trailer section is too large"
        }
    }
}
