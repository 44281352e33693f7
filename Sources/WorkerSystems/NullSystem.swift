import LoadEngine

/// A system that accepts everything and does nothing: what remains is the cost of the harness.
///
/// It stands in for any system, so it takes the options of all and heeds none. It has no queue and nothing to deliver:
/// it calls itself disabled, and gates on delivery do not apply to it.
final class NullSystem: TelemetrySystem {
    static let factory = SystemFactory(
        name: "null",
        explanation: "Accepts everything and does nothing: what remains is the cost of the harness."
    ) { _ in NullSystem() }

    let description = SystemDescription(sdkName: "null", sdkVersion: "1", language: "swift", enabled: false)

    func makeProducer(_ context: ProducerContext) -> any TelemetryProducer {
        NullProducer(itemsPerOperation: context.workload.itemsPerOperation)
    }

    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome {
        .success
    }

    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome {
        .success
    }

    func counters() -> SystemCounters {
        SystemCounters()
    }
}

/// The producer of the null system.
private final class NullProducer: TelemetryProducer {
    private let itemsPerOperation: Int

    init(itemsPerOperation: Int) {
        self.itemsPerOperation = itemsPerOperation
    }

    @inline(never)
    func perform(_ number: UInt64) -> Int {
        itemsPerOperation
    }
}
