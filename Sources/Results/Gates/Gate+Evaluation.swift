import HarnessCore

extension Gate {
    /// Judges a result by the absolute limit of this gate; nil where it has none.
    ///
    /// Over all reported phases the summary of the result and its repetitions must agree; where they do not, the file
    /// was changed after the run, and the worse of the two counts.
    ///
    /// - Parameters:
    ///   - result: what is judged.
    ///   - files: the results that it was joined from, each with its file; empty for one that is as it was written.
    /// - Returns: the row; nil where the gate has no absolute limit.
    package func evaluate(_ result: RunResult, joinedFrom files: [(path: String, result: RunResult)] = []) -> GateRow? {
        guard let limit else { return nil }
        let row = Judged(metric: metric, phase: phase, limit: limit, level: level, source: source, files: files)
        return row.evaluate(result)
    }
}

/// A gate that has an absolute limit, while a result is judged by it.
private struct Judged {
    let metric: Metric
    let phase: String?
    let limit: Limit
    let level: GateLevel
    let source: GateSource
    let files: [(path: String, result: RunResult)]

    func evaluate(_ result: RunResult) -> GateRow {
        guard result.outcome == .completed, !result.isPartial else {
            let state =
                switch result.outcome {
                case .completed: "is incomplete"
                case .interrupted: "was interrupted"
                case .failed: "failed"
                }
            return row(result, .notEvaluated, reason: "the run \(state)")
        }
        switch reading(of: result) {
        case .value(let observed, let samples, let remark):
            return row(result, observed: observed, samples: samples, remark: remark)
        case .missing(let reason, let samples):
            return row(result, .missing, samples: samples, reason: reason)
        case .notApplicable(let reason):
            return row(result, .notEvaluated, reason: reason)
        }
    }

    private enum Reading {
        case value(Double, samples: UInt64?, remark: String?)
        case missing(String, samples: UInt64?)
        case notApplicable(String)
    }

    private func reading(of result: RunResult) -> Reading {
        let name = metric.name
        switch result.reading(of: metric, phase: phase) {
        case .notApplicable(let reason): return .notApplicable(reason)
        case .absent(let reason): return .missing("the result has no \(name): \(reason)", samples: nil)
        case .unsupported(let samples, let needed):
            let reason =
                "n = \(Quantity.format(count: samples)) does not support \(name), which needs "
                + "\(Quantity.format(count: needed)) samples"
            return .missing(reason, samples: samples)
        case .value(let measured, let samples):
            guard phase == nil else { return .value(measured, samples: samples, remark: nil) }
            var (observed, remark): (Double, String?) = (measured, nil)
            for (place, written) in files.isEmpty ? [("the result", result)] : files {
                guard let summary = written.summary[name] else {
                    return .missing("the summary of \(place) has no \(name)", samples: samples)
                }
                guard let difference = written.contradiction(in: metric) else { continue }
                if limit.margin(of: summary) < limit.margin(of: observed) { observed = summary }
                let text = (files.isEmpty ? "" : "of \(place) ") + difference
                remark = remark ?? "\(text): the file was changed, and the worse counts"
            }
            return .value(observed, samples: samples, remark: remark)
        }
    }

    private func row(_ result: RunResult, observed: Double, samples: UInt64?, remark: String?) -> GateRow {
        let holds = limit.holds(for: observed)
        let unit = metric.unit
        var reason = "\(metric.name) is \(unit.format(observed)), the limit is \(limit.expression)"
        if !holds, limit.value != 0, limit.comparison != .equal, limit.comparison != .notEqual {
            let percent = 100 * limit.margin(of: observed).magnitude / limit.value.magnitude
            let side = limit.comparison == .atLeast || limit.comparison == .more ? "below" : "above"
            reason += ": \(Quantity.format(number: percent)) % \(side) it"
        }
        if let remark { reason += "; \(remark)" }
        return row(
            result,
            holds ? .pass : .fail,
            observed: observed,
            samples: samples,
            margin: limit.margin(of: observed),
            reason: reason
        )
    }

    private func row(
        _ result: RunResult,
        _ verdict: GateVerdict,
        observed: Double? = nil,
        samples: UInt64? = nil,
        margin: Double? = nil,
        reason: String
    ) -> GateRow {
        GateRow(
            profile: result.profile,
            metric: metric.name,
            phase: phase,
            expression: limit.expression,
            limit: limit.value,
            unit: metric.unit,
            observed: observed,
            samples: samples,
            margin: margin,
            verdict: verdict,
            level: level,
            source: source,
            reason: reason
        )
    }
}

extension RunResult {
    /// How the summary contradicts the repetitions in a metric, as a clause; nil where it does not, or has no such figure.
    func contradiction(in metric: Metric) -> String? {
        // Decimal notation keeps every digit of a Double: equal values stay equal through a file.
        guard let stated = summary[metric.name], let measured = reading(of: metric).value, stated != measured else {
            return nil
        }
        return "the summary says \(metric.unit.format(stated)) and the repetitions \(metric.unit.format(measured))"
    }
}
