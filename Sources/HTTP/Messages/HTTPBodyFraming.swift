/// How the end of a message's body is found (RFC 9112, section 6.3, https://www.rfc-editor.org/rfc/rfc9112).
package enum HTTPBodyFraming: Equatable, Sendable {
    /// There is no body.
    case none
    /// This many bytes follow, at least one.
    case length(Int)
    /// Chunks follow, the last of them empty.
    case chunked
    /// Everything up to the end of the connection; only in responses.
    case untilClose
}
