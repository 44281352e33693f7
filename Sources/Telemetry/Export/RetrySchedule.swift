/// The pauses between the attempts of one export: exponential back-off with jitter, within a total time.
///
/// Pure: time and randomness are passed in.
struct RetrySchedule {
    private let policy: RetryPolicy
    private let deadline: UInt64
    private var backoff: UInt64

    /// Begins at the first attempt.
    ///
    /// - Parameters:
    ///   - policy: Valid settings.
    ///   - now: Monotonic time in nanoseconds.
    init(policy: RetryPolicy, now: UInt64) {
        self.policy = policy
        deadline = now + policy.maximumElapsed.clampedNanoseconds
        backoff = policy.initialBackoff.clampedNanoseconds
    }

    /// Plans the next attempt.
    ///
    /// - Parameters:
    ///   - now: Monotonic time in nanoseconds, after the failed attempt.
    ///   - retryAfter: What the backend asked for, in nanoseconds from now.
    ///   - random: The source of the jitter.
    /// - Returns: When it is due, or nil if the time for retries would be over by then.
    mutating func nextAttempt(
        now: UInt64,
        retryAfter: UInt64?,
        using random: inout some RandomNumberGenerator
    ) -> UInt64? {
        // The high half of the product is a number of 0…backoff/2, one draw whatever comes; its bias is below 2⁻³⁰.
        let jittered = backoff - random.next().multipliedFullWidth(by: backoff / 2 + 1).high
        backoff = min(backoff * 2, policy.maximumBackoff.clampedNanoseconds)
        let pause = max(jittered, retryAfter ?? 0)
        let (due, overflow) = now.addingReportingOverflow(pause)
        return overflow || due > deadline ? nil : due
    }
}

extension Duration {
    /// The duration in nanoseconds, at least 0 and at most about 146 years.
    var clampedNanoseconds: UInt64 {
        guard self > .zero else { return 0 }
        let limit = UInt64(Int64.max / 2)
        let (seconds, attoseconds) = components
        guard seconds < Int64(limit / 1_000_000_000) else { return limit }
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }
}
