/// The intended starts of one producer, in order.
///
/// A producer's loop is specialised for each conforming type: no call is dynamic.
protocol Arrivals {
    /// The next intended start in nanoseconds from the start of the phase, or nil after the last.
    mutating func next() -> UInt64?
}
