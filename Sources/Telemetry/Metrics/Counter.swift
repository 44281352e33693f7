/// Sums increments that are never negative: requests served, bytes sent.
///
/// Made by `Telemetry.makeCounter`, once; a copy refers to the same sum. Any thread may use it.
public struct Counter: Sendable {
    @usableFromInline
    let instrument: Instrument?

    /// Adds to the sum of the series that has these attributes.
    ///
    /// Hot path: budget 15 ns without attributes, 60 ns with one; nothing is allocated unless the series is new.
    ///
    /// - Parameters:
    ///   - value: The increment, 0 or more; a negative one is refused and counted.
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

/// A `Counter` of doubles: seconds of processor time, energy used.
public struct DoubleCounter: Sendable {
    @usableFromInline
    let instrument: Instrument?

    /// Adds to the sum of the series that has these attributes.
    ///
    /// - Parameters:
    ///   - value: The increment, 0 or more and finite; anything else is refused and counted.
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
