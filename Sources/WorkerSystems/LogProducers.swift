import LoadEngine
import Telemetry

/// Tracks log records: a text, a severity, `bench.id` and string attributes behind it.
final class LogProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let attributes: AttributeSource

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        attributes = AttributeSource(context)
    }

    func perform(_ number: UInt64) -> Int {
        // As in most logs: much information, and now and then a warning.
        let severity = number % 16 == 15 ? Severity.warn : Severity.info
        return telemetry.trackLog(attributes.message(number), severity: severity, attributes.make(number)) ? 1 : 0
    }
}

/// Tracks errors that say what went wrong in a text of the workload.
final class ErrorProducer: TelemetryProducer {
    private struct BenchError: Error, CustomStringConvertible {
        let description: String
    }

    private let telemetry: Telemetry
    private let attributes: AttributeSource

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        attributes = AttributeSource(context)
    }

    func perform(_ number: UInt64) -> Int {
        let error = BenchError(description: attributes.message(number))
        return telemetry.trackError(error, attributes.make(number)) ? 1 : 0
    }
}
