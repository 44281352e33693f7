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
    ///   - hasRuns: Whether a run was announced.
    ///   - now: Monotonic time in nanoseconds.
    /// - Returns: A line without a line feed, such as `12 s  8,000 items (8,000/s)  16 requests`.
    package mutating func line(totals: LedgerTotals, hasRuns: Bool = true, now: UInt64) -> String? {
        let interval = now - lastTime
        let items = totals.items - last.items
        lastTime = now
        guard totals != last, interval > 0 else { return nil }
        last = totals
        let rate = Double(items) / (Double(interval) / 1e9)
        let elapsed = Quantity.format(number: Double(now - start) / 1e9, decimals: 0)
        return
            "\(elapsed) s  \(Self.describe(totals, hasRuns: hasRuns))  (\(Quantity.format(number: rate.rounded()))/s)"
    }

    /// All totals in one line; what must be zero is named only when it is not.
    ///
    /// - Parameters:
    ///   - totals: The ledger's totals.
    ///   - hasRuns: Whether a run was announced: otherwise nothing is foreign, because nothing is expected.
    /// - Returns: A line without a line feed, such as `8,000 items in 16 requests, 2 duplicated`.
    package static func describe(_ totals: LedgerTotals, hasRuns: Bool = true) -> String {
        func count(_ value: UInt64, _ name: String) -> String {
            "\(Quantity.format(count: value)) \(name)\(value == 1 ? "" : "s")"
        }
        var parts = [count(totals.items, "item") + " in " + count(totals.requests, "request")]
        if totals.metricPoints > 0 { parts.append(count(totals.metricPoints, "metric point")) }
        let unwanted = [(totals.duplicated, "duplicated"), (hasRuns ? totals.foreign : 0, "foreign")]
        parts += unwanted.filter { $0.0 > 0 }.map { "\(Quantity.format(count: $0.0)) \($0.1)" }
        if totals.violations > 0 { parts.append(count(totals.violations, "violation") + " of OTLP's rules") }
        if totals.malformedRequests > 0 { parts.append(count(totals.malformedRequests, "malformed request")) }
        return parts.joined(separator: ", ")
    }
}
