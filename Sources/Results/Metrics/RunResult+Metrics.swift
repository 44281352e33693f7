extension RunResult {
    /// What the repetitions say of a metric, in one phase or over all reported phases.
    ///
    /// Of counted metrics the worst repetition stands for the run: items lost once are lost. Of timed ones it is the
    /// median of the repetitions. One repetition without a value leaves the run without one.
    package func reading(of metric: Metric, phase: String? = nil) -> MetricReading {
        switch observations(of: metric, phase: phase) {
        case .values(let values, let samples): .value(metric.aggregate(values), samples: samples)
        case .none(let reading): reading
        }
    }

    /// What each repetition says of a metric, in one phase or over all reported phases.
    package func observations(of metric: Metric, phase: String? = nil) -> Observations {
        if let reason = reasonNotToMeasure(metric) { return .none(.notApplicable(reason)) }
        if let extract = metric.extractFromRun, phase == nil {
            let reading = extract(self)
            return reading.value.map { .values([$0], fewestSamples: nil) } ?? .none(reading)
        }
        guard !repetitions.isEmpty else { return .none(.absent("the result has no repetitions")) }
        var values: [Double] = []
        var fewestSamples: UInt64?
        for repetition in repetitions {
            if let extract = metric.extractFromRepetition, phase == nil {
                let reading = extract(repetition)
                guard case .value(let value, _) = reading else { return .none(reading) }
                values.append(value)
                continue
            }
            guard let subject = repetition.subject(of: metric, phase: phase) else {
                return .none(.absent(phase.map { "there is no phase \"\($0)\"" } ?? missingPhases(for: metric)))
            }
            switch metric.extract(subject) {
            case .value(let value, let samples):
                values.append(value)
                fewestSamples = samples.map { min($0, fewestSamples ?? $0) } ?? fewestSamples
            case let other: return .none(other)
            }
        }
        return .values(values, fewestSamples: fewestSamples)
    }

    /// All metrics over the reported phases that have a value, for ``summary``.
    package func computedSummary() -> [String: Double] {
        MetricCatalogue.all.reduce(into: [:]) { summary, metric in
            summary[metric.name] = reading(of: metric).value
        }
    }

    private func reasonNotToMeasure(_ metric: Metric) -> String? {
        guard metric.needsLedger else { return nil }
        switch delivery {
        case .verified: return nil
        case .unverified: return reasonOfMissingProof
        case .notApplicable: return "the system is not meant to deliver anything"
        }
    }

    /// Why nobody proved what arrived, as the run's own warning has it.
    private var reasonOfMissingProof: String {
        let prefix = "\(DeliveryEvidence.unverifiedWarning): "
        let warning = warnings.first { $0.hasPrefix(prefix) }
        return warning.map { String($0.dropFirst(prefix.count)) } ?? "no ledger of what arrived was read"
    }

    private func missingPhases(for metric: Metric) -> String {
        metric.isOfIdlePhases ? "no reported phase is idle" : "no reported phase issues operations"
    }
}

/// What the repetitions of a result say of a metric.
package enum Observations: Sendable, Equatable {
    /// One value of each repetition, in order, with the samples behind the one that has fewest.
    case values([Double], fewestSamples: UInt64?)
    /// A repetition has no value; the reading says why, and is no value.
    case none(MetricReading)
}

extension Repetition {
    /// The phase, or the reported phases merged into one, that a metric is taken from.
    func subject(of metric: Metric, phase: String?) -> PhaseResult? {
        if let phase { return phases.first { $0.name == phase } }
        return PhaseResult.merged(reportedPhases.filter { $0.isIdle == metric.isOfIdlePhases })
    }
}

extension Metric {
    /// One value for several repetitions; `values` is not empty.
    func aggregate(_ values: [Double]) -> Double {
        guard takesWorst else { return MetricSpread.median(values) ?? .nan }
        return (direction == .higherIsBetter ? values.min() : values.max()) ?? .nan
    }
}
