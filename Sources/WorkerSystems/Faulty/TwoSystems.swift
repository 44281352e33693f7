import LoadEngine
import Platform

extension WrappedSystem {
    /// Two systems that look like one: every N-th call goes to the other one.
    ///
    /// - Parameters:
    ///   - main: the system that most calls go to.
    ///   - number: N.
    ///   - other: the system for the rest.
    convenience init(_ main: any TelemetrySystem, every number: UInt64, to other: any TelemetrySystem) {
        self.init(main) { parts in
            parts.makeProducer = {
                DivertedProducer(try main.makeProducer($0), every: number, to: try other.makeProducer($0))
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

/// Sends every N-th call to another producer.
private final class DivertedProducer: TelemetryProducer {
    private let main: any TelemetryProducer
    private let other: any TelemetryProducer
    private var picker: OneIn

    init(_ main: any TelemetryProducer, every number: UInt64, to other: any TelemetryProducer) {
        self.main = main
        self.other = other
        picker = OneIn(number)
    }

    func perform(_ number: UInt64) -> Int {
        picker.next() ? other.perform(number) : main.perform(number)
    }
}
