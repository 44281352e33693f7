import FoundationEssentials
import Glibc
import HarnessCore

/// How much one metric differs between runs that should be equal, as earlier results show it.
struct GateNoise {
    /// Standard deviation of the log-ratio of a pair.
    let spread: Double
    /// Median of the baseline, in the unit of the metric.
    let reference: Double
    /// Values behind the spread: pairs, or repetitions.
    let count: Int
    /// Whether they were pairs, in which drift cancels.
    let isPaired: Bool

    /// Looks for the metric of a gate; nil where the document says nothing of it, or too little.
    init?(_ document: ResultDocument, of gate: Gate) {
        switch document {
        case .paired(let paired):
            guard gate.selects(paired.candidate.result) else { return nil }
            let sides = ComparedSides(
                baseline: [paired.baseline.result],
                candidate: [paired.candidate.result],
                isPaired: true,
                differences: []
            )
            guard let values = try? sides.values(of: gate.metric, phase: gate.phase),
                let deviation = Self.deviation(
                    zip(values.baseline, values.candidate).map { $0 > 0 && $1 > 0 ? log($1 / $0) : .nan }
                ), let median = MetricSpread.median(values.baseline)
            else { return nil }
            (spread, reference, count, isPaired) = (deviation, median, values.baseline.count, true)
        case .run(let result):
            guard gate.selects(result),
                case .values(let values, _) = result.observations(of: gate.metric, phase: gate.phase),
                let deviation = Self.deviation(values.map { $0 > 0 ? log($0) : .nan }),
                let median = MetricSpread.median(values)
            else { return nil }
            // The difference of two independent runs varies by √2 as much as one of them.
            (spread, reference, count, isPaired) = (2.0.squareRoot() * deviation, median, values.count, false)
        }
    }

    /// The sample's standard deviation; nil for fewer than three values, and where one is no number.
    private static func deviation(_ values: [Double]) -> Double? {
        guard values.count >= 3, values.allSatisfy(\.isFinite) else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }
}

extension ResultDocument {
    /// What one pair of runs takes, in seconds, everything around the runs included; nil where nobody can tell.
    var secondsPerPair: Double? {
        let (started, ended, pairs): (String, String, Double) =
            switch self {
            case .run(let result): (result.startedAt, result.endedAt, Double(result.repetitions.count) / 2)
            case .paired(let paired):
                (paired.startedAt, paired.endedAt, Double(paired.pairs.count + (paired.confirmation?.pairs.count ?? 0)))
            }
        guard pairs > 0, let first = try? Date(started, strategy: .iso8601),
            let last = try? Date(ended, strategy: .iso8601), last > first
        else { return nil }
        return last.timeIntervalSince(first) / pairs
    }

    /// The result whose limits are judged.
    var candidate: RunResult {
        switch self {
        case .run(let result): result
        case .paired(let paired): paired.candidate.result
        }
    }
}
