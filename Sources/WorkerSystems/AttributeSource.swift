import LoadEngine
import Telemetry

/// Makes the attributes of logs and spans: `bench.id`, and strings behind it.
///
/// The strings are made beforehand, as the values of a program mostly are; the list of attributes is built anew for
/// each item.
struct AttributeSource {
    private let context: ProducerContext
    private let payload: Payload
    private let keys: [String]
    private let variants: [[AttributeValue]]
    private let templates: [Attributes]

    init(_ context: ProducerContext) {
        self.context = context
        payload = context.makePayload()
        keys = payload.keys
        variants = (0..<payload.variantCount).map { [payload] variant in
            payload.values(variant).prefix(payload.keys.count).map { .string($0) }
        }
        templates = variants.map { [keys] values in
            var attributes = Attributes(capacity: keys.count)
            for (key, value) in zip(keys, values) { attributes.append(key, value) }
            return attributes
        }
    }

    /// The identifier of an item, for `bench.id`.
    func identifier(_ number: UInt64) -> AttributeValue {
        .integer(context.itemIdentifier(of: number))
    }

    /// The attributes of an item without `bench.id`: they are the same for many items, so the list is made beforehand.
    func constants(_ number: UInt64) -> Attributes {
        templates[payload.variant(of: number)]
    }

    /// The attributes of an item.
    ///
    /// - Parameter number: the number of the item.
    /// - Returns: as many as the workload says.
    func make(_ number: UInt64) -> Attributes {
        guard !keys.isEmpty else { return ["bench.id": .integer(context.itemIdentifier(of: number))] }
        let values = variants[payload.variant(of: number)]
        var attributes = Attributes(capacity: keys.count + 1)
        attributes.append("bench.id", .integer(context.itemIdentifier(of: number)))
        for index in keys.indices {
            attributes.append(keys[index], values[index])
        }
        return attributes
    }

    /// The text of a log record or an error.
    func message(_ number: UInt64) -> String {
        payload.message(payload.variant(of: number))
    }
}
