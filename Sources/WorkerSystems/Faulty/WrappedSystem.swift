import LoadEngine

/// A system that passes everything on to another, but for the parts that a defect replaces.
final class WrappedSystem: TelemetrySystem {
    /// The parts that can be replaced; each does what the system below does unless a defect changes it.
    struct Parts: Sendable {
        /// Makes the part of one producer.
        var makeProducer: @Sendable (ProducerContext) throws -> any TelemetryProducer
        /// Flushes.
        var flush: @Sendable (UInt64) -> FlushOutcome
        /// Shuts down.
        var shutdown: @Sendable (UInt64) -> FlushOutcome
        /// Gives an account.
        var counters: @Sendable () -> SystemCounters
    }

    let description: SystemDescription
    private let parts: Parts

    /// Wraps a system.
    ///
    /// - Parameters:
    ///   - base: the system below.
    ///   - change: replaces parts.
    init(_ base: any TelemetrySystem, _ change: (inout Parts) -> Void) {
        description = base.description
        var parts = Parts(
            makeProducer: { try base.makeProducer($0) },
            flush: { base.flush(timeoutNanoseconds: $0) },
            shutdown: { base.shutdown(timeoutNanoseconds: $0) },
            counters: { base.counters() }
        )
        change(&parts)
        self.parts = parts
    }

    func makeProducer(_ context: ProducerContext) throws -> any TelemetryProducer {
        try parts.makeProducer(context)
    }

    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome {
        parts.flush(timeoutNanoseconds)
    }

    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome {
        parts.shutdown(timeoutNanoseconds)
    }

    func counters() -> SystemCounters {
        parts.counters()
    }
}
