import Glibc

/// HdrHistogram's percentile distribution as text: what its plotters read (`.hgrm`).
///
/// The steps, the columns and the three lines at the end are those of `outputPercentileDistribution` in
/// `AbstractHistogram.java`: five steps to each halving of the distance to 100 %, blanks between the columns.
package struct PercentileTable {
    private let histogram: HistogramSnapshot
    private let nanosecondsPerUnit: Double
    private let ticksPerHalfDistance: Double = 5

    /// A table of a distribution.
    ///
    /// - Parameters:
    ///   - histogram: values in nanoseconds.
    ///   - nanosecondsPerUnit: what the printed values are in: 1,000,000 for milliseconds.
    package init(_ histogram: HistogramSnapshot, nanosecondsPerUnit: Double) {
        self.histogram = histogram
        self.nanosecondsPerUnit = nanosecondsPerUnit
    }

    /// The table, each line with its line break.
    package var text: String {
        let titles = ["Value", "Percentile", "TotalCount", "1/(1-Percentile)"]
        let heading = zip(titles, [12, 14, 10, 14]).map { Self.padded($0, $1) }
        return heading.joined(separator: " ") + "\n\n" + rows() + footer()
    }

    private func rows() -> String {
        var text = ""
        var level = 0.0
        var seen: UInt64 = 0
        let total = histogram.totalCount
        for index in histogram.counts.indices where histogram.counts[index] != 0 {
            seen += histogram.counts[index]
            let reached = 100 * Double(seen) / Double(total)
            while reached >= level {
                // The last value gets one more line, the one for 100 %.
                text += row(value: HistogramLayout.highestValue(at: index), level, seen)
                level = next(level)
                guard seen < total else { break }
            }
            if seen == total { text += row(value: HistogramLayout.highestValue(at: index), 100, seen) }
        }
        return text
    }

    private func row(value: UInt64, _ level: Double, _ count: UInt64) -> String {
        let share = level / 100
        var columns = [
            Self.fixed(Double(value) / nanosecondsPerUnit, 3, width: 12), Self.fixed(share, 12, width: 0),
            Self.padded("\(count)", 10),
        ]
        if level < 100 { columns.append(Self.fixed(1 / (1 - share), 2, width: 14)) }
        return columns.joined(separator: " ") + "\n"
    }

    /// The next step: a fifth of the way to where the distance to 100 % is half of what it was at the last halving.
    private func next(_ level: Double) -> Double {
        guard level < 100 else { return 100 }
        let halvings = log(100 / (100 - level)) / log(2)
        return level + 100 / (ticksPerHalfDistance * exp2(halvings.rounded(.towardZero) + 1))
    }

    private func footer() -> String {
        let scaled = { (value: Double?) in Self.fixed((value ?? 0) / nanosecondsPerUnit, 3, width: 12) }
        let buckets = (HistogramLayout.slotCount >> HistogramLayout.halfMagnitude) - 1
        let lines = [
            "#[Mean    = \(scaled(histogram.mean)), StdDeviation   = \(scaled(histogram.standardDeviation))]",
            "#[Max     = \(scaled(histogram.max.map { Double($0) })), "
                + "Total count    = \(Self.padded("\(histogram.totalCount)", 12))]",
            "#[Buckets = \(Self.padded("\(buckets)", 12)), "
                + "SubBuckets     = \(Self.padded("\(2 << HistogramLayout.halfMagnitude)", 12))]",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - text.count)) + text
    }

    /// What C's `printf` makes of a number with so many decimals.
    private static func fixed(_ value: Double, _ decimals: Int, width: Int) -> String {
        // The longest finite number has 309 digits before the point.
        var buffer = [CChar](repeating: 0, count: 352)
        let length = withVaList([Int32(width), Int32(decimals), value]) {
            vsnprintf(&buffer, buffer.count, "%*.*f", $0)
        }
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
