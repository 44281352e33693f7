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
}
