/// Counts values into buckets with fixed bounds: durations, sizes.
///
/// Made by `Telemetry.makeHistogram`, once; a copy refers to the same buckets. Any thread may use it.
public struct Histogram: Sendable {
    /// The bounds that a histogram has unless told otherwise.
    ///
    /// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#explicit-bucket-histogram-aggregation
    public static let defaultBounds: [Double] = [
        0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000,
    ]

    @usableFromInline
    let instrument: Instrument?

    /// Counts a value into the bucket whose upper bound is the first that is not below it.
    ///
    /// - Parameters:
    ///   - value: The value; one that is not finite is refused and counted.
    ///   - attributes: What the value belongs to, in any order.
    /// - Returns: Whether it was recorded.
    @inlinable
    @discardableResult
    public func record(_ value: Double, _ attributes: @autoclosure () -> Attributes = [:]) -> Bool {
        guard instrument != nil else { return false }
        return attributes().withSlice { record(value, to: $0) }
    }

    @usableFromInline
    func record(_ value: Double, to attributes: AttributeSlice) -> Bool {
        instrument?.record(histogram: value, attributes) ?? false
    }
}
