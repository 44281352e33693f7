import HarnessCore

/// Turns the ledger's totals into the lines that a user watches: what came since the last line, and in all.
///
/// Pure: times and totals are passed in.
package struct SinkActivity: Sendable {
    private let start: UInt64
    private var lastTime: UInt64
    private var last = LedgerTotals()

    /// An activity that begins now.
    ///
    /// - Parameter now: Monotonic time in nanoseconds.
    package init(now: UInt64) {
        start = now
        lastTime = now
    }

    /// The line for the time since the last call, or nil when nothing has arrived since.
    ///
    /// - Parameters:
    ///   - totals: The ledger's totals now.
    ///   - now: Monotonic time in nanoseconds.
    /// - Returns: A line without a line feed, such as `12 s  8,000 items (8,000/s)  16 requests`.
    package mutating func line(totals: LedgerTotals, now: UInt64) -> String? {
        let interval = now - lastTime
        let items = totals.items - last.items
        lastTime = now
        guard totals != last, interval > 0 else { return nil }
        last = totals
        let rate = Double(items) / (Double(interval) / 1e9)
        let elapsed = Quantity.format(number: Double(now - start) / 1e9, decimals: 0)
        return "\(elapsed) s  \(Self.describe(totals))  (\(Quantity.format(number: rate.rounded()))/s)"
    }

    /// All totals in one line; what must be zero is named only when it is not.
    ///
    /// - Parameter totals: The ledger's totals.
    /// - Returns: A line without a line feed, such as `8,000 items in 16 requests, 2 duplicated`.
    package static func describe(_ totals: LedgerTotals) -> String {
        func count(_ value: UInt64, _ name: String) -> String { "\(Quantity.format(count: value)) \(name)" }
        let unwanted = [
            (totals.duplicated, "duplicated"), (totals.foreign, "foreign"),
            (totals.malformedRequests, "malformed requests"),
        ]
        let parts = [count(totals.items, "items") + " in " + count(totals.requests, "requests")]
        return (parts + unwanted.filter { $0.0 > 0 }.map { count($0.0, $0.1) }).joined(separator: ", ")
    }
}
