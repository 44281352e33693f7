/// Sums increments of either sign: requests in progress, items in a queue.
///
/// Made by `Telemetry.makeUpDownCounter`, once; a copy refers to the same sum. Any thread may use it.
public struct UpDownCounter: Sendable {
    @usableFromInline
    let instrument: Instrument?

    /// Adds to the sum of the series that has these attributes.
    ///
    /// - Parameters:
    ///   - value: The increment; one that would leave the range of the sum is refused and counted.
    ///   - attributes: What the increment belongs to, in any order.
    /// - Returns: Whether it was recorded.
    @inlinable
    @discardableResult
    public func add(_ value: Int64, _ attributes: @autoclosure () -> Attributes = [:]) -> Bool {
        guard instrument != nil else { return false }
        return attributes().withSlice { add(value, to: $0) }
    }

    @usableFromInline
    func add(_ value: Int64, to attributes: AttributeSlice) -> Bool {
        instrument?.add(integer: value, attributes) ?? false
    }
}

/// An `UpDownCounter` of doubles.
public struct DoubleUpDownCounter: Sendable {
    @usableFromInline
    let instrument: Instrument?

    /// Adds to the sum of the series that has these attributes.
    ///
    /// - Parameters:
    ///   - value: The increment; one that is not finite is refused and counted.
    ///   - attributes: What the increment belongs to, in any order.
    /// - Returns: Whether it was recorded.
    @inlinable
    @discardableResult
    public func add(_ value: Double, _ attributes: @autoclosure () -> Attributes = [:]) -> Bool {
        guard instrument != nil else { return false }
        return attributes().withSlice { add(value, to: $0) }
    }

    @usableFromInline
    func add(_ value: Double, to attributes: AttributeSlice) -> Bool {
        instrument?.add(double: value, attributes) ?? false
    }
}
