/// Answers the requests of one connection, one after the other, on the connection's own thread.
package protocol HTTPConnectionHandler: AnyObject {
    /// Answers a request.
    ///
    /// - Parameters:
    ///   - head: the request's first line and header section.
    ///   - body: the whole body, decoded if it came in chunks; empty if there is none. It lies in the connection's
    ///     buffer and is valid during the call only.
    /// - Returns: the response. Its body is not sent as an answer to HEAD, nor with status 204 or 304.
    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse

    /// Says how a request is to be treated whose head has been read; nil for as it should be.
    func conduct(for head: HTTPRequestHead) -> HTTPConduct?

    /// Answers a request whose head has been read and whose body is not accepted; nil for a line of text.
    ///
    /// - Parameters:
    ///   - head: the request's first line and header section.
    ///   - status: the status, 4xx.
    ///   - reason: why, one clause.
    /// - Returns: the answer, after which the connection ends.
    func refusal(of head: HTTPRequestHead, status: Int, reason: String) -> HTTPResponse?

    /// Hears that the answer to the last request was handed to the system as a whole, to a client that had not gone.
    func answerWasSent()

    /// Hears that the answer to the last request did not reach the client as a whole.
    func answerWasLost()

    /// Whether the connection stays open when the server is suspended; asked after `conduct`.
    var staysWhenSuspended: Bool { get }
}

extension HTTPConnectionHandler {
    /// As it should be.
    package func conduct(for head: HTTPRequestHead) -> HTTPConduct? { nil }

    /// A line of text.
    package func refusal(of head: HTTPRequestHead, status: Int, reason: String) -> HTTPResponse? { nil }

    /// Ignores it.
    package func answerWasSent() {}

    /// Ignores it.
    package func answerWasLost() {}

    /// It does not.
    package var staysWhenSuspended: Bool { false }
}
