import LoadEngine
import Measurement
import Results

extension LeakTrial {
    /// Growth from cycle to cycle, its own; nil where there were too few cycles, or nobody measured.
    var growth: LeakGrowth? {
        guard let slopeBytesPerCycle, let slopeLow, let slopeHigh else { return nil }
        return LeakGrowth(slope: slopeBytesPerCycle, low: slopeLow, high: slopeHigh)
    }

    /// Whether descriptors or threads were left behind.
    var hasLeftHandles: Bool { (descriptorGrowth ?? 0) > 0 || (threadGrowth ?? 0) > 0 }

    /// How many cycles count.
    var counted: Int { checkpoints.count - discarded }

    /// Works out what the checkpoints say.
    ///
    /// - Parameters:
    ///   - settings: the leak check.
    ///   - discard: how many of the first checkpoints do not count, at least.
    ///   - control: the growth of the harness; nil for none to take off.
    mutating func assess(_ settings: LeakSettings, discard: Int, control: LeakGrowth?) {
        let tolerance = settings.tolerance(items: itemsPerCycle)
        toleranceBytesPerCycle = tolerance
        let bytes = checkpoints.compactMap { $0.bytesInUse.map { Double($0) } }
        // A checkpoint without the figure would make the cycles uneven.
        let series = LeakSeries(bytes.count == checkpoints.count ? bytes : [], discard: discard, tolerance: tolerance)
        discarded = bytes.count == checkpoints.count ? series.discarded : min(discard, checkpoints.count)
        let own = LeakGrowth(series.line)
        slopeBytesPerCycle = own?.slope
        slopeLow = own?.low
        slopeHigh = own?.high
        kendallTau = series.kendallTau
        intercept = own == nil ? nil : series.line?.intercept
        descriptorGrowth = Self.left(checkpoints.dropFirst(discarded).map(\.descriptors))
        threadGrowth = Self.left(checkpoints.dropFirst(discarded).map(\.threads))
        verdict = Self.verdict(own?.beyond(control), tolerance, isFading: series.isFading)
        if hasLeftHandles { verdict = .leak }
    }

    private static func verdict(
        _ growth: LeakGrowth?,
        _ tolerance: Double,
        isFading: Bool
    ) -> LeakReport.Verdict {
        guard let growth else { return .inconclusive }
        if growth.low > tolerance { return isFading ? .growingBounded : .leak }
        return growth.high < tolerance ? .ok : .inconclusive
    }

    /// How many are left behind: none where one of the last three readings is no higher than the first three.
    ///
    /// A connection that is opened anew at the moment of a reading comes and goes; what was forgotten stays.
    private static func left(_ readings: [UInt64?]) -> Int64? {
        let known = readings.compactMap(\.self)
        guard known.count == readings.count, known.count >= LeakSettings.countedCycles,
            let first = known.prefix(3).max(), let last = known.suffix(3).min()
        else { return nil }
        return last > first ? Int64(clamping: known[known.count - 1]) - Int64(clamping: known[0]) : 0
    }
}

extension LeakSettings {
    /// The most that bytes in use may grow in a cycle of so many items, in bytes.
    func tolerance(items: UInt64) -> Double {
        max(bytesPerItem * Double(items), Double(bytesPerCycle))
    }
}
