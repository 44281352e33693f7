import Testing

@testable import CollectorSink

/// The lines that a user of `bench-sink` watches.
struct SinkActivityTests {
    static let second: UInt64 = 1_000_000_000

    @Test func lineSaysWhatCameSinceTheLastOne() {
        var activity = SinkActivity(now: 0)
        var totals = LedgerTotals(items: 8_000, distinct: 8_000, requests: 16)
        #expect(activity.line(totals: totals, now: Self.second) == "1 s  8,000 items in 16 requests  (8,000/s)")
        totals.items = 9_000
        totals.requests = 18
        #expect(activity.line(totals: totals, now: 3 * Self.second) == "3 s  9,000 items in 18 requests  (500/s)")
    }

    @Test func nothingIsSaidWhenNothingCame() {
        var activity = SinkActivity(now: 0)
        #expect(activity.line(totals: LedgerTotals(), now: Self.second) == nil)
        let totals = LedgerTotals(items: 1, requests: 1)
        #expect(activity.line(totals: totals, now: 2 * Self.second) == "2 s  1 item in 1 request  (1/s)")
        #expect(activity.line(totals: totals, now: 3 * Self.second) == nil)
    }

    @Test func whatMustBeZeroIsNamedWhenItIsNot() {
        #expect(SinkActivity.describe(LedgerTotals()) == "0 items in 0 requests")
        let totals = LedgerTotals(items: 12, duplicated: 2, foreign: 3, requests: 4, malformedRequests: 1)
        #expect(
            SinkActivity.describe(totals) == "12 items in 4 requests, 2 duplicated, 3 foreign, 1 malformed request"
        )
    }

    @Test("Nothing is foreign where nothing was announced; metrics are counted by their points")
    func byHand() {
        let totals = LedgerTotals(items: 3, foreign: 3, requests: 2, malformedRequests: 2, metricPoints: 5)
        #expect(
            SinkActivity.describe(totals, hasRuns: false)
                == "3 items in 2 requests, 5 metric points, 2 malformed requests"
        )
    }
}
