package import HarnessCore

/// What a metric counts: the base unit of its value, and how limits on it are written and shown.
package enum MetricUnit: String, Codable, Sendable, CaseIterable {
    /// Items, requests, operations.
    case count
    /// Items a second.
    case perSecond = "per_s"
    case nanoseconds = "ns"
    case seconds = "s"
    case bytes
    /// Bytes for one item.
    case bytesPerItem = "bytes_per_item"
    /// Bytes an hour: how fast memory grows.
    case bytesPerHour = "bytes_per_h"
    /// Percent of one processor.
    case percent
    /// Seconds of processor time for a million items.
    case secondsPerMillion = "s_per_million"

    /// A value of this unit, as people read it.
    package func format(_ value: Double) -> String {
        switch self {
        case .count: Quantity.format(number: value)
        case .perSecond: Quantity.format(perSecond: value)
        case .nanoseconds: Quantity.format(durationNanoseconds: value)
        case .seconds, .secondsPerMillion: Quantity.format(durationNanoseconds: value * 1e9)
        case .bytes: Quantity.format(bytes: value)
        case .bytesPerItem:
            value.magnitude < 1_000 ? "\(Quantity.format(number: value)) B" : Quantity.format(bytes: value)
        case .bytesPerHour: "\(Quantity.format(bytes: value))/h"
        case .percent: "\(Quantity.format(number: value)) %"
        }
    }

    /// Reads the number of a limit on a metric of this unit, and converts it to the base unit.
    ///
    /// Durations need a unit; sizes, rates and percentages may carry one; counts may carry `k` and `M`.
    package func parse(_ text: String) throws(QuantityError) -> Double {
        let isNegative = text.hasPrefix("-")
        let magnitude = isNegative ? String(text.dropFirst()) : text
        return try (isNegative ? -1 : 1) * parseMagnitude(magnitude)
    }

    private func parseMagnitude(_ text: String) throws(QuantityError) -> Double {
        switch self {
        case .count: return Double(try Quantity.count(text))
        case .perSecond: return try perSecond(text)
        case .nanoseconds: return Double(try Quantity.durationNanoseconds(text))
        case .seconds, .secondsPerMillion: return Double(try Quantity.durationNanoseconds(text)) / 1e9
        case .bytes: return Double(try Quantity.bytes(text))
        case .bytesPerItem:
            if let number = Self.plainNumber(text) { return number }
            return Double(try Quantity.bytes(text))
        case .bytesPerHour: return Double(try Quantity.bytes(text.hasSuffix("/h") ? String(text.dropLast(2)) : text))
        case .percent:
            let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
            guard let number = Self.plainNumber(digits.last == " " ? String(digits.dropLast()) : digits) else {
                throw QuantityError(
                    kind: "a percentage",
                    value: text,
                    reason: "it is not a number with or without a percent sign",
                    example: "5%"
                )
            }
            return number
        }
    }

    private func perSecond(_ text: String) throws(QuantityError) -> Double {
        // A limit may be zero, which no offered rate is.
        if Self.plainNumber(text.hasSuffix("/s") ? String(text.dropLast(2)) : text) == 0 { return 0 }
        guard let events = try Quantity.rate(text).eventsPerSecond else {
            throw QuantityError(kind: "a limit", value: text, reason: "it is not a number", example: "900/s")
        }
        return events
    }

    private static func plainNumber(_ text: String) -> Double? {
        guard text.first?.isNumber == true, text.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
        return Double(text)
    }
}
