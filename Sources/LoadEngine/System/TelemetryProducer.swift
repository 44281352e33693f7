/// The part of a system that one producer thread calls.
///
/// All operations of a producer come from the one thread that owns it. In a mix of workloads a thread owns one producer
/// for each of them.
public protocol TelemetryProducer: AnyObject {
    /// Performs one operation: hands its items to the system.
    ///
    /// This is the call that is timed. What the sink proves delivery by:
    ///
    /// - A log, event, error or span carries ``ProducerContext/itemIdentifier(of:)`` as its attribute `bench.id`. Its
    ///   `number` is dense over all logs and spans of the thread; the spans of a nested operation take the numbers from
    ///   it on, outermost first.
    /// - Where ``ProducerContext/hasChecksum(_:)`` says so, it may carry ``ProducerContext/checkedIdentifier(of:)`` instead,
    ///   and ``ProducerContext/checksum(of:_:)`` as `bench.sum`: then the sink notices what is altered on the way.
    /// - A `counter` adds 1 to the metric `bench.counter`, a monotonic sum; a `histogram` records a value of its choice
    ///   to `bench.histogram`; a `gauge` sets `bench.gauge` to `number + 1`. Their `number` counts the operations of
    ///   the workload on this thread. With attributes, the first is `bench.producer`, the producer's number.
    ///
    /// - Parameter number: counted from 0 over the whole run, as above.
    /// - Returns: how many of the operation's items the system accepted, 0 … ``Workload/itemsPerOperation``.
    func perform(_ number: UInt64) -> Int
}
