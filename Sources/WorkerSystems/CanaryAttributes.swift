import LoadEngine
import Telemetry

/// Planted secrets as our SDK takes them.
struct CanaryAttributes {
    private let attributes: [(key: String, value: AttributeValue)]
    private let texts: [String]
    private let every: UInt64

    init(_ context: ProducerContext) {
        let canary = Canary(seed: context.seed)
        attributes = canary.attributes.map { ($0.key, .string($0.value)) }
        texts = canary.texts
        every = UInt64(max(1, context.workload.canaryEvery))
    }

    /// All of them, one after the other.
    func add(to attributes: inout Attributes) {
        for (key, value) in self.attributes { attributes.append(key, value) }
    }

    /// One of them, in turn by the number of the item.
    func one(_ number: UInt64) -> (key: String, value: AttributeValue) {
        attributes[Int(number / every % UInt64(attributes.count))]
    }

    /// A text with a secret, by the number of the item.
    func text(_ number: UInt64) -> String { texts[Int(number / every % UInt64(texts.count))] }
}
