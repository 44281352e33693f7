package import HarnessCore

/// An absolute limit on a metric: `<= 250ms`.
package struct Limit: Sendable, Equatable {
    /// How the observed value must compare with the limit.
    package enum Comparison: String, Sendable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case equal = "=="
        case notEqual = "!="
        case more = ">"
        case less = "<"
    }

    /// How the observed value must compare.
    package let comparison: Comparison
    /// The limit in the base unit of the metric.
    package let value: Double
    /// The limit as it was written.
    package let expression: String

    /// Reads a limit on a metric of the given unit; throws an error that names the text, the reason and an example.
    package init(parsing expression: String, unit: MetricUnit) throws(QuantityError) {
        let text = expression.drop { $0 == " " }
        guard let comparison = Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }) else {
            throw Self.missingComparison(expression, unit)
        }
        let number = text.dropFirst(comparison.rawValue.count)
        let trimmed = String(String(number.drop { $0 == " " }).reversed().drop { $0 == " " }.reversed())
        // A number alone may be meant in any unit; none of them is a good guess.
        if unit == .nanoseconds, Double(trimmed) != nil {
            throw QuantityError(
                kind: "a limit",
                value: expression,
                reason: "\"\(trimmed)\" needs a unit",
                example: "\(comparison.rawValue) \(trimmed)us"
            )
        }
        do {
            value = try unit.parse(trimmed)
        } catch {
            throw QuantityError(
                kind: "a limit",
                value: expression,
                reason: "\"\(trimmed)\" is not \(error.kind): \(error.reason)",
                example: "\(comparison.rawValue) \(error.isGuess ? error.example : unit.exampleLimit)",
                isGuess: error.isGuess
            )
        }
        self.comparison = comparison
        self.expression = "\(comparison.rawValue) \(trimmed)"
    }

    /// Whether an observed value keeps the limit.
    package func holds(for observed: Double) -> Bool {
        switch comparison {
        case .atLeast: observed >= value
        case .atMost: observed <= value
        case .equal: observed == value
        case .notEqual: observed != value
        case .more: observed > value
        case .less: observed < value
        }
    }

    /// How far an observed value is on the good side of the limit; negative on the bad side.
    package func margin(of observed: Double) -> Double {
        switch comparison {
        case .atLeast, .more: observed - value
        case .atMost, .less: value - observed
        case .equal: -(observed - value).magnitude
        case .notEqual: (observed - value).magnitude
        }
    }

    private static func missingComparison(_ expression: String, _ unit: MetricUnit) -> QuantityError {
        let swapped: [(String, Comparison)] = [("=>", .atLeast), ("=<", .atMost), ("=", .equal)]
        let text = expression.drop { $0 == " " }
        let guess = swapped.first { text.hasPrefix($0.0) }.map { prefix, comparison in
            "\(comparison.rawValue) \(text.dropFirst(prefix.count).drop { $0 == " " })"
        }
        return QuantityError(
            kind: "a limit",
            value: expression,
            reason:
                "it does not begin with a comparison (\(Comparison.allCases.map(\.rawValue).joined(separator: " ")))",
            example: guess ?? "<= \(unit.exampleLimit)",
            isGuess: guess != nil
        )
    }
}

extension MetricUnit {
    /// A number that a limit on this unit could carry.
    var exampleLimit: String {
        switch self {
        case .count: "0"
        case .perSecond: "900/s"
        case .nanoseconds: "250ms"
        case .seconds, .secondsPerMillion: "2s"
        case .bytes: "20MB"
        case .bytesPerItem: "200B"
        case .bytesPerHour: "500kB/h"
        case .percent: "5%"
        }
    }
}
