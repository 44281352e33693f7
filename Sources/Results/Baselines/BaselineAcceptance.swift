package import HarnessCore

/// Why, when and under which limits results become a baseline.
package struct BaselineAcceptance: Sendable {
    /// Why, in the words of whoever accepts them.
    package var reason: String
    /// When, RFC 3339 in UTC.
    package var acceptedAt: String
    /// The thresholds file in force, if there is one.
    package var thresholds: (identity: ThresholdsIdentity, file: ThresholdsFile)?
    /// Whether results of a working copy with changes are taken: nobody can build them again.
    package var allowsDirty: Bool

    /// Makes the value from its parts.
    package init(
        reason: String,
        acceptedAt: String,
        thresholds: (identity: ThresholdsIdentity, file: ThresholdsFile)? = nil,
        allowsDirty: Bool = false
    ) {
        self.reason = reason
        self.acceptedAt = acceptedAt
        self.thresholds = thresholds
        self.allowsDirty = allowsDirty
    }

    /// Why a result cannot be a baseline, each a clause; none if it can.
    ///
    /// - Parameters:
    ///   - result: the result.
    ///   - path: its file.
    ///   - today: the day in UTC, on which waivers may end.
    /// - Returns: the obstacles with the status that goes with the worst of them, ``ExitStatus/pass`` without any.
    /// - Throws: when the limits that the result carries cannot be understood.
    package func obstacles(
        to result: RunResult,
        path: String,
        today: String
    ) throws(ResultFileError) -> (reasons: [String], status: ExitStatus) {
        var reasons = result.obstacles.map { "it cannot be trusted: \($0)" }
        var status: ExitStatus = reasons.isEmpty ? .pass : .noVerdict
        if result.environment.gitDirty == true, !allowsDirty {
            reasons.append(
                "the working copy had changes, so that nobody can build it again; commit and measure, or pass "
                    + "--allow-dirty"
            )
            status = .usage
        }
        var request = ComparisonRequest(today: today)
        request.candidates = [(path, result)]
        request.thresholds = thresholds
        request.allowsUnselected = true
        let report = try ComparisonReport(judging: request)
        reasons += report.problems
        // A known failure is put up with, and is still none that later results are to be measured by.
        for row in report.gates where row.level == .error && row.verdict != .pass && row.verdict != .info {
            reasons.append("\(row.metric) \(row.verdict.phrase): \(row.reason)")
        }
        let verdict = reasons.isEmpty ? .pass : report.exitStatus == .pass ? ExitStatus.gateFailed : report.exitStatus
        status = .mostUrgent(of: [status, verdict])
        return (reasons, status)
    }

    /// The limits that a result is judged by: those of the file that select it, and its own.
    func limits(of result: RunResult, _ path: String) throws(ResultFileError) -> [Gate] {
        let own: [Gate]
        do {
            own = try Gate.gates(storedIn: result)
        } catch {
            throw ResultFileError(path: "\(path):", reason: "\(error)")
        }
        return (thresholds?.file.gates ?? []).filter { $0.level != .off && $0.selects(result) } + own
    }
}

extension BaselineIndex.Entry {
    /// What became looser since the baseline was accepted, each a sentence, with the limits of a candidate's profile.
    ///
    /// It throws when the limits that the candidate carries cannot be understood.
    package func loosenings(
        for candidate: RunResult,
        _ thresholds: (identity: ThresholdsIdentity, file: ThresholdsFile)?
    ) throws(ResultFileError) -> [String] {
        let now = BaselineAcceptance(reason: "", acceptedAt: "", thresholds: thresholds)
        let gates = try now.limits(of: candidate, profile)
        let day = acceptedAt.prefix(10)
        return limits.compactMap { limit in
            limit.loosening(in: gates).map {
                "a limit became looser since the baseline of \(profile) was accepted on \(day): \(limit.gate): \($0)"
            }
        }
    }

    /// Whether the thresholds file is not the one that was in force.
    package func hasOtherThresholds(_ identity: ThresholdsIdentity?) -> Bool {
        thresholds?.sha256 != identity?.sha256
    }
}
