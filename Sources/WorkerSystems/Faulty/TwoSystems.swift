import LoadEngine
import Platform

extension WrappedSystem {
    /// Two systems that look like one: one call in N for an item goes to the other one.
    ///
    /// Measurements all stay with the first system. Both would export streams of the same identity, which breaks more than
    /// the defect means to: a receiver sees their sums go backwards.
    ///
    /// - Parameters:
    ///   - main: the system that most calls go to.
    ///   - number: N.
    ///   - other: the system for the calls that are drawn.
    convenience init(_ main: any TelemetrySystem, itemsOneIn number: UInt64, to other: any TelemetrySystem) {
        self.init(main, to: other) { context in
            context.workload.operation.signal == .metrics ? nil : DrawnCalls(number, of: context)
        }
    }

    /// Two systems that look like one: the calls that are picked go to the other one.
    ///
    /// - Parameters:
    ///   - main: the system that most calls go to.
    ///   - other: the system for the calls that are picked.
    ///   - picker: what picks a producer's calls; nil where none is to be picked.
    convenience init(
        _ main: any TelemetrySystem,
        to other: any TelemetrySystem,
        picker: @escaping @Sendable (ProducerContext) -> (any CallPicker)?
    ) {
        self.init(main) { parts in
            parts.makeProducer = { context in
                let producer = try main.makeProducer(context)
                guard let picker = picker(context) else { return producer }
                return DivertedProducer(producer, to: try other.makeProducer(context), picker)
            }
            parts.flush = { timeout in
                Self.both(timeout) {
                    main.flush(timeoutNanoseconds: $0)
                } _: {
                    other.flush(timeoutNanoseconds: $0)
                }
            }
            parts.shutdown = { timeout in
                Self.both(timeout) {
                    main.shutdown(timeoutNanoseconds: $0)
                } _: {
                    other.shutdown(timeoutNanoseconds: $0)
                }
            }
            parts.counters = { main.counters() + other.counters() }
        }
    }

    /// Does two things one after the other within one time-out; the first that does not succeed is the outcome.
    private static func both(
        _ timeout: UInt64,
        _ first: (UInt64) -> FlushOutcome,
        _ second: (UInt64) -> FlushOutcome
    ) -> FlushOutcome {
        let deadline = MonotonicClock.deadline(after: timeout)
        let outcome = first(timeout)
        let now = MonotonicClock.now()
        let other = second(deadline > now ? deadline - now : 0)
        return outcome == .success ? other : outcome
    }
}

/// Sends the calls that are picked to another producer.
private final class DivertedProducer: TelemetryProducer {
    private let main: any TelemetryProducer
    private let other: any TelemetryProducer
    private var picker: any CallPicker

    init(_ main: any TelemetryProducer, to other: any TelemetryProducer, _ picker: any CallPicker) {
        self.main = main
        self.other = other
        self.picker = picker
    }

    func perform(_ number: UInt64) -> Int {
        picker.next() ? other.perform(number) : main.perform(number)
    }
}
