/// Keeps the value recorded last: a temperature, the fill of a cache.
///
/// Made by `Telemetry.makeGauge`, once; a copy refers to the same values. Any thread may use it.
public struct Gauge: Sendable {
    let instrument: Instrument?

    /// Replaces the value of the series that has these attributes.
    ///
    /// - Parameters:
    ///   - value: The value; NaN and infinities are sent as they are.
    ///   - attributes: What the value belongs to, in any order.
    /// - Returns: Whether it was recorded.
    @discardableResult
    public func record(_ value: Double, _ attributes: Attributes = [:]) -> Bool {
        instrument?.record(gauge: value, attributes) ?? false
    }
}
