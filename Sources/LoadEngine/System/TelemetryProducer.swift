/// The part of a system that one producer thread calls.
///
/// All operations of a producer come from the one thread that owns it.
public protocol TelemetryProducer: AnyObject {
    /// Performs one operation: hands one item to the system.
    ///
    /// This is the call that is timed. The item has to carry ``ProducerContext/itemIdentifier(of:)`` as its `bench.id`,
    /// because the sink proves delivery by it.
    ///
    /// - Parameter sequence: the number of the operation, counted by the producer from 0 over the whole run.
    /// - Returns: whether the system accepted the item.
    func perform(_ sequence: UInt64) -> Bool
}
