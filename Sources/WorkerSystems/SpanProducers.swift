import LoadEngine
import Telemetry

/// Starts and ends spans with `bench.id` as their only attribute, written as a program would write it.
final class SmallSpanProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let context: ProducerContext
    private let content = ItemContent(text: "bench.span")

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        self.context = context
    }

    func perform(_ number: UInt64) -> Int {
        guard !context.hasChecksum(number) else { return performChecked(number) }
        let id = context.itemIdentifier(of: number)
        return telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(id)]).end() ? 1 : 0
    }

    @inline(never)
    private func performChecked(_ number: UInt64) -> Int {
        let id = context.checkedIdentifier(of: number)
        let sum = context.checksum(of: number, content)
        let attributes: Attributes = ["bench.id": .integer(id), "bench.sum": .integer(sum)]
        return telemetry.startSpan("bench.span", attributes: attributes).end() ? 1 : 0
    }
}

/// Starts and ends spans with attributes and events, as deep in one another as the workload says.
final class SpanProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let attributes: AttributeSource
    private let depth: UInt64
    private let events: Int

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        attributes = AttributeSource(context, name: "bench.span")
        depth = UInt64(context.workload.depth)
        events = context.workload.spanEvents
    }

    func perform(_ number: UInt64) -> Int {
        perform(number, below: nil, levels: depth)
    }

    /// Not with `withSpan`, which does not tell whether the span was accepted.
    private func perform(_ number: UInt64, below parent: SpanContext?, levels: UInt64) -> Int {
        let span = telemetry.startSpan("bench.span", attributes: attributes.constants(number), parent: parent)
        attributes.identify(span, number)
        for _ in 0..<events { span.addEvent("bench.point") }
        let inner = levels > 1 ? perform(number + 1, below: span.context, levels: levels - 1) : 0
        return inner + (span.end() ? 1 : 0)
    }
}
