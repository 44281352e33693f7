/// A response: what a handler returns, and what a client receives.
package struct HTTPResponse: Equatable, Sendable {
    /// The status code, 200 to 599.
    package var status: Int

    /// The header section; a server adds `Content-Length`, `Connection` and `Date` of its own.
    package var headers: HTTPHeaders

    /// The body, decoded if it came in chunks.
    package var body: [UInt8]

    /// A response with any body.
    package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response whose body is one line of plain text.
    package init(status: Int, text: String) {
        self.init(
            status: status,
            headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array(text.utf8) + [UInt8(ascii: "\n")]
        )
    }
}

/// The status line and the header section of a response.
struct HTTPResponseHead: Sendable {
    var status = 0
    var headers = HTTPHeaders()
    var keepAlive = true
    var framing = HTTPBodyFraming.none
}
