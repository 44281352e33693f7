package import Results

/// One thing that the harness must notice, or must not complain of.
///
/// A row of ``SelfTestCatalogue``: profiles with something planted in them, and what their results have to look like.
package struct SelfTestCheck: Sendable {
    /// What became of the runs, as the check sees it.
    package struct Finding: Sendable, Equatable {
        /// Whether it is what was expected.
        package var isAsExpected: Bool
        /// What was observed, in a clause.
        package var observed: String
        /// Why the harness says so, each a sentence with numbers; empty where it found nothing wrong.
        package var reasons: [String]
        /// Why nothing follows from it, a sentence; nil where something does.
        package var doubt: String?

        /// Makes a finding.
        package init(isAsExpected: Bool, observed: String, reasons: [String] = [], doubt: String? = nil) {
            self.isAsExpected = isAsExpected
            self.observed = observed
            self.reasons = reasons
            self.doubt = doubt
        }
    }

    /// A limit that another check's result gives, because only a healthy run can tell it.
    package struct LearnedLimit: Sendable {
        /// The metric.
        package var metric: String
        /// The check whose first result has the healthy value.
        package var control: String
        /// The limit as a profile writes it, from the healthy value.
        package var expression: @Sendable (Double) -> String
    }

    /// The name, by which `--only` chooses it.
    package var name: String
    /// What has to come of it, in a clause.
    package var expectation: String
    /// The profiles, as JSON, in the order in which they are run; at least one.
    package var profiles: [String]
    /// A limit beside those of the profiles.
    package var learned: LearnedLimit?
    /// How long a flush may take, in nanoseconds; nil for as long as in any run.
    package var flushTimeout: UInt64?
    /// Looks at the results, one for each profile.
    package var judge: @Sendable ([RunResult]) -> Finding

    /// Makes a check.
    package init(
        name: String,
        expectation: String,
        profiles: [String],
        learned: LearnedLimit? = nil,
        flushTimeout: UInt64? = nil,
        judge: @escaping @Sendable ([RunResult]) -> Finding
    ) {
        self.name = name
        self.expectation = expectation
        self.profiles = profiles
        self.learned = learned
        self.flushTimeout = flushTimeout
        self.judge = judge
    }

    /// Whether nothing is planted: a healthy system that must be called healthy.
    package var isControl: Bool { !profiles.contains { $0.contains("\"faulty:") } }
}
