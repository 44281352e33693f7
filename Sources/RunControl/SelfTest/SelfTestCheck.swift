package import Results

/// One thing that the harness must notice, or must not complain of.
///
/// A row of ``SelfTestCatalogue``: a profile with something planted in it, and what its result has to look like.
package struct SelfTestCheck: Sendable {
    /// What became of a run, as the check sees it.
    package struct Finding: Sendable, Equatable {
        /// Whether it is what was expected.
        package var isAsExpected: Bool
        /// What was observed, in a clause.
        package var observed: String

        /// Makes a finding.
        package init(isAsExpected: Bool, observed: String) {
            self.isAsExpected = isAsExpected
            self.observed = observed
        }
    }

    /// A limit that another check's result gives, because only a healthy run can tell it.
    package struct LearnedLimit: Sendable {
        /// The metric.
        package var metric: String
        /// The check whose result has the healthy value.
        package var control: String
        /// The limit as a profile writes it, from the healthy value.
        package var expression: @Sendable (Double) -> String
    }

    /// The name, by which `--only` chooses it.
    package var name: String
    /// What has to come of it, in a clause.
    package var expectation: String
    /// The profile, as JSON.
    package var profile: String
    /// A limit beside those of the profile.
    package var learned: LearnedLimit?
    /// Looks at the result.
    package var judge: @Sendable (RunResult) -> Finding

    /// Makes a check.
    package init(
        name: String,
        expectation: String,
        profile: String,
        learned: LearnedLimit? = nil,
        judge: @escaping @Sendable (RunResult) -> Finding
    ) {
        self.name = name
        self.expectation = expectation
        self.profile = profile
        self.learned = learned
        self.judge = judge
    }
}

// MARK: - Kinds of checks

extension SelfTestCheck {
    /// A healthy system must be called healthy.
    static func green(_ name: String, _ profile: String) -> SelfTestCheck {
        SelfTestCheck(name: name, expectation: "PASS", profile: profile) { result in
            Finding(isAsExpected: result.verdict == .pass, observed: summary(result))
        }
    }

    /// A defect must make the verdict red, by these gates and no others.
    ///
    /// - Parameters:
    ///   - name: the name of the check.
    ///   - profile: the profile with the defect.
    ///   - gates: the metrics whose limits must be broken; all others must hold.
    ///   - words: what the result has to say beside, in its reasons; empty for nothing.
    ///   - learned: a limit beside those of the profile.
    /// - Returns: a check that asks for exactly that.
    static func red(
        _ name: String,
        _ profile: String,
        gates: Set<String>,
        saying words: String = "",
        learned: LearnedLimit? = nil
    ) -> SelfTestCheck {
        let list = gates.sorted().joined(separator: ", ")
        let expectation = "FAIL by \(list)" + (words.isEmpty ? "" : ", \"\(words)\"")
        return SelfTestCheck(name: name, expectation: expectation, profile: profile, learned: learned) { result in
            let broken = Set(result.thresholds.filter(\.isFailure).map(\.metric))
            let isSaid = words.isEmpty || result.validity.reasons.contains { $0.contains(words) }
            return Finding(
                isAsExpected: result.verdict == .fail && broken == gates && isSaid,
                observed: summary(result) + (isSaid ? "" : ", without saying so")
            )
        }
    }

    /// A stall must be in the response times as predicted, and not in the service times.
    static func stall(_ name: String, _ profile: String, _ check: StallCheck) -> SelfTestCheck {
        SelfTestCheck(
            name: name,
            expectation: "response times as predicted, service times low",
            profile: profile
        ) { result in
            guard let figures = check.figures(result), let operations = check.operations(result) else {
                return Finding(isAsExpected: false, observed: "nothing to compare: \(summary(result))")
            }
            guard operations.planned == operations.measured else {
                return Finding(
                    isAsExpected: false,
                    observed: "\(operations.measured) of \(operations.planned) operations measured"
                )
            }
            let off = figures.filter { !$0.holds }
            let shown = off.isEmpty ? figures.filter { ["response p90", "response p99"].contains($0.name) } : off
            return Finding(isAsExpected: off.isEmpty, observed: shown.map(\.text).joined(separator: ", "))
        }
    }

    /// The verdict with the gates that broke, as `FAIL by lost, unaccounted`.
    private static func summary(_ result: RunResult) -> String {
        let broken = result.thresholds.filter(\.isFailure).map(\.metric).sorted()
        return result.verdict.word + (broken.isEmpty ? "" : " by " + broken.joined(separator: ", "))
    }
}
