package import HarnessCore

extension Gate {
    /// Reads a gate from the short form of a command line.
    ///
    ///     flush_latency.p95 <= 250ms                      a budget, for every profile
    ///     sustained/flush_latency.p95@main <= 250ms       for one profile and phase
    ///     service_time.p50 regression <= 10% or 1us       the most that it may get worse
    ///
    /// - Parameter text: the words after `--assert`.
    /// - Throws: an error that names the text, the reason and what to write instead.
    package init(assertion text: String) throws(StrictJSONError) {
        let parts = Self.parts(of: text)
        guard !parts.metric.isEmpty, !parts.limit.isEmpty else {
            throw StrictJSONError(
                path: "",
                value: JSONValue.quoted(text),
                reason: "is no assertion",
                hint: "for example \"flush_latency.p95 <= 250ms\" or \"service_time.p50 regression <= 10%\""
            )
        }
        let metric = try MetricCatalogue.metric(named: parts.metric, at: "")
        var (limit, regression): (Limit?, RegressionLimit?)
        if parts.isRegression {
            regression = try Self.regression(parts.limit, metric, text)
        } else {
            limit = try Self.limit(parts.limit, on: metric, path: "")
        }
        self.init(
            profile: parts.profile ?? "*",
            metric: metric,
            phase: parts.phase,
            limit: limit,
            regression: regression,
            source: .commandLine,
            path: JSONValue.quoted(text)
        )
    }

    private struct Parts {
        var profile: String?
        var metric: String
        var phase: String?
        var isRegression: Bool
        var limit: String
    }

    private static func parts(of text: String) -> Parts {
        let start = text.firstIndex { "<>=!".contains($0) } ?? text.endIndex
        var words = text[..<start].split(separator: " ").map(String.init)
        let isRegression = words.count == 2 && words[1] == "regression"
        if isRegression { words.removeLast() }
        let subject = words.joined(separator: " ")
        let slash = subject.firstIndex(of: "/")
        let rest = slash.map { subject[subject.index(after: $0)...] } ?? subject[...]
        let at = rest.firstIndex(of: "@")
        return Parts(
            profile: slash.map { String(subject[..<$0]) },
            metric: String(at.map { rest[..<$0] } ?? rest),
            phase: at.map { String(rest[rest.index(after: $0)...]) },
            isRegression: isRegression,
            limit: String(text[start...])
        )
    }

    /// `<= 10% or 1us`, in either order.
    private static func regression(
        _ expression: String,
        _ metric: Metric,
        _ text: String
    ) throws(StrictJSONError) -> RegressionLimit {
        let wrong = { (reason: String) in
            StrictJSONError(
                path: "",
                value: JSONValue.quoted(text),
                reason: "is no assertion: \(reason)",
                hint: "for example \"\(metric.name) regression <= 10% or \(metric.unit.exampleLimit)\""
            )
        }
        guard expression.hasPrefix("<=") else { throw wrong("a change is limited with <=") }
        var limit = RegressionLimit()
        for part in expression.dropFirst(2).split(separator: " or ", omittingEmptySubsequences: false) {
            let word = part.split(separator: " ").joined(separator: " ")
            let isShare = word.hasSuffix("%") && limit.maximumRelative == nil
            guard isShare || limit.minimumAbsolute == nil else { throw wrong("it names two amounts") }
            do {
                if isShare {
                    limit.maximumRelative = try RegressionLimit.share(word)
                } else {
                    limit.minimumAbsolute = try metric.unit.parse(word)
                }
            } catch {
                throw wrong("\"\(word)\" is not \(error.kind): \(error.reason)")
            }
        }
        try metric.checkComparability(level: .error, path: "")
        try RegressionLimit.check(limit, metric, path: "")
        return limit
    }
}
