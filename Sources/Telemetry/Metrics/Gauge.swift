/// Keeps the value recorded last: a temperature, the fill of a cache.
///
/// Made by `Telemetry.makeGauge`, once; a copy refers to the same values. Any thread may use it.
public struct Gauge: Sendable {
    @usableFromInline
    let instrument: Instrument?

    /// Replaces the value of the series that has these attributes.
    ///
    /// - Parameters:
    ///   - value: The value, finite; anything else is refused and counted.
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
        instrument?.record(gauge: value, attributes) ?? false
    }
}
