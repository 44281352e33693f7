/// The limits of a client.
package struct HTTPClientConfiguration: Sendable {
    /// How long resolving the name and connecting may take together.
    package var connectTimeoutNanoseconds: UInt64 = 5_000_000_000

    /// How long a request may take in all: connecting, sending, waiting and receiving.
    package var requestTimeoutNanoseconds: UInt64 = 10_000_000_000

    /// How large an answer's body may be, after decoding.
    ///
    /// 0 to 2^40.
    package var maximumResponseBodyBytes = 4 << 20

    /// How large an answer's status line and header section may be.
    ///
    /// 64 to 2^30.
    package var maximumResponseHeaderBytes = 64 << 10

    /// The value of the `User-Agent` field; must be a valid field value.
    package var userAgent = "telemetry-bench"

    /// The defaults above.
    package init() {}

    /// Stops on limits that make no sense: they are the caller's bug.
    func check() {
        precondition(connectTimeoutNanoseconds > 0 && requestTimeoutNanoseconds > 0, "time-outs are positive")
        precondition((0...1 << 40).contains(maximumResponseBodyBytes), "maximumResponseBodyBytes: 0 to 2^40")
        precondition((64...1 << 30).contains(maximumResponseHeaderBytes), "maximumResponseHeaderBytes: 64 to 2^30")
        precondition(HTTPHeaders.isValidValue(userAgent), "not a header value: \(userAgent.debugDescription)")
    }
}
