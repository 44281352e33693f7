import HarnessCore

/// Which way a metric improves.
package enum MetricDirection: String, Codable, Sendable, CaseIterable {
    case higherIsBetter = "higher"
    case lowerIsBetter = "lower"
    /// Neither: the value is given by the plan.
    case neutral
}

/// Whether a metric repeats.
package enum MetricKind: String, Codable, Sendable, CaseIterable {
    /// Counted: the same run gives the same value, and any difference is real.
    case exact
    /// Timed or sampled: the value differs from run to run.
    case noisy
}

extension Metric {
    /// Whether a broken limit on the metric is a failure of the system even on a run that something has disturbed.
    ///
    /// Counts are: there is no noise in them. What the generator could not start is its own count, and no item was
    /// handed over that could have been lost.
    package var countsOnInvalidRuns: Bool { kind == .exact && name != "missed" }
}

extension Metric {
    /// Why a change of the metric can be shown and cannot be judged, as a clause; nil where it can.
    package var reasonNotToCompare: String? {
        if name.hasSuffix(".max") { return "a maximum is one value, and differs by half between equal runs" }
        if name.hasSuffix(".p99_9") { return "p99.9 stands on a few values, and differs by half between equal runs" }
        return direction == .neutral ? "it is neither better when it is higher nor when it is lower" : nil
    }

    /// Throws where a gate demands a judgement of the metric's changes that cannot be given.
    func checkComparability(level: GateLevel, path: String) throws(StrictJSONError) {
        guard level == .error || level == .warn, let reason = reasonNotToCompare else { return }
        throw StrictJSONError(
            path: path,
            reason: "\(name) cannot be gated by its change: \(reason)",
            hint: "give it a \"budget\", or the level \"info\""
        )
    }
}

/// One metric that can be limited and compared.
package struct Metric: Sendable {
    /// The name in results, profiles and thresholds files: `flush_latency.p95`.
    package let name: String
    /// The base unit of its values.
    package let unit: MetricUnit
    /// Which way it improves.
    package let direction: MetricDirection
    /// Whether it repeats.
    package let kind: MetricKind
    /// What it is, one clause.
    package let explanation: String
    /// Whether only a sink's ledger can tell it.
    package let needsLedger: Bool
    /// Whether it is taken from phases in which nothing is issued, rather than from the others.
    package let isOfIdlePhases: Bool
    let extract: @Sendable (PhaseResult) -> MetricReading
    /// How to take it from a repetition as a whole; nil for metrics of phases.
    package private(set) var extractFromRepetition: (@Sendable (Repetition) -> MetricReading)?
    /// How to take it from a result as a whole; nil for metrics of phases and repetitions.
    package private(set) var extractFromRun: (@Sendable (RunResult) -> MetricReading)?
    /// Whether the worst of several repetitions stands for the run; otherwise it is their median.
    package private(set) var takesWorst = false

    init(
        _ name: String,
        _ unit: MetricUnit,
        _ direction: MetricDirection,
        _ kind: MetricKind,
        needsLedger: Bool = false,
        ofIdlePhases isOfIdlePhases: Bool = false,
        _ explanation: String,
        extract: @escaping @Sendable (PhaseResult) -> MetricReading
    ) {
        self.name = name
        self.unit = unit
        self.direction = direction
        self.kind = kind
        takesWorst = kind == .exact && direction != .neutral
        self.explanation = explanation
        self.needsLedger = needsLedger
        self.isOfIdlePhases = isOfIdlePhases
        self.extract = extract
    }

    /// A measured metric of whole repetitions, which no phase has by itself.
    ///
    /// With `takesWorst` the worst repetition stands for the run, as with bounds that are never to be broken.
    init(
        _ name: String,
        _ unit: MetricUnit,
        _ direction: MetricDirection = .lowerIsBetter,
        needsLedger: Bool = false,
        takesWorst: Bool = false,
        ofRepetitions explanation: String,
        extract: @escaping @Sendable (Repetition) -> MetricReading
    ) {
        self.init(name, unit, direction, .noisy, needsLedger: needsLedger, explanation) { _ in
            .absent("it is measured over the whole repetition, not by phase")
        }
        self.takesWorst = takesWorst
        extractFromRepetition = extract
    }

    /// A counted metric of whole repetitions, shutdown included, which no phase has by itself.
    init(
        _ name: String,
        _ direction: MetricDirection = .lowerIsBetter,
        needsLedger: Bool = false,
        ofRepetitions explanation: String,
        extract: @escaping @Sendable (Repetition) -> MetricReading
    ) {
        self.init(name, .count, direction, .exact, needsLedger: needsLedger, explanation) { _ in
            .absent("it is counted over the whole repetition, not by phase")
        }
        extractFromRepetition = extract
    }
}

extension Metric {
    /// A counted metric of results as a whole, which no repetition has by itself.
    init(_ name: String, ofRuns explanation: String, extract: @escaping @Sendable (RunResult) -> MetricReading) {
        self.init(name, .count, .lowerIsBetter, .exact, explanation) { _ in
            .absent("it is a finding of several runs together, not of a phase")
        }
        extractFromRun = extract
    }
}

/// What a result says of a metric: a value, or why there is none.
package enum MetricReading: Sendable, Equatable {
    /// The value in the metric's base unit, and for statistics the number of samples behind it.
    case value(Double, samples: UInt64?)
    /// A percentile that so few samples do not support.
    case unsupported(samples: UInt64, needed: UInt64)
    /// There is no value; the text says why, as a clause.
    case absent(String)
    /// No value can exist, by the nature of the run; the text says why, as a clause.
    case notApplicable(String)

    /// A counted value, absent when it was not measured.
    static func counted(_ value: (some BinaryInteger)?) -> MetricReading {
        value.map { .value(Double($0), samples: nil) } ?? .absent("it was not measured")
    }

    /// A count among `items`: absent when it was not counted, or when there was nothing to count.
    static func counted(_ value: (some BinaryInteger)?, of items: UInt64) -> MetricReading {
        measured(value.map { Double($0) }, of: items)
    }

    /// A value that stands on `items`: absent when it was not measured, or when there was nothing to measure.
    static func measured(_ value: Double?, of items: UInt64) -> MetricReading {
        guard let value else { return .absent("it was not measured") }
        return items > 0 ? .value(value, samples: items) : .absent("nothing was attempted")
    }

    /// A measured value, absent when it was not measured.
    static func measured(_ value: Double?) -> MetricReading {
        value.map { .value($0, samples: nil) } ?? .absent("it was not measured")
    }

    /// The value, if there is one.
    package var value: Double? {
        if case .value(let value, _) = self { value } else { nil }
    }
}
