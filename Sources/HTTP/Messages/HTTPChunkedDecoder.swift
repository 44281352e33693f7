import Glibc

/// Finds the content in a chunked body, step by step and without copying (RFC 9112, section 7.1,
/// https://www.rfc-editor.org/rfc/rfc9112).
///
///     chunked-body = *( chunk-size [ chunk-ext ] CRLF chunk-data CRLF ) 1*"0" [ chunk-ext ] CRLF trailers CRLF
///
/// Extensions and trailers are checked for their form and ignored.
struct HTTPChunkedDecoder {
    /// What the bytes at hand contain.
    enum Step: Equatable {
        /// `skip` bytes of framing, then `count` bytes of content, at least one.
        case content(skip: Int, count: Int)
        /// `skip` bytes of framing; the rest can be understood only with more.
        case incomplete(skip: Int)
        /// `skip` bytes of framing end the body; what follows belongs to the next message.
        case finished(skip: Int)
    }

    private enum State {
        case size
        case data
        case dataEnd
        case trailer
        case finished
    }

    /// The longest line with a chunk's size and extensions.
    static let maximumSizeLineBytes = 4096

    private let maximumTrailerBytes: Int
    private var state = State.size
    private var trailerBytes = 0

    /// How many bytes of the current chunk have not been handed out.
    ///
    /// Look at it to refuse a chunk before it arrives.
    private(set) var remaining = 0

    /// A decoder at the start of a body.
    init(maximumTrailerBytes: Int) {
        self.maximumTrailerBytes = maximumTrailerBytes
    }

    /// Understands the next bytes; the caller passes over what the step names before it calls again.
    ///
    /// - Throws: `HTTPParseError.chunk` and `trailerTooLarge`.
    mutating func step(over bytes: UnsafeRawBufferPointer) throws(HTTPParseError) -> Step {
        var skip = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[skip...])
            switch state {
            case .size:
                guard let line = try Self.line(in: rest, limit: Self.maximumSizeLineBytes) else {
                    guard rest.count < Self.maximumSizeLineBytes else {
                        throw .chunk("the line with the size is too long")
                    }
                    return .incomplete(skip: skip)
                }
                remaining = try Self.size(rest[..<line])
                skip += line + 2
                state = remaining == 0 ? .trailer : .data
            case .data:
                guard !rest.isEmpty else {
                    return .incomplete(skip: skip)
                }
                let count = min(rest.count, remaining)
                remaining -= count
                if remaining == 0 {
                    state = .dataEnd
                }
                return .content(skip: skip, count: count)
            case .dataEnd:
                guard rest.count >= 2 else {
                    return .incomplete(skip: skip)
                }
                guard rest[0] == UInt8(ascii: "\r"), rest[1] == UInt8(ascii: "\n") else {
                    throw .chunk("the data is longer than its size says")
                }
                skip += 2
                state = .size
            case .trailer:
                guard let line = try Self.line(in: rest, limit: maximumTrailerBytes - trailerBytes) else {
                    guard trailerBytes + rest.count < maximumTrailerBytes else {
                        throw .trailerTooLarge
                    }
                    return .incomplete(skip: skip)
                }
                trailerBytes += line + 2
                skip += line + 2
                if line == 0 {
                    state = .finished
                } else {
                    try Self.checkTrailer(rest[..<line])
                }
            case .finished:
                return .finished(skip: skip)
            }
        }
    }

    /// The length of the first line without its CR LF; nil if no end lies within the limit.
    private static func line(in bytes: UnsafeRawBufferPointer, limit: Int) throws(HTTPParseError) -> Int? {
        let count = min(bytes.count, limit)
        guard count > 0, let found = memchr(bytes.baseAddress!, 0x0A, count) else {
            return nil
        }
        let feed = UnsafeRawPointer(found) - bytes.baseAddress!
        guard feed > 0, bytes[feed - 1] == UInt8(ascii: "\r") else {
            throw .chunk("a line that does not end with CR LF")
        }
        return feed - 1
    }

    private static func size(_ line: Slice<UnsafeRawBufferPointer>) throws(HTTPParseError) -> Int {
        var size = 0
        var digits = 0
        for byte in line {
            guard let digit = byte.hexadecimalValue else {
                break
            }
            // Room for 15 digits: below 2^60.
            guard size < 1 << 56 else {
                throw .lengthTooLarge
            }
            size = size << 4 | digit
            digits += 1
        }
        guard digits > 0 else {
            throw .chunk("the size is not a hexadecimal number")
        }
        let rest = line.dropFirst(digits).trimmingOptionalWhitespace
        guard rest.isEmpty || rest.first == UInt8(ascii: ";") && rest.allSatisfy(\.isFieldCharacter) else {
            throw .chunk("the size is followed by something other than an extension")
        }
        return size
    }

    private static func checkTrailer(_ line: Slice<UnsafeRawBufferPointer>) throws(HTTPParseError) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(\.isTokenCharacter), line[colon...].allSatisfy(\.isFieldCharacter)
        else {
            throw .chunk("a trailer line that is not a field")
        }
    }
}
