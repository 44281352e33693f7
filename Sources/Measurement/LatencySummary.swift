/// The figures of a latency distribution that results show, with the distribution itself.
///
/// A percentile q is given only where at least ten values lie beyond it, n · (1 − q) ≥ 10: p90 from 100 values, p95
/// from 200, p99 from 1,000, p99.9 from 10,000. The median needs two. Fewer would show the noise of a few values as if
/// it were a property of the system.
package struct LatencySummary: Sendable, Equatable, Codable {
    /// How many values there are; at least 1.
    package var count: UInt64
    /// The smallest value, in nanoseconds.
    package var minNanoseconds: UInt64
    /// The mean, in nanoseconds.
    package var meanNanoseconds: Double
    /// The standard deviation, in nanoseconds.
    package var standardDeviationNanoseconds: Double
    /// The median, in nanoseconds, or nil when there are too few values.
    package var p50Nanoseconds: UInt64?
    /// The 90th percentile, in nanoseconds, or nil when there are too few values.
    package var p90Nanoseconds: UInt64?
    /// The 95th percentile, in nanoseconds, or nil when there are too few values.
    package var p95Nanoseconds: UInt64?
    /// The 99th percentile, in nanoseconds, or nil when there are too few values.
    package var p99Nanoseconds: UInt64?
    /// The 99.9th percentile, in nanoseconds, or nil when there are too few values.
    package var p999Nanoseconds: UInt64?
    /// The greatest value, in nanoseconds.
    package var maxNanoseconds: UInt64
    /// All counts, in HdrHistogram's compressed V2 encoding.
    package var hdr: HistogramSnapshot

    /// Summarises a distribution; nil when it is empty.
    package init?(_ histogram: HistogramSnapshot) {
        guard
            let min = histogram.min, let max = histogram.max, let mean = histogram.mean,
            let standardDeviation = histogram.standardDeviation
        else { return nil }
        func supported(_ percentile: Double) -> UInt64? {
            Self.supports(percentile: percentile, count: histogram.totalCount)
                ? histogram.value(atPercentile: percentile) : nil
        }
        count = histogram.totalCount
        minNanoseconds = min
        meanNanoseconds = mean
        standardDeviationNanoseconds = standardDeviation
        p50Nanoseconds = supported(50)
        p90Nanoseconds = supported(90)
        p95Nanoseconds = supported(95)
        p99Nanoseconds = supported(99)
        p999Nanoseconds = supported(99.9)
        maxNanoseconds = max
        hdr = histogram
    }

    /// Reads the figures, and the distribution unless the decoder was told to leave it out.
    ///
    /// Decoding a distribution takes a hundred times what the figures take, and up to 160 kB.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        count = try container.decode(UInt64.self, forKey: .count)
        minNanoseconds = try container.decode(UInt64.self, forKey: .minNanoseconds)
        meanNanoseconds = try container.decode(Double.self, forKey: .meanNanoseconds)
        standardDeviationNanoseconds = try container.decode(Double.self, forKey: .standardDeviationNanoseconds)
        p50Nanoseconds = try container.decodeIfPresent(UInt64.self, forKey: .p50Nanoseconds)
        p90Nanoseconds = try container.decodeIfPresent(UInt64.self, forKey: .p90Nanoseconds)
        p95Nanoseconds = try container.decodeIfPresent(UInt64.self, forKey: .p95Nanoseconds)
        p99Nanoseconds = try container.decodeIfPresent(UInt64.self, forKey: .p99Nanoseconds)
        p999Nanoseconds = try container.decodeIfPresent(UInt64.self, forKey: .p999Nanoseconds)
        maxNanoseconds = try container.decode(UInt64.self, forKey: .maxNanoseconds)
        let isLeftOut = decoder.userInfo[Self.leavesOutDistributions] as? Bool == true
        hdr = isLeftOut ? HistogramSnapshot() : try container.decode(HistogramSnapshot.self, forKey: .hdr)
    }

    /// Set to true in a decoder's `userInfo`, it leaves distributions empty.
    package static let leavesOutDistributions: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "leaves out distributions") else {
            preconditionFailure("any text is the name of a key")
        }
        return key
    }()

    /// Whether so many values support a percentile.
    ///
    /// - Parameters:
    ///   - percentile: 0 … 100.
    ///   - count: how many values there are.
    /// - Returns: true from two values up to the median; above it, from ten values beyond the percentile.
    package static func supports(percentile: Double, count: UInt64) -> Bool {
        guard percentile > 50 else { return count >= 2 }
        // Thousandths of a percent make the rule exact for 99.9 %, which no binary fraction is.
        let beyond = UInt64(((100 - percentile) * 1000).rounded())
        return UInt128(count) * UInt128(beyond) >= 10 * 100_000
    }

    private enum CodingKeys: String, CodingKey {
        case count
        case minNanoseconds = "min_ns"
        case meanNanoseconds = "mean_ns"
        case standardDeviationNanoseconds = "stddev_ns"
        case p50Nanoseconds = "p50_ns"
        case p90Nanoseconds = "p90_ns"
        case p95Nanoseconds = "p95_ns"
        case p99Nanoseconds = "p99_ns"
        case p999Nanoseconds = "p99_9_ns"
        case maxNanoseconds = "max_ns"
        case hdr
    }
}
