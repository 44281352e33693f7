import Platform

/// Turns responses into bytes and sends them, head and body in one system call.
struct HTTPResponseWriter: ~Copyable {
    /// Up to this size a body is copied behind its head: cheaper than a gathered write.
    private static let copyLimit = 4096

    private var bytes: [UInt8] = []
    private var date = ""
    private var dateSecond: UInt64 = 0

    init() {
        bytes.reserveCapacity(Self.copyLimit + 512)
    }

    /// Sends the head and, unless the method or the status forbid it, the body.
    ///
    /// - Throws: as `TCPSocket.write`.
    mutating func write(
        _ response: HTTPResponse,
        isAnswerToHead: Bool,
        minorVersion: Int,
        keepAlive: Bool,
        to socket: TCPSocket,
        deadline: UInt64
    ) throws(SystemError) {
        let body = makeHead(
            response,
            isAnswerToHead: isAnswerToHead,
            minorVersion: minorVersion,
            keepAlive: keepAlive
        )
        if body.count <= Self.copyLimit {
            bytes.append(contentsOf: body)
            try send(bytes, [], to: socket, deadline: deadline)
        } else {
            try send(bytes, body, to: socket, deadline: deadline)
        }
    }

    /// The head and the body that ``write(_:isAnswerToHead:minorVersion:keepAlive:to:deadline:)`` would send.
    mutating func bytes(
        of response: HTTPResponse,
        isAnswerToHead: Bool,
        minorVersion: Int,
        keepAlive: Bool
    ) -> [UInt8] {
        let body = makeHead(
            response,
            isAnswerToHead: isAnswerToHead,
            minorVersion: minorVersion,
            keepAlive: keepAlive
        )
        return bytes + body
    }

    /// Puts the head into `bytes`, and returns the body that belongs behind it.
    private mutating func makeHead(
        _ response: HTTPResponse,
        isAnswerToHead: Bool,
        minorVersion: Int,
        keepAlive: Bool
    ) -> [UInt8] {
        precondition((200...599).contains(response.status), "a response's status lies between 200 and 599")
        bytes.removeAll(keepingCapacity: true)
        append("HTTP/1.1 ")
        append(String(response.status))
        append(" ")
        append(HTTPStatus.reason(response.status))
        append("\r\n")
        let headers = response.headers
        for index in headers.fields.indices {
            precondition(
                !headers.hasName("Content-Length", at: index) && !headers.hasName("Transfer-Encoding", at: index)
                    && !headers.hasName("Connection", at: index) && !headers.hasName("Date", at: index),
                "the server sets Content-Length, Transfer-Encoding, Connection and Date itself"
            )
            bytes.append(contentsOf: headers.nameBytes(at: index))
            append(": ")
            bytes.append(contentsOf: headers.valueBytes(at: index))
            append("\r\n")
        }
        // "A server MUST NOT send a Content-Length header field in any response with a status code of … 204" (RFC 9110,
        // section 8.6); with 304 and HEAD it would be the length of what is not sent.
        let mayHaveBody = response.status != 204 && response.status != 304
        if mayHaveBody {
            append("Content-Length: ")
            append(String(response.body.count))
            append("\r\n")
        }
        if !keepAlive {
            append("Connection: close\r\n")
        } else if minorVersion == 0 {
            append("Connection: keep-alive\r\n")
        }
        append("Date: ")
        append(currentDate())
        append("\r\n\r\n")

        return mayHaveBody && !isAnswerToHead ? response.body : []
    }

    /// Sends `100 Continue`.
    ///
    /// - Throws: as `TCPSocket.write`.
    mutating func writeContinue(to socket: TCPSocket, deadline: UInt64) throws(SystemError) {
        try send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), [], to: socket, deadline: deadline)
    }

    private func send(
        _ head: [UInt8],
        _ body: [UInt8],
        to socket: TCPSocket,
        deadline: UInt64
    ) throws(SystemError) {
        var failure: SystemError?
        head.withUnsafeBytes { head in
            body.withUnsafeBytes { body in
                do throws(SystemError) {
                    try socket.write(head, [body], deadline: deadline)
                } catch {
                    failure = error
                }
            }
        }
        if let failure {
            throw failure
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// The `Date` field's value, formatted once a second.
    private mutating func currentDate() -> String {
        let second = WallClock.now() / 1_000_000_000
        if second != dateSecond || date.isEmpty {
            date = HTTPDate.format(seconds: second)
            dateSecond = second
        }
        return date
    }
}
