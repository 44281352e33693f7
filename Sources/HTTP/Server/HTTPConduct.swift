/// How a server treats one request other than it should, for the injection of faults.
package struct HTTPConduct: Equatable, Sendable {
    /// What becomes of the handler's answer.
    package enum Answer: Equatable, Sendable {
        /// It is sent.
        case sent
        /// It is not sent, and the connection is closed in good order.
        case withheld
        /// It is not sent, and the connection stays open until the client ends it or the idle time is over.
        case awaited
        /// These bytes are sent in its place, and the connection is closed.
        case replaced([UInt8])
    }

    /// What becomes of the answer.
    package var answer = Answer.sent
    /// How many bytes of the body are read in a second; nil for no limit.
    package var readBytesPerSecond: Int?
    /// How many bytes of the answer are sent in a second; nil for no limit.
    package var writeBytesPerSecond: Int?
    /// After how many bytes of the body, or of half of it with `Int.max`, the connection is reset; nil for never.
    ///
    /// The handler never sees the request.
    package var resetAfterBodyBytes: Int?
    /// Whether the connection, once the answer is sent, is closed in the direction of the client only.
    package var halfCloses = false

    /// A request that is treated as it should be.
    package init() {}
}
