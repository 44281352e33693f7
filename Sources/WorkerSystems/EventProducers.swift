import LoadEngine
import Telemetry

/// Tracks events with `bench.id` as their only attribute, written as a program would write it.
final class SmallEventProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let context: ProducerContext
    private let content = ItemContent(text: "bench.event")

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        self.context = context
    }

    func perform(_ number: UInt64) -> Int {
        guard !context.hasChecksum(number) else { return performChecked(number) }
        return telemetry.trackEvent("bench.event", ["bench.id": .integer(context.itemIdentifier(of: number))]) ? 1 : 0
    }

    @inline(never)
    private func performChecked(_ number: UInt64) -> Int {
        let id = context.checkedIdentifier(of: number)
        let sum = context.checksum(of: number, content)
        return telemetry.trackEvent("bench.event", ["bench.id": .integer(id), "bench.sum": .integer(sum)]) ? 1 : 0
    }
}

/// Tracks events with `bench.id` and string attributes behind it.
final class EventProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let attributes: AttributeSource

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        attributes = AttributeSource(context, name: "bench.event")
    }

    func perform(_ number: UInt64) -> Int {
        telemetry.trackEvent("bench.event", attributes.make(number)) ? 1 : 0
    }
}
