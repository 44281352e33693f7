import HarnessCore
import Results

extension SelfTestCheck {
    /// A healthy system must be called healthy.
    static func green(_ name: String, _ profile: String) -> SelfTestCheck {
        SelfTestCheck(name: name, expectation: "PASS", profiles: [profile]) { results in
            Finding(
                isAsExpected: results.allSatisfy { $0.verdict == .pass },
                observed: results.map { summary($0) }.joined(separator: ", "),
                reasons: results.flatMap { reasons($0) }
            )
        }
    }

    /// A defect must make the verdict red, by these limits and no others, and by as much as is planted.
    ///
    /// - Parameters:
    ///   - name: the name of the check.
    ///   - profile: the profile with the defect.
    ///   - limits: those that must be broken; all others must hold.
    ///   - verdict: what the run must come to.
    ///   - words: what the result has to say beside, in its reasons; empty for nothing.
    ///   - learned: a limit beside those of the profile.
    /// - Returns: a check that asks for exactly that.
    static func red(
        _ name: String,
        _ profile: String,
        breaks limits: [BrokenLimit],
        verdict: RunVerdict = .fail,
        saying words: String = "",
        learned: LearnedLimit? = nil
    ) -> SelfTestCheck {
        let list = limits.map(\.text).sorted().joined(separator: ", ")
        let expectation =
            verdict.word + (list.isEmpty ? "" : " by \(list)") + (words.isEmpty ? "" : ", \"\(words)\"")
        return SelfTestCheck(
            name: name,
            expectation: expectation,
            profiles: [profile],
            learned: learned
        ) { results in
            guard let result = results.first else { return Finding(isAsExpected: false, observed: "no result") }
            let broken = result.thresholds.filter(\.isFailure)
            let said = words.isEmpty ? nil : result.validity.reasons.first { $0.contains(words) }
            let isSaid = words.isEmpty || said != nil
            let isRight =
                Set(broken.map(\.metric)) == Set(limits.map(\.metric))
                && broken.allSatisfy { row in
                    limits.contains { $0.metric == row.metric && $0.contains(row.observed) }
                }
            return Finding(
                isAsExpected: result.verdict == verdict && isRight && isSaid,
                observed: summary(result)
                    + (words.isEmpty ? "" : said == nil ? ", without \"\(words)\"" : ", \"\(words)\""),
                reasons: reasons(result, said: said)
            )
        }
    }

    /// A leak check must find what is planted and what it goes with, or no leak.
    ///
    /// - Parameters:
    ///   - name: the name of the check.
    ///   - profile: the profile with cycles.
    ///   - leak: what grows, and with what; nil for nothing.
    /// - Returns: a check that runs a whole leak check.
    static func leakCheck(
        _ name: String,
        _ profile: String,
        finds leak: (resource: String, unit: String)?
    ) -> SelfTestCheck {
        let words = { @Sendable (resource: String?, unit: String?) in
            "\(resource ?? "nothing") for each \(unit ?? "unknown")"
        }
        return SelfTestCheck(
            name: name,
            expectation: leak.map { "leak of " + words($0.resource, $0.unit) } ?? "no leak",
            profiles: [profile]
        ) { results in
            guard let result = results.first, let report = result.leak else {
                return Finding(isAsExpected: false, observed: "no answer")
            }
            let isRight =
                report.resource == leak?.resource && report.growsPer == leak?.unit
                && report.verdict == (leak == nil ? .ok : .leak)
                && result.verdict == (leak == nil ? .pass : .fail)
            return Finding(
                isAsExpected: isRight,
                observed: report.verdict.word
                    + (report.verdict == .leak ? " of " + words(report.resource, report.growsPer) : ""),
                reasons: report.verdict == .ok ? [] : [report.sentence],
                doubt: report.verdict == .inconclusive ? report.sentence : nil
            )
        }
    }

    /// A stall must be in the response times as predicted, and not in the service times.
    static func stall(_ name: String, _ profile: String, _ check: StallCheck) -> SelfTestCheck {
        SelfTestCheck(
            name: name,
            expectation: "response times as predicted, service times low",
            profiles: [profile]
        ) { results in
            guard let result = results.first, let figures = check.figures(result),
                let operations = check.operations(result)
            else {
                let summaries = results.map { summary($0) }
                return Finding(isAsExpected: false, observed: "nothing to compare", reasons: summaries)
            }
            guard operations.planned == operations.measured else {
                return Finding(
                    isAsExpected: false,
                    observed: "\(operations.measured) of \(operations.planned) operations measured"
                )
            }
            let off = figures.filter { !$0.holds }
            let shown = off.isEmpty ? figures.filter { ["response p90", "response p99"].contains($0.name) } : off
            return Finding(
                isAsExpected: off.isEmpty,
                observed: shown.map(\.text).joined(separator: ", ")
            )
        }
    }

    /// A setting must move what can be observed as predicted, or, where the system does not heed it, be found out.
    ///
    /// - Parameters:
    ///   - name: the name of the check.
    ///   - knob: the setting and the predictions.
    ///   - isHeeded: whether the system heeds it; otherwise what can be observed has to stay where it is.
    ///   - flushTimeout: how long a flush may take, in nanoseconds; nil for as long as in any run.
    ///   - profile: the profile with a value of the setting.
    /// - Returns: a check that runs the profile with both values.
    static func knob(
        _ name: String,
        _ knob: KnobCheck,
        isHeeded: Bool = true,
        flushTimeout: UInt64? = nil,
        _ profile: (String) -> String
    ) -> SelfTestCheck {
        SelfTestCheck(
            name: name,
            expectation: "\(knob.setting) \(knob.values.joined(separator: " → ")) "
                + (isHeeded ? "has its effect" : "without effect"),
            profiles: knob.values.map(profile),
            flushTimeout: flushTimeout
        ) { isHeeded ? knob.finding($0) : knob.absence($0) }
    }

    /// A difference between two systems must be found in pairs of runs, or none if there is none.
    static func paired(_ name: String, baseline: String, candidate: String, _ check: PairedCheck) -> SelfTestCheck {
        let limit = Quantity.format(number: PairedCheck.relevantPercent, decimals: 0)
        let expectation =
            switch check.expectation {
            case .slower(let range):
                "\(check.metric) +\(Quantity.format(number: range.lowerBound, decimals: 0)) … "
                    + "+\(Quantity.format(number: range.upperBound, decimals: 0)) % in pairs"
            case .same: "\(check.metric) the same within \(limit) % in pairs"
            }
        return SelfTestCheck(
            name: name,
            expectation: expectation,
            profiles: PairedCheck.profiles(baseline: baseline, candidate: candidate)
        ) { check.finding($0) }
    }

    /// The verdict with the limits that broke, as `FAIL by lost 5, unaccounted 5`.
    static func summary(_ result: RunResult) -> String {
        let broken = result.thresholds.filter(\.isFailure).map { row in
            "\(row.metric) \(row.observed.map { row.unit.format($0) } ?? row.verdict.rawValue)"
        }
        return result.verdict.word + (broken.isEmpty ? "" : " by " + broken.sorted().joined(separator: ", "))
    }

    /// What the result itself gives as reasons: broken limits, and what makes it untrustworthy.
    static func reasons(_ result: RunResult, said: String? = nil) -> [String] {
        let limits = result.thresholds.filter(\.isFailure).map(\.reason)
        // One sentence of the audit is enough for a table: the one that was asked for, or the first.
        return limits + [said ?? result.validity.reasons.first].compactMap { $0 }
    }
}
