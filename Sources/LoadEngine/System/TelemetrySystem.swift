/// A telemetry SDK with its configuration, as the load engine drives it.
///
/// An SDK takes part in a benchmark by conforming to this protocol and ``TelemetryProducer`` and by being offered to
/// ``WorkerMain/run(systems:)`` as a ``SystemFactory``. The engine makes all producers before the first operation, and
/// calls ``shutdown(timeoutNanoseconds:)`` once, as the last thing.
public protocol TelemetrySystem: AnyObject, Sendable {
    /// What the system says of itself; read once, after it has been made.
    var description: SystemDescription { get }

    /// Makes the part of one producer thread.
    ///
    /// Called once for each producer before the first operation; whatever an operation can reuse (names, attribute
    /// values, buffers) belongs here.
    ///
    /// - Throws: when the system cannot do the workload asked for.
    func makeProducer(_ context: ProducerContext) throws -> any TelemetryProducer

    /// Sends what was accepted before the call and waits until the receiver has it.
    ///
    /// May be called from several threads, also while operations are performed.
    ///
    /// - Parameter timeoutNanoseconds: how long to wait at most, in nanoseconds.
    /// - Returns: how it ended.
    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome

    /// Flushes and stops the system; operations afterwards are rejected.
    ///
    /// - Parameter timeoutNanoseconds: how long to wait at most, in nanoseconds.
    /// - Returns: how it ended.
    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome

    /// The system's own account of its items; may be called at any time from any thread.
    func counters() -> SystemCounters
}
