package import HarnessCore

extension RunResult {
    /// The runs of one plan as the repetitions of one result, judged again as a whole.
    ///
    /// - Parameter runs: results of the same profile, system and plan, each with its repetitions; at least one.
    /// - Returns: the first one's identity, with the repetitions of all in their order.
    /// - Throws: `StrictJSONError` if the gates that the first result carries cannot be understood.
    package static func joined(_ runs: [RunResult]) throws(StrictJSONError) -> RunResult {
        precondition(!runs.isEmpty, "there is nothing to join")
        var result = runs[0]
        result.repetitions = []
        result.warnings = []
        var reasons: [String] = []
        var checks: [ValidityCheck] = []
        for run in runs {
            let offset = result.repetitions.count
            let place = runs.count > 1 && run.repetitions.count == 1 ? "repetition \(offset + 1): " : ""
            for var repetition in run.repetitions {
                repetition.index += offset
                result.repetitions.append(repetition)
            }
            reasons += run.validity.reasons.map { place + $0 }
            for var check in run.validity.checks ?? [] {
                check.repetition = (check.repetition ?? 0) + offset
                checks.append(check)
            }
            for warning in run.warnings where !result.warnings.contains(warning) { result.warnings.append(warning) }
            if run.outcome != .completed { result.outcome = run.outcome }
            result.isPartial = result.isPartial || run.isPartial
            if run.delivery == .unverified { result.delivery = .unverified }
            result.endedAt = max(result.endedAt, run.endedAt)
        }
        result.validity = RunValidity(
            isValid: runs.allSatisfy { $0.validity.isValid },
            reasons: reasons,
            checks: runs.contains { $0.validity.checks != nil } ? checks : nil
        )
        result.judge(by: try Gate.gates(storedIn: result))
        return result
    }
}
