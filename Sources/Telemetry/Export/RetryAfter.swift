import HTTP

/// The value of a `Retry-After` header.
///
/// Source: RFC 9110, section 10.2.3: a number of seconds, or a date.
enum RetryAfter {
    /// Parses a header value.
    ///
    /// - Parameters:
    ///   - value: The header's value.
    ///   - wallClock: The time of day, in nanoseconds since 1970, that a date is compared with.
    /// - Returns: Nanoseconds from now (0 for a date that has passed), or nil for anything that is neither form.
    static func nanoseconds(_ value: String, wallClock: UInt64) -> UInt64? {
        if let seconds = UInt32(value) { return UInt64(seconds) * 1_000_000_000 }
        guard let date = HTTPDate.seconds(parsing: value) else { return nil }
        let due = date.multipliedReportingOverflow(by: 1_000_000_000)
        guard !due.overflow else { return nil }
        return due.partialValue > wallClock ? due.partialValue - wallClock : 0
    }
}
