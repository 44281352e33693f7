/// Posts the requests of one signal to an `https://` address: what an SDK without TLS of its own is given.
///
/// The client calls `post` from its exporter's thread, one call at a time, and `cancel` from any.
public protocol SecureTransport: AnyObject, Sendable {
    /// Posts one request and waits for its answer.
    ///
    /// - Parameters:
    ///   - body: The parts of the body, to be sent one behind the other; valid during the call only.
    ///   - headers: Names and values; `Content-Length`, `Host` and `Connection` are left to the transport.
    /// - Returns: The answer, whatever its status.
    /// - Throws: `SecureTransportError` if there was none.
    func post(
        body: [UnsafeRawBufferPointer],
        headers: [(name: String, value: String)]
    ) throws(SecureTransportError) -> SecureTransportAnswer

    /// Makes a `post` in progress and all later ones end soon.
    func cancel()
}

/// An answer that came by a `SecureTransport`.
public struct SecureTransportAnswer: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The value of the `Retry-After` header, if there is one.
    public var retryAfter: String?
    /// The value of the `Content-Type` header, if there is one.
    public var contentType: String?
    /// The body, decoded.
    public var body: [UInt8]

    /// An answer of these parts.
    public init(status: Int, retryAfter: String? = nil, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.retryAfter = retryAfter
        self.contentType = contentType
        self.body = body
    }
}

/// Why there was no answer.
public struct SecureTransportError: Error, Sendable, CustomStringConvertible {
    /// Whether the same request may succeed later: not with a certificate that is not trusted.
    public var isRetryable: Bool
    /// What happened, in words.
    public var description: String

    /// An error.
    public init(_ description: String, isRetryable: Bool) {
        self.isRetryable = isRetryable
        self.description = description
    }
}

/// Makes a client's transports to `https://` addresses.
public struct SecureTransportFactory: Sendable {
    /// Makes one transport.
    ///
    /// Its parameters are the complete address, checked, and the longest that a request may take.
    let make: @Sendable (_ url: String, _ requestTimeout: Duration) throws -> any SecureTransport

    /// A factory.
    ///
    /// - Parameter make: Makes a transport to a complete address whose requests take no longer than the duration.
    public init(make: @escaping @Sendable (_ url: String, _ requestTimeout: Duration) throws -> any SecureTransport) {
        self.make = make
    }
}
