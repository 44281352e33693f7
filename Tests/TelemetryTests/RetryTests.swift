import Testing

@testable import Telemetry

struct RetryScheduleTests {
    /// Always the largest or always the smallest number: the two ends of the jitter.
    private struct Extreme: RandomNumberGenerator {
        let value: UInt64
        func next() -> UInt64 { value }
    }

    private var policy: RetryPolicy {
        var policy = RetryPolicy()
        policy.initialBackoff = .seconds(1)
        policy.maximumBackoff = .seconds(5)
        policy.maximumElapsed = .seconds(60)
        return policy
    }

    @Test(arguments: [(UInt64(0), [1.0, 2, 4, 5, 5]), (UInt64.max, [0.5, 1, 2, 2.5, 2.5])])
    func pausesDoubleUpToTheMaximum(random: UInt64, expected: [Double]) throws {
        var schedule = RetrySchedule(policy: policy, now: 0)
        var random = Extreme(value: random)
        for seconds in expected {
            let due = try #require(schedule.nextAttempt(now: 0, retryAfter: nil, using: &random))
            #expect(abs(Double(due) / 1e9 - seconds) < 0.001)
        }
    }

    @Test func theBackendCanAskForMoreAndNotForLess() {
        var schedule = RetrySchedule(policy: policy, now: 0)
        var random = Extreme(value: 0)
        #expect(schedule.nextAttempt(now: 0, retryAfter: 7_000_000_000, using: &random) == 7_000_000_000)
        #expect(schedule.nextAttempt(now: 0, retryAfter: 1, using: &random) == 2_000_000_000)
    }

    @Test func theTotalTimeIsBounded() {
        var schedule = RetrySchedule(policy: policy, now: 1_000)
        var random = Extreme(value: 0)
        #expect(schedule.nextAttempt(now: 59_000_000_000, retryAfter: nil, using: &random) != nil)
        #expect(schedule.nextAttempt(now: 59_000_000_000, retryAfter: nil, using: &random) == nil)
        #expect(schedule.nextAttempt(now: 0, retryAfter: 61_000_000_000, using: &random) == nil)
        #expect(schedule.nextAttempt(now: 0, retryAfter: .max, using: &random) == nil)
    }

    @Test func zeroMeansThatNothingIsRepeated() {
        var policy = policy
        policy.maximumElapsed = .zero
        var schedule = RetrySchedule(policy: policy, now: 5)
        var random = Extreme(value: 0)
        #expect(schedule.nextAttempt(now: 6, retryAfter: nil, using: &random) == nil)
    }
}

struct RetryAfterTests {
    /// The example date of RFC 9110, section 5.6.7, is 784111777 in Unix time.
    @Test(arguments: [
        ("0", 0), ("120", 120), ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sun, 06 Nov 1994 08:48:00 GMT", 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Mon, 07 Nov 1994 08:49:00 GMT", 86_400),
    ])
    func understands(value: String, seconds: UInt64) {
        let now: UInt64 = 784_111_740 * 1_000_000_000
        #expect(RetryAfter.nanoseconds(value, wallClock: now) == seconds * 1_000_000_000)
    }

    @Test func leapDaysCount() {
        let beforeLeapDay: UInt64 = 951_696_000 * 1_000_000_000  // 2000-02-28T00:00:00Z
        let value = "Wed, 01 Mar 2000 00:00:00 GMT"
        #expect(RetryAfter.nanoseconds(value, wallClock: beforeLeapDay) == 2 * 86_400 * 1_000_000_000)
    }

    @Test(arguments: [
        "", "soon", "-1", "1.5", "99999999999999", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 40 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func refuses(value: String) {
        #expect(RetryAfter.nanoseconds(value, wallClock: 0) == nil)
    }
}
