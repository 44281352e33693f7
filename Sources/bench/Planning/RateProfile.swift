import LoadEngine
import RunControl

/// The offered rate of a plan over time, cut into columns for a plot.
///
/// Each phase has columns in proportion to its planned duration, and a few where it has none or hardly any: the axis says
/// where phases begin, and is to scale within a phase only.
struct RateProfile {
    /// The rate of one column.
    enum Column: Equatable {
        /// Operations a second.
        case rate(Double)
        /// All at once.
        case atOnce
        /// As fast as the system goes.
        case open
    }

    /// The part of the columns that shows one phase.
    struct Part {
        /// The index of the phase.
        let phase: Int
        /// The columns.
        let columns: Range<Int>
        /// When the phase is planned to begin, in nanoseconds from the start of the first; nil after a phase of unknown
        /// length.
        let start: UInt64?
    }

    /// All columns from left to right.
    private(set) var columns: [Column] = []
    /// The phases in their order.
    private(set) var parts: [Part] = []
    /// Whether bursts are too close for columns of their own, and are drawn as their mean.
    private(set) var hasMeans = false

    private static let leastColumns = 2
    /// Columns of a phase without a length: as many as its name needs, within these.
    private static let columnsWithoutLength = 5...12

    /// Cuts a plan into at most `width` columns, more only where there are more phases than that.
    init(_ plan: Plan, width: Int) {
        let widths = Self.widths(plan, width)
        var start: UInt64? = 0
        for (index, phase) in plan.phases.enumerated() {
            let first = columns.count
            columns += (0..<widths[index]).map { column in
                self.column(plan, index, column, of: widths[index])
            }
            parts.append(Part(phase: index, columns: first..<columns.count, start: start))
            start = phase.isOpenEnded ? nil : start.map { $0 + phase.durationNanoseconds }
        }
    }

    // MARK: - Columns

    private static func widths(_ plan: Plan, _ width: Int) -> [Int] {
        let total = plan.phases.reduce(0.0) { $0 + Double($1.durationNanoseconds) }
        let fixed = plan.phases.map { phase in
            guard phase.isOpenEnded || phase.durationNanoseconds == 0 else { return 0 }
            return min(max(phase.name.count + 1, columnsWithoutLength.lowerBound), columnsWithoutLength.upperBound)
        }
        let free = Double(max(0, width - fixed.reduce(0, +)))
        var widths = plan.phases.indices.map { index in
            let share = total > 0 ? Double(plan.phases[index].durationNanoseconds) / total * free : 0
            return max(fixed[index], leastColumns, Int(share.rounded()))
        }
        // What small phases were given above their share is taken from the widest.
        while widths.reduce(0, +) > width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > leastColumns
        {
            widths[widest] -= 1
        }
        return widths
    }

    private mutating func column(_ plan: Plan, _ phase: Int, _ column: Int, of count: Int) -> Column {
        let planned = plan.phases[phase]
        let length = planned.durationNanoseconds
        let edge = { (column: Int) in UInt64(UInt128(length) * UInt128(column) / UInt128(count)) }
        let from = edge(column)
        let to = max(from + 1, edge(column + 1))
        var rate = 0.0
        for schedule in [planned.schedule] + planned.besides.sorted(by: { $0.key < $1.key }).map(\.value) {
            switch schedule {
            case .idle:
                break
            case .closed:
                return .open
            case .burst(_, 0, _):
                return column == 0 ? .atOnce : .rate(0)
            case .constant, .burst, .curve:
                rate += self.rate(schedule, from, to)
            }
        }
        return .rate(rate * Self.part(of: plan, phase))
    }

    /// The rate between two moments, the highest where it changes.
    private mutating func rate(_ schedule: Schedule, _ from: UInt64, _ to: UInt64) -> Double {
        switch schedule {
        case .constant(let events, let perNanoseconds, _, _):
            return Double(events) * 1e9 / Double(perNanoseconds)
        case .burst(let size, let every, _):
            guard every >= 4 * (to - from) else {
                hasMeans = true
                return Double(size) * 1e9 / Double(every)
            }
            let operations = (schedule.operations(before: to) ?? 0) - (schedule.operations(before: from) ?? 0)
            return Double(operations) * 1e9 / Double(to - from)
        case .curve(let curve, _, _, _):
            // Between its pieces' ends a curve is straight: its highest point is at one of them, or at an edge.
            var start: UInt64 = 0
            var highest = max(curve.ratePerSecond(at: from), curve.ratePerSecond(at: to - 1))
            for piece in curve.pieces {
                let end = start + piece.durationNanoseconds
                if (from..<to).contains(start) { highest = max(highest, Self.perSecond(piece.from, curve)) }
                if (from + 1..<to + 1).contains(end) { highest = max(highest, Self.perSecond(piece.to, curve)) }
                start = end
            }
            return highest
        case .closed, .idle:
            return 0
        }
    }

    private static func perSecond(_ rate: UInt64, _ curve: RateCurve) -> Double {
        Double(rate) * 1e9 / Double(curve.perNanoseconds)
    }

    /// The part of a phase's operations that a shard has, 1 for a whole plan.
    private static func part(of plan: Plan, _ phase: Int) -> Double {
        guard plan.shard != nil, let all = plan.phases[phase].operations, all > 0 else { return 1 }
        return Double(plan.operations(inPhase: phase) ?? all) / Double(all)
    }
}
