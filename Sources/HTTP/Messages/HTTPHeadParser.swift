import Glibc

/// Parses the heads of HTTP/1.x messages: pure functions over bytes (RFC 9112, https://www.rfc-editor.org/rfc/rfc9112).
///
/// Strict where leniency lets two parties read one message differently: lines end with CR LF, no folded lines, no blank
/// before the colon, no second length.
enum HTTPHeadParser {
    /// Finds the end of a head: the place after its first empty line, or nil if that has not arrived.
    ///
    /// A line may end with LF alone here, so that a head with such lines is found and rejected at once, rather than
    /// waited for.
    ///
    /// - Parameters:
    ///   - bytes: a head, perhaps incomplete, perhaps followed by more.
    ///   - scanned: how many bytes an earlier call has looked at; updated.
    /// - Returns: how many bytes the head has, or nil.
    static func endOfHead(in bytes: UnsafeRawBufferPointer, scanned: inout Int) -> Int? {
        guard let base = bytes.baseAddress else {
            return nil
        }
        // `scanned` stays behind the last LF, so what precedes that LF is in sight when the next one comes.
        while scanned < bytes.count, let found = memchr(base + scanned, 0x0A, bytes.count - scanned) {
            let feed = UnsafeRawPointer(found) - base
            let previous = feed > 0 && bytes[feed - 1] == UInt8(ascii: "\r") ? feed - 2 : feed - 1
            if previous < 0 || bytes[previous] == UInt8(ascii: "\n") {
                return feed + 1
            }
            scanned = feed + 1
        }
        scanned = bytes.count
        return nil
    }

    /// Finds a request's head behind empty lines: "a server … SHOULD ignore at least one empty line (CRLF) received prior
    /// to the request-line" (RFC 9112, section 2.2).
    ///
    /// - Parameters:
    ///   - bytes: what was received, perhaps incomplete, perhaps followed by more.
    ///   - scanned: how many bytes behind the empty lines an earlier call has looked at; updated.
    /// - Returns: how many bytes of empty lines there are, and how many bytes the head behind them has, or nil. The
    ///   caller takes the empty lines away before it calls again.
    static func requestHead(
        in bytes: UnsafeRawBufferPointer,
        scanned: inout Int
    ) -> (emptyLines: Int, end: Int?) {
        var count = 0
        while count + 1 < bytes.count, bytes[count] == UInt8(ascii: "\r"), bytes[count + 1] == UInt8(ascii: "\n") {
            count += 2
        }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[count...])
        if rest.count == 1, rest[0] == UInt8(ascii: "\r") {
            // Perhaps half of another empty line: with its other half it must not be taken for the end of a head.
            return (count, nil)
        }
        return (count, endOfHead(in: rest, scanned: &scanned))
    }

    /// Parses a request's head.
    ///
    /// - Parameters:
    ///   - bytes: the head with its empty line, and nothing else; shorter than 2^32.
    ///   - head: replaced; its storage is used again. After an error it is not to be used.
    /// - Throws: `HTTPParseError` with the status to answer with.
    static func parseRequest(_ bytes: UnsafeRawBufferPointer, into head: inout HTTPRequestHead) throws(HTTPParseError) {
        var lines = Lines(bytes)
        let line = try lines.next()
        guard let methodEnd = bytes[line].firstIndex(of: UInt8(ascii: " ")),
            let targetEnd = bytes[line].lastIndex(of: UInt8(ascii: " ")), methodEnd < targetEnd
        else {
            throw .startLine("expected a method, a target and a version")
        }
        let method = line.lowerBound..<methodEnd
        let target = methodEnd + 1..<targetEnd
        guard !method.isEmpty, bytes[method].allSatisfy(\.isTokenCharacter) else {
            throw .startLine("the method is not a token")
        }
        guard !target.isEmpty, bytes[target].allSatisfy(\.isTargetCharacter) else {
            throw .startLine("the target has a character that must be encoded")
        }
        let minor = try minorVersion(bytes[targetEnd + 1..<line.upperBound])
        let first = bytes[target.lowerBound]
        guard first == UInt8(ascii: "/") || first == UInt8(ascii: "*") && target.count == 1 || isAbsolute(bytes[target])
        else {
            throw .startLine("the target is not a path")
        }

        head.method = String(decoding: bytes[method], as: UTF8.self)
        head.target = String(decoding: bytes[target], as: UTF8.self)
        head.minorVersion = minor
        let summary = try parseFields(bytes, &lines, into: &head.headers)
        guard summary.hosts == 1 || minor == 0 && summary.hosts == 0 else {
            throw .host
        }
        head.keepAlive = summary.keepAlive(minorVersion: minor)
        head.expectsContinue = false
        if let index = summary.expectation, minor == 1 {
            guard head.headers.valueBytes(at: index).equalsIgnoringCase("100-continue") else {
                throw .expectation
            }
            head.expectsContinue = true
        }
        switch (summary.transferEncoding, summary.length) {
        case (nil, nil), (nil, 0):
            head.framing = .none
        case (nil, let length?):
            head.framing = .length(length)
        case (_?, nil):
            guard minor == 1 else {
                throw .ambiguousLength
            }
            guard summary.isChunked else {
                throw .transferEncoding
            }
            head.framing = .chunked
        case (_?, _?):
            throw .ambiguousLength
        }
    }

    /// Parses a response's head.
    ///
    /// - Parameters:
    ///   - bytes: the head with its empty line, and nothing else; shorter than 2^32.
    ///   - isAnswerToHead: whether the request's method was HEAD, whose answers have no body.
    ///   - head: replaced; its storage is used again. After an error it is not to be used.
    /// - Throws: `HTTPParseError`.
    static func parseResponse(
        _ bytes: UnsafeRawBufferPointer,
        isAnswerToHead: Bool,
        into head: inout HTTPResponseHead
    ) throws(HTTPParseError) {
        var lines = Lines(bytes)
        let line = try lines.next()
        // "HTTP/1.1 200 OK"; some servers leave out the blank after the code when there is no reason.
        guard line.count >= 12, bytes[line.lowerBound + 8] == UInt8(ascii: " "),
            line.count == 12 || bytes[line.lowerBound + 12] == UInt8(ascii: " ")
        else {
            throw .startLine("expected a version and a status of three digits")
        }
        let minor = try minorVersion(bytes[line.lowerBound..<line.lowerBound + 8])
        var status = 0
        for byte in bytes[line.lowerBound + 9..<line.lowerBound + 12] {
            guard let digit = byte.decimalValue else {
                throw .startLine("the status is not a number")
            }
            status = status * 10 + digit
        }
        guard (100...599).contains(status) else {
            throw .startLine("a status lies between 100 and 599")
        }
        guard bytes[line].allSatisfy(\.isFieldCharacter) else {
            throw .startLine("the reason has a control character")
        }

        head.status = status
        let summary = try parseFields(bytes, &lines, into: &head.headers)
        head.keepAlive = summary.keepAlive(minorVersion: minor)
        guard status >= 200, status != 204, status != 304, !isAnswerToHead else {
            head.framing = .none
            return
        }
        switch (summary.transferEncoding, summary.length) {
        case (nil, nil):
            head.framing = .untilClose
        case (nil, 0):
            head.framing = .none
        case (nil, let length?):
            head.framing = .length(length)
        case (_?, nil):
            guard summary.isChunked else {
                throw .transferEncoding
            }
            head.framing = .chunked
        case (_?, _?):
            throw .ambiguousLength
        }
        if head.framing == .untilClose {
            head.keepAlive = false
        }
    }

    private static func minorVersion(_ bytes: Slice<UnsafeRawBufferPointer>) throws(HTTPParseError) -> Int {
        guard bytes.count == 8, bytes.starts(with: "HTTP/".utf8), bytes[bytes.startIndex + 6] == UInt8(ascii: "."),
            let major = bytes[bytes.startIndex + 5].decimalValue, let minor = bytes[bytes.startIndex + 7].decimalValue
        else {
            throw .startLine("expected a version such as HTTP/1.1")
        }
        guard major == 1 else {
            throw .version
        }
        // "A recipient … SHOULD process the message as if it were in the highest minor version within that major
        // version to which the recipient is conformant" (RFC 9110, section 2.5).
        return min(minor, 1)
    }

    private static func isAbsolute(_ target: Slice<UnsafeRawBufferPointer>) -> Bool {
        ["http://", "https://"].contains {
            target.count > $0.utf8.count && target.prefix($0.utf8.count).equalsIgnoringCase($0)
        }
    }
}

// MARK: - Fields

extension HTTPHeadParser {
    /// The fields that decide about framing and connection, found while parsing.
    private struct Summary {
        var hosts = 0
        var length: Int?
        var transferEncoding: Int?
        var isChunked = false
        var expectation: Int?
        var saysClose = false
        var saysKeepAlive = false

        func keepAlive(minorVersion: Int) -> Bool {
            !saysClose && (minorVersion == 1 || saysKeepAlive)
        }
    }

    private static func parseFields(
        _ bytes: UnsafeRawBufferPointer,
        _ lines: inout Lines,
        into headers: inout HTTPHeaders
    ) throws(HTTPParseError) -> Summary {
        headers.begin(copying: bytes)
        var summary = Summary()
        while true {
            let line = try lines.next()
            if line.isEmpty {
                return summary
            }
            guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")) else {
                throw .field("a line without a colon")
            }
            let name = line.lowerBound..<colon
            guard !name.isEmpty, bytes[name].allSatisfy(\.isTokenCharacter) else {
                throw .field("the name is not a token")
            }
            let value = bytes[colon + 1..<line.upperBound].trimmingOptionalWhitespace
            guard value.allSatisfy(\.isFieldCharacter) else {
                throw .field("the value has a control character")
            }
            headers.appendField(name: name, value: value.startIndex..<value.endIndex)
            try note(headers.count - 1, bytes[name], value, headers, in: &summary)
        }
    }

    private static func note(
        _ index: Int,
        _ name: Slice<UnsafeRawBufferPointer>,
        _ value: Slice<UnsafeRawBufferPointer>,
        _ headers: HTTPHeaders,
        in summary: inout Summary
    ) throws(HTTPParseError) {
        // The length alone rules out most names.
        switch name.count {
        case 4 where name.equalsIgnoringCase("Host"):
            summary.hosts += 1
        case 6 where name.equalsIgnoringCase("Expect"):
            summary.expectation = index
        case 10 where name.equalsIgnoringCase("Connection"):
            for option in value.split(separator: UInt8(ascii: ",")).lazy.map(\.trimmingOptionalWhitespace) {
                summary.saysClose = summary.saysClose || option.equalsIgnoringCase("close")
                summary.saysKeepAlive = summary.saysKeepAlive || option.equalsIgnoringCase("keep-alive")
            }
        case 14 where name.equalsIgnoringCase("Content-Length"):
            guard summary.length == nil else {
                throw .contentLength
            }
            summary.length = try length(value)
        case 17 where name.equalsIgnoringCase("Transfer-Encoding"):
            // A second field would continue the list of codings.
            summary.isChunked = summary.transferEncoding == nil && value.equalsIgnoringCase("chunked")
            summary.transferEncoding = index
        default:
            break
        }
    }

    private static func length(_ value: Slice<UnsafeRawBufferPointer>) throws(HTTPParseError) -> Int {
        guard !value.isEmpty else {
            throw .contentLength
        }
        var length = 0
        var isTooLarge = false
        for byte in value {
            guard let digit = byte.decimalValue else {
                throw .contentLength
            }
            let (product, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            isTooLarge = isTooLarge || overflow || carry
            length = sum
        }
        guard !isTooLarge else {
            throw .lengthTooLarge
        }
        return length
    }
}

// MARK: - Lines

extension HTTPHeadParser {
    /// Walks over the lines of a head, as ranges without their CR LF.
    private struct Lines {
        private let bytes: UnsafeRawBufferPointer
        private var position = 0

        init(_ bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
        }

        mutating func next() throws(HTTPParseError) -> Range<Int> {
            guard position < bytes.count,
                let found = memchr(bytes.baseAddress! + position, 0x0A, bytes.count - position)
            else {
                throw .field("the header section has no end")
            }
            let feed = UnsafeRawPointer(found) - bytes.baseAddress!
            guard feed > position, bytes[feed - 1] == UInt8(ascii: "\r") else {
                throw .field("a line that does not end with CR LF")
            }
            defer { position = feed + 1 }
            return position..<feed - 1
        }
    }
}
