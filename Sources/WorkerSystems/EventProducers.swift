import LoadEngine
import Telemetry

/// Tracks events with `bench.id` as their only attribute, written as a program would write it.
final class SmallEventProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let context: ProducerContext

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        self.context = context
    }

    func perform(_ number: UInt64) -> Int {
        telemetry.trackEvent("bench.event", ["bench.id": .integer(context.itemIdentifier(of: number))]) ? 1 : 0
    }
}

/// Tracks events with `bench.id` and string attributes behind it.
final class EventProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let attributes: AttributeSource

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        attributes = AttributeSource(context)
    }

    func perform(_ number: UInt64) -> Int {
        telemetry.trackEvent("bench.event", attributes.make(number)) ? 1 : 0
    }
}
