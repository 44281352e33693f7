import Telemetry

/// One call of flush or shutdown: what was accepted before it, what it said, and what the receiver had then.
struct SweepCall {
    /// What was called.
    enum Kind: String, Codable, Sendable {
        /// A flush.
        case flush
        /// A shutdown.
        case shutdown
    }

    /// What was called.
    var kind: Kind
    /// Its time-out, in nanoseconds.
    var timeout: UInt64
    /// When it began, by the monotonic clock.
    var start: UInt64
    /// When it returned.
    var end: UInt64
    /// How long its thread was ready to run meanwhile and had no processor; 0 where the kernel does not say.
    var waited: UInt64
    /// What it said.
    var result: FlushResult
    /// Items accepted before the call that the receiver did not have when it returned.
    ///
    /// Looked for only after a success.
    var missingItems: UInt64 = 0
    /// Additions to counters before the call that the receiver did not have when it returned, likewise.
    var missingAdds: Int64 = 0

    /// How much later than its time-out it returned, in nanoseconds, without the time in which its thread had no
    /// processor.
    var overrun: UInt64 {
        let allowed = timeout + waited
        return end - start > allowed ? end - start - allowed : 0
    }

    /// How much later it may return: 20 ms and a tenth.
    var allowance: UInt64 {
        20_000_000 + timeout / 10
    }
}
