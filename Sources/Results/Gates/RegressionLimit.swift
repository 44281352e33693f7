package import HarnessCore

/// How much worse than the baseline the candidate may be.
///
/// A change counts when it is beyond both parts: a share of the baseline, and an absolute floor below which no change
/// matters. Which way is worse, the metric says.
package struct RegressionLimit: Sendable, Equatable {
    /// The most that it may be worse, as a share of the baseline: 0.1 for 10 %; nil for the absolute part alone.
    package var maximumRelative: Double?
    /// The most that it may be worse whatever the share, in the unit of the metric; nil for the share alone.
    package var minimumAbsolute: Double?

    /// Makes a limit; at least one part is needed.
    package init(maximumRelative: Double? = nil, minimumAbsolute: Double? = nil) {
        self.maximumRelative = maximumRelative
        self.minimumAbsolute = minimumAbsolute
    }

    /// How much worse the candidate may be than this value of the baseline, in the unit of the metric.
    ///
    /// A baseline of zero has no shares: then the absolute part alone counts.
    package func allowance(from baseline: Double) -> Double {
        max((maximumRelative ?? 0) * baseline.magnitude, minimumAbsolute ?? 0)
    }

    /// The limit in words: `at most 10 % or 1 ms worse`.
    package func text(unit: MetricUnit) -> String {
        let share = maximumRelative.map { "\(Self.percent($0)) %" }
        let parts = [share, minimumAbsolute.map(unit.format)].compactMap(\.self)
        return "at most \(parts.joined(separator: " or ")) worse"
    }

    /// A share as people write percentages: without a fraction that says nothing.
    package static func percent(_ share: Double) -> String {
        let value = (share * 1e6).rounded() / 1e4
        let decimals = (0..<4).first { places in
            let scaled = value * [1, 10, 100, 1_000][places]
            return (scaled - scaled.rounded()).magnitude < 1e-6
        }
        return Quantity.format(number: value, decimals: decimals ?? 4)
    }
}

extension RegressionLimit {
    /// Reads a share such as `10%` or `2.5%`.
    package static func share(_ text: String) throws(QuantityError) -> Double {
        let digits = text.hasSuffix("%") ? text.dropLast().filter { $0 != " " } : ""
        guard let number = Double(digits), number.isFinite, number >= 0, digits.first?.isNumber == true else {
            throw QuantityError(
                kind: "a share",
                value: text,
                reason: "it is not a number with a percent sign",
                example: Double(text).map { $0 >= 1 ? "\(text)%" : "\(percent($0))%" } ?? "10%",
                isGuess: Double(text) != nil
            )
        }
        return number / 100
    }

    /// Reads the members `max_relative` and `min_absolute` of an object.
    package init(_ reader: JSONReader, metric: Metric) throws(StrictJSONError) {
        self.init(
            maximumRelative: try Self.share(reader, "max_relative"),
            minimumAbsolute: try Self.quantity(reader, "min_absolute", metric.unit)
        )
        try reader.finish()
        guard maximumRelative != nil || minimumAbsolute != nil else {
            throw StrictJSONError(
                path: reader.path,
                reason: "limits nothing",
                hint: "give \"max_relative\", for example \"10%\", or \"min_absolute\""
            )
        }
        try Self.check(self, metric, path: reader.path)
    }

    /// Throws where such a limit on the metric means nothing; `path` is where it stands.
    package static func check(_ limit: RegressionLimit, _ metric: Metric, path: String) throws(StrictJSONError) {
        if metric.kind == .noisy, limit.allowance(from: 1) <= 0 {
            throw StrictJSONError(
                path: path,
                reason: "\(metric.name) differs from run to run, so that it cannot be held to no change at all",
                hint: "allow a share such as \"10%\""
            )
        }
    }

    private static func share(_ reader: JSONReader, _ key: String) throws(StrictJSONError) -> Double? {
        guard let value = reader.optionalValue(key) else { return nil }
        if let number = value.doubleValue {
            guard (0...1).contains(number) else {
                let guess = number > 1 && number <= 100 ? "did you mean \"\(percent(number / 100))%\"?" : nil
                throw reader.error(key, "is no share between 0 and 1", hint: guess ?? "write percentages as \"10%\"")
            }
            return number
        }
        guard let text = value.stringValue else { throw reader.error(key, "is neither a share nor a percentage") }
        do {
            return try share(text)
        } catch {
            throw reader.error(
                key,
                "is not \(error.kind): \(error.reason)",
                hint: error.isGuess ? "did you mean \"\(error.example)\"?" : "for example \"\(error.example)\""
            )
        }
    }

    private static func quantity(
        _ reader: JSONReader,
        _ key: String,
        _ unit: MetricUnit
    ) throws(StrictJSONError) -> Double? {
        guard let value = reader.optionalValue(key) else { return nil }
        // What has a unit needs it: 5 could be nanoseconds or milliseconds.
        if let number = value.doubleValue, number >= 0, unit != .nanoseconds, unit != .seconds { return number }
        guard let text = value.stringValue else {
            throw reader.error(key, "is not \(unit.noun)", hint: "for example \"\(unit.exampleLimit)\"")
        }
        let number: Double
        do {
            number = try unit.parse(text)
        } catch {
            throw reader.error(
                key,
                "is not \(error.kind): \(error.reason)",
                hint: error.isGuess ? "did you mean \"\(error.example)\"?" : "for example \"\(unit.exampleLimit)\""
            )
        }
        guard number >= 0 else { throw reader.error(key, "is negative", hint: "a change is given without its sign") }
        return number
    }
}

extension MetricUnit {
    /// What a value of the unit is called in messages.
    fileprivate var noun: String {
        switch self {
        case .count: "a count"
        case .perSecond: "a rate"
        case .nanoseconds, .seconds, .secondsPerMillion: "a duration"
        case .bytes, .bytesPerItem, .bytesPerHour: "a size"
        case .percent: "a percentage"
        }
    }
}
