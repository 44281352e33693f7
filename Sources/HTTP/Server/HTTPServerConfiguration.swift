/// Where a server listens, and its limits.
package struct HTTPServerConfiguration: Sendable {
    /// A name, an IPv4 address, or an IPv6 address without brackets.
    package var host = "127.0.0.1"

    /// 0 to 65,535; 0 lets the system choose.
    package var port = 0

    /// How many connections may be open at once; another one is answered with 503.
    ///
    /// At least 1.
    package var maximumConnections = 256

    /// How large the request line and the header section may be together; more is answered with 431.
    ///
    /// The trailer section of a chunked body has the same limit. 64 to 2^30.
    package var maximumHeaderBytes = 32 << 10

    /// How large a body may be, after decoding; more is answered with 413.
    ///
    /// 0 to 2^31.
    package var maximumBodyBytes = 64 << 20

    /// How long a connection may be silent between requests before it is closed.
    package var idleTimeoutNanoseconds: UInt64 = 60_000_000_000

    /// How long a request may take from its first byte to its last, and again how long the answer may take to send.
    ///
    /// A request that takes longer is answered with 408.
    package var requestTimeoutNanoseconds: UInt64 = 30_000_000_000

    /// How much memory a connection keeps for its next request; what a larger one needed is given back.
    package var retainedBufferBytes = 4 << 20

    /// A server on 127.0.0.1, with a port that the system chooses and the limits above.
    package init(host: String = "127.0.0.1", port: Int = 0) {
        self.host = host
        self.port = port
    }

    /// Stops on limits that make no sense: they are the caller's bug.
    func check() {
        precondition(maximumConnections >= 1, "a server needs at least one connection")
        precondition((64...1 << 30).contains(maximumHeaderBytes), "maximumHeaderBytes lies between 64 and 2^30")
        precondition((0...1 << 31).contains(maximumBodyBytes), "maximumBodyBytes lies between 0 and 2^31")
        precondition(idleTimeoutNanoseconds > 0 && requestTimeoutNanoseconds > 0, "time-outs are positive")
        precondition(retainedBufferBytes >= 0, "retainedBufferBytes is not negative")
    }
}
