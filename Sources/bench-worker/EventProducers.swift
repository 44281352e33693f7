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

    func perform(_ sequence: UInt64) -> Bool {
        telemetry.trackEvent("bench.event", ["bench.id": .integer(context.itemIdentifier(of: sequence))])
    }
}

/// Tracks events with `bench.id` and string attributes of a given length behind it.
///
/// The strings are made beforehand, as the values of a program mostly are; the list of attributes is built anew for
/// each event.
final class EventProducer: TelemetryProducer {
    private let telemetry: Telemetry
    private let context: ProducerContext
    private let keys: [String]
    private let values: [AttributeValue]

    init(_ telemetry: Telemetry, _ context: ProducerContext) {
        self.telemetry = telemetry
        self.context = context
        let count = max(0, context.workload.attributes - 1)
        // 20 characters a key, as in OpenTelemetry's benchmark specification.
        keys = (0..<count).map { index in
            let digits = String(index)
            return "bench.attribute." + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        values = (0..<count).map { index in
            .string(Self.text(length: context.workload.valueLength, seed: UInt64(index)))
        }
    }

    func perform(_ sequence: UInt64) -> Bool {
        var attributes = Attributes(capacity: keys.count + 1)
        attributes.append("bench.id", .integer(context.itemIdentifier(of: sequence)))
        for index in keys.indices {
            attributes.append(keys[index], values[index])
        }
        return telemetry.trackEvent("bench.event", attributes)
    }

    /// A reproducible text of lower-case letters.
    private static func text(length: Int, seed: UInt64) -> String {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        return String(
            (0..<length).map { _ -> Character in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Character(UnicodeScalar(UInt8(ascii: "a") + UInt8((state >> 33) % 26)))
            }
        )
    }
}
