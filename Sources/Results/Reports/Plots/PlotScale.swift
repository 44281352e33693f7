import Glibc
import HarnessCore

/// The part of an axis that is shown: where values stand on it, and what is written beside it.
package struct PlotScale: Equatable, Sendable {
    /// A mark beside an axis.
    package struct Tick: Equatable, Sendable {
        /// Its value.
        package var value: Double
        /// Where it stands, from 0 to 1.
        package var place: Double
        /// What is written there.
        package var label: String
    }

    /// The axis.
    package let axis: Plot.Axis
    /// The least value that is shown.
    package let low: Double
    /// The greatest value that is shown.
    package let high: Double
    /// The marks, ascending.
    package private(set) var ticks: [Tick] = []

    /// Finds the part of an axis that some values need; nil where no value has a place.
    ///
    /// - Parameters:
    ///   - axis: the axis.
    ///   - values: what is drawn; values without a place on the axis are passed over.
    ///   - count: about how many marks are wanted, at least 2.
    ///   - isTight: whether the axis ends with the values rather than at a mark.
    package init?(_ axis: Plot.Axis, values: some Sequence<Double>, ticks count: Int, isTight: Bool = false) {
        let placed = values.filter { $0.isFinite && Self.coordinate($0, axis.scale) != nil }
        guard var low = placed.min(), var high = placed.max() else { return nil }
        self.axis = axis
        let candidates: [(Double, String)]
        switch axis.scale {
        case .linear:
            if axis.startsAtZero { (low, high) = (min(0, low), max(0, high)) }
            if low == high {
                // What does not change is to look flat, in the middle.
                let margin = high == 0 ? 5 : high.magnitude * 0.1
                (low, high) = (axis.startsAtZero && low == 0 ? 0 : low - margin, high + margin)
            }
            (low, high, candidates) = Self.linear(low, high, axis.unit, max(2, count), isTight)
        case .logarithmic:
            if log10(high / low) < 0.02 { (low, high) = (low / 1.2, high * 1.2) }
            (low, high, candidates) = Self.logarithmic(low, high, axis.unit, max(2, count), isTight)
        case .logNines:
            low = min(0, low)
            candidates = Self.nines(upTo: high)
        case .ratio:
            (low, high, candidates) = Self.ratios(upTo: max(high, 1 / low), max(2, count))
        }
        (self.low, self.high) = (low, high)
        self.ticks = candidates.compactMap { value, label in
            place(of: value).flatMap { place in
                (-1e-9...1 + 1e-9).contains(place) ? Tick(value: value, place: place, label: label) : nil
            }
        }
    }

    /// Where a value stands: 0 at the beginning of the axis and 1 at its end; nil for a value that has no place.
    package func place(of value: Double) -> Double? {
        guard let coordinate = Self.coordinate(value, axis.scale), let first = Self.coordinate(low, axis.scale),
            let last = Self.coordinate(high, axis.scale), last > first
        else { return nil }
        return (coordinate - first) / (last - first)
    }

    /// A value as its distance along an axis.
    private static func coordinate(_ value: Double, _ scale: Plot.Scale) -> Double? {
        switch scale {
        case .linear: value
        case .logarithmic, .ratio: value > 0 ? log10(value) : nil
        case .logNines: value >= 0 && value < 1 ? -log10(1 - value) : nil
        }
    }

    // MARK: - Marks

    private typealias Marks = (low: Double, high: Double, [(Double, String)])

    private static func linear(
        _ low: Double,
        _ high: Double,
        _ unit: MetricUnit,
        _ count: Int,
        _ isTight: Bool
    ) -> Marks {
        let (factor, suffix) = unit.prefix(for: max(low.magnitude, high.magnitude))
        let wanted = niceStep((high - low) / factor / Double(count)) * factor
        // There is no half of an item.
        let step = unit == .count ? max(1, wanted) : wanted
        let first = isTight ? (low / step).rounded(.up) : (low / step).rounded(.down)
        let last = isTight ? (high / step).rounded(.down) : (high / step).rounded(.up)
        let decimals = max(0, Int((-log10(step / factor * 1.000_001)).rounded(.up)))
        let marks = stride(from: first, through: max(first, last), by: 1).map { number -> (Double, String) in
            let value = number * step
            let digits = Quantity.format(number: value / factor, decimals: decimals)
            return (value, digits + suffix)
        }
        return isTight ? (low, high, marks) : (first * step, max(first + 1, last) * step, marks)
    }

    /// The least of 1, 2 and 5 times a power of ten that is not below a step.
    private static func niceStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        let lead = step / power
        // A hair above is still the same step.
        return power * (lead <= 1.000_001 ? 1 : lead <= 2.000_001 ? 2 : lead <= 5.000_001 ? 5 : 10)
    }

    private static func logarithmic(
        _ low: Double,
        _ high: Double,
        _ unit: MetricUnit,
        _ count: Int,
        _ isTight: Bool
    ) -> Marks {
        // Within a decade there are too few of those.
        if isTight, high / low < 8 {
            let (_, _, marks) = linear(low, high, unit, count, true)
            return (low, high, marks)
        }
        // All 1, 2 and 5 times powers of ten from below the values to above them.
        let exponents = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let fine = exponents.flatMap { exponent in [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) } }
        let first = isTight ? low : fine.last { $0 <= low * 1.000_001 } ?? low
        let last = isTight ? high : fine.first { $0 >= high / 1.000_001 } ?? high
        let within = fine.filter { $0 >= first / 1.000_001 && $0 <= last * 1.000_001 }
        let decades = within.filter { value in
            let exponent = log10(value)
            return (exponent - exponent.rounded()).magnitude < 1e-9
        }
        let chosen = within.count <= count + 1 || decades.count < 2 ? within : decades
        // Every decade where there is room, else every second or third.
        let skip = max(1, Int((Double(chosen.count) / Double(count + 1)).rounded(.up)))
        let marks = chosen.enumerated().filter { $0.offset % skip == 0 }.map { ($0.element, unit.mark($0.element)) }
        return (first, last, marks)
    }

    /// Marks on both sides of 1: changes in percent, or multiples where percent would say little.
    private static func ratios(upTo furthest: Double, _ count: Int) -> Marks {
        let furthest = max(furthest, 1.01)
        guard furthest <= 2.5 else { return logarithmicRatios(upTo: furthest, count) }
        let step = niceStep(100 * (furthest - 1 / furthest) / Double(count))
        let last = (100 * (furthest - 1) / step * 0.999_999).rounded(.up)
        let share = last * step / 100
        // Room for the same change on both sides, as long as one less than nothing is far.
        let high = share < 0.35 ? 1 / (1 - share) : 1 + share
        let decimals = max(0, Int((-log10(step * 1.000_001)).rounded(.up)))
        let marks = stride(from: -last, through: last, by: 1).map { number -> (Double, String) in
            let percent = number * step
            let text = Quantity.format(number: percent, decimals: decimals)
            return (1 + percent / 100, number == 0 ? "0" : (number > 0 ? "+" : "") + text + " %")
        }
        return (1 / high, high, marks)
    }

    private static func logarithmicRatios(upTo furthest: Double, _ count: Int) -> Marks {
        let (low, high, values) = logarithmic(1 / furthest, furthest, .count, count, true)
        return (low, high, values.map { ($0.0, "×" + $0.1) })
    }

    private static func nines(upTo high: Double) -> [(Double, String)] {
        let count = max(1, Int((-log10(1 - high)).rounded(.down)))
        let nines = (1...count).map { number -> (Double, String) in
            let share = 1 - pow(10, -Double(number))
            return (
                share, number == 1 ? "p90" : "p99" + (number > 2 ? "." + String(repeating: "9", count: number - 2) : "")
            )
        }
        return [(0, "p0"), (0.5, "p50")] + nines
    }
}

extension MetricUnit {
    /// What the values of an axis are divided by, and what stands after them, so that all of them have the same unit.
    fileprivate func prefix(for magnitude: Double) -> (factor: Double, suffix: String) {
        let scaled = { (steps: [(Double, String)]) -> (Double, String) in
            let fitting = steps.last { magnitude >= $0.0 * 0.999 } ?? steps[0]
            return (fitting.0, fitting.1)
        }
        switch self {
        case .count: return scaled([(1, ""), (1e6, " M"), (1e9, " G")])
        case .perSecond: return scaled([(1, "/s"), (1e6, " M/s")])
        case .nanoseconds: return scaled([(1, " ns"), (1e3, " µs"), (1e6, " ms"), (1e9, " s")])
        case .seconds, .secondsPerMillion:
            return magnitude > 7_200
                ? (3_600, " h")
                : magnitude > 120
                    ? (60, " min") : scaled([(1e-6, " µs"), (1e-3, " ms"), (1, " s")])
        case .bytes: return scaled([(1, " B"), (1e3, " kB"), (1e6, " MB"), (1e9, " GB")])
        case .bytesPerItem: return scaled([(1, " B"), (1e3, " kB"), (1e6, " MB")])
        case .bytesPerHour: return scaled([(1, " B/h"), (1e3, " kB/h"), (1e6, " MB/h")])
        case .percent: return (1, " %")
        }
    }

    /// A value beside a logarithmic axis: in the unit that suits it, without needless decimals.
    fileprivate func mark(_ value: Double) -> String {
        let (factor, suffix) = prefix(for: value)
        let number = value / factor
        let decimals = number >= 0.999_999 ? 0 : Int((-log10(number * 1.000_001)).rounded(.up))
        return Quantity.format(number: number, decimals: decimals) + suffix
    }
}
