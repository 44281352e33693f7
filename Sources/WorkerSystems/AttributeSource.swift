import LoadEngine
import Telemetry

/// Makes the attributes of logs and spans: `bench.id`, and strings behind it.
///
/// The strings are made beforehand, as the values of a program mostly are; the list of attributes is built anew for
/// each item. An item with a checksum has it in the place of its last string.
struct AttributeSource {
    private let context: ProducerContext
    private let payload: Payload
    private let keys: [String]
    private let variants: [[AttributeValue]]
    private let templates: [Attributes]
    /// As ``templates`` without the last string, for items with a checksum.
    private let checkedTemplates: [Attributes]
    /// What items with a checksum hold, by variant.
    private let contents: [ItemContent]
    private let canaries: CanaryAttributes

    /// - Parameters:
    ///   - context: the producer's place in the run.
    ///   - name: the text of all items; without it each has its ``message(_:)``.
    init(_ context: ProducerContext, name: String? = nil) {
        self.context = context
        canaries = CanaryAttributes(context)
        let payload = context.makePayload()
        let keys = payload.keys
        self.payload = payload
        self.keys = keys
        let texts = (0..<payload.variantCount).map { Array(payload.values($0).prefix(keys.count)) }
        variants = texts.map { $0.map { .string($0) } }
        let template = { (texts: ArraySlice<String>) in
            var attributes = Attributes(capacity: keys.count)
            for (key, value) in zip(keys, texts) { attributes.append(key, .string(value)) }
            return attributes
        }
        templates = texts.map { template($0[...]) }
        checkedTemplates = texts.map { template($0.dropLast()) }
        contents = texts.indices.map { variant in
            ItemContent(text: name ?? payload.message(variant), attributes: zip(keys, texts[variant].dropLast()))
        }
    }

    /// The attributes of an item without the harness's own: they are the same for many items, so the list is made
    /// beforehand.
    func constants(_ number: UInt64) -> Attributes {
        let variant = payload.variant(of: number)
        if context.hasCanary(number) {
            var attributes = templates[variant]
            canaries.add(to: &attributes)
            return attributes
        }
        return context.hasChecksum(number) ? checkedTemplates[variant] : templates[variant]
    }

    /// Adds the harness's own attributes to a span that was started with ``constants(_:)``.
    ///
    /// Secrets go all the ways that a span has: its first attributes, later ones, and those of an event.
    func identify(_ span: Span, _ number: UInt64) {
        if context.hasCanary(number) {
            let (key, value) = canaries.one(number)
            span.setAttribute(key, value)
            span.addEvent("bench.canary", [key: value])
        }
        if context.hasChecksum(number) {
            span.setAttribute("bench.id", .integer(context.checkedIdentifier(of: number)))
            span.setAttribute("bench.sum", .integer(checksum(number)))
        } else {
            span.setAttribute("bench.id", .integer(context.itemIdentifier(of: number)))
        }
    }

    /// The attributes of an item.
    ///
    /// - Parameter number: the number of the item.
    /// - Returns: as many as the workload says; one more where it says one and the item has a checksum.
    func make(_ number: UInt64) -> Attributes {
        if context.hasCanary(number) {
            var attributes = constants(number)
            attributes.append("bench.id", .integer(context.itemIdentifier(of: number)))
            return attributes
        }
        guard !context.hasChecksum(number) else { return makeChecked(number) }
        guard !keys.isEmpty else { return ["bench.id": .integer(context.itemIdentifier(of: number))] }
        let values = variants[payload.variant(of: number)]
        var attributes = Attributes(capacity: keys.count + 1)
        attributes.append("bench.id", .integer(context.itemIdentifier(of: number)))
        for index in keys.indices {
            attributes.append(keys[index], values[index])
        }
        return attributes
    }

    @inline(never)
    private func makeChecked(_ number: UInt64) -> Attributes {
        let values = variants[payload.variant(of: number)]
        var attributes = Attributes(capacity: keys.count + 2)
        attributes.append("bench.id", .integer(context.checkedIdentifier(of: number)))
        attributes.append("bench.sum", .integer(checksum(number)))
        for index in keys.indices.dropLast() { attributes.append(keys[index], values[index]) }
        return attributes
    }

    private func checksum(_ number: UInt64) -> Int64 {
        context.checksum(of: number, contents[payload.variant(of: number)])
    }

    /// The text of a log record or an error.
    func message(_ number: UInt64) -> String {
        context.hasCanary(number) ? canaries.text(number) : payload.message(payload.variant(of: number))
    }
}
