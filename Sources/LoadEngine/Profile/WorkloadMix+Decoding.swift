import HarnessCore

/// The word for several operations in a profile's list of kinds.
private enum OperationName: String, CaseIterable {
    case event
    case log
    case error
    case counter
    case gauge
    case histogram
    case span
    case mixed

    /// The kind of operation, or nil for a mix.
    var operation: Workload.Operation? { Workload.Operation(rawValue: rawValue) }
}

extension WorkloadMix {
    /// The most attributes an item may have.
    private static let maximumAttributes = 4_096
    /// The most spans in one another.
    private static let maximumDepth = 128
    /// The rarest checksum or canary.
    private static let maximumEvery = 1_000_000
    /// The longest value, in characters.
    private static let maximumValueLength = 65_536
    /// The most text of one item, in characters.
    private static let maximumItemLength = 4 << 20

    /// Reads a profile's `workload`.
    ///
    /// In a mix, `attributes` and `value_length` beside the list hold for each of its operations that does not say
    /// something else.
    init(_ reader: JSONReader?) throws(StrictJSONError) {
        guard let reader else {
            self.init(Workload())
            return
        }
        let name = try reader.optionalChoice("operation", of: OperationName.self)
        guard name == .mixed else {
            guard !reader.has("operations") else {
                throw reader.error("operations", "belongs to a mix", hint: "set \"operation\": \"mixed\"")
            }
            self.init(try Self.workload(reader, name?.operation ?? .event, defaults: Workload()))
            try reader.finish()
            return
        }
        var defaults = Workload()
        defaults.attributes = try Self.attributes(reader, atLeast: 1) ?? defaults.attributes
        defaults.valueLength = try Self.valueLength(reader) ?? defaults.valueLength
        defaults.checksumEvery = try Self.checksumEvery(reader) ?? defaults.checksumEvery
        defaults.canaryEvery = try Self.canaryEvery(reader) ?? 0
        var components: [Component] = []
        for object in try reader.objects("operations") {
            guard let operation = try object.choice("operation", of: OperationName.self).operation else {
                throw object.error("operation", "is a mix within a mix", hint: "list its operations here instead")
            }
            let weight = try object.optionalInteger("weight", in: 1...Self.maximumWeight) ?? 1
            let workload = try Self.workload(object, operation, defaults: defaults)
            try object.finish()
            // A gauge is what was set last, and of two nobody could tell which it was.
            guard operation != .gauge || !components.contains(where: { $0.workload.operation == .gauge }) else {
                throw object.error("operation", "is the second gauge of the mix", hint: "remove one of them")
            }
            components.append(Component(weight: weight, workload: workload))
        }
        guard (1...Self.maximumComponents).contains(components.count) else {
            throw reader.error(
                "operations",
                "has \(components.count) operations",
                hint: "a mix has 1 to \(Self.maximumComponents)"
            )
        }
        try reader.finish()
        self.init(components: components)
    }

    private static func workload(
        _ reader: JSONReader,
        _ operation: Workload.Operation,
        defaults: Workload
    ) throws(StrictJSONError) -> Workload {
        var workload = defaults
        workload.operation = operation
        let fewest = operation.signal == .metrics ? 0 : 1
        workload.attributes = try attributes(reader, atLeast: fewest) ?? defaults.attributes
        workload.valueLength = try valueLength(reader) ?? defaults.valueLength
        guard workload.attributes * workload.valueLength.maximum <= maximumItemLength else {
            throw reader.error(
                reader.has("value_length") ? "value_length" : "attributes",
                "makes items of more than \(maximumItemLength) characters",
                hint: "lower \"attributes\" or \"value_length\""
            )
        }
        if operation.signal == .metrics, reader.has("checksum_every") {
            throw reader.error(
                "checksum_every",
                "does not apply to the operation \"\(operation.rawValue)\"",
                hint: "remove it: metrics are proved by what they add up to"
            )
        }
        workload.canaryEvery = try canaryEvery(reader) ?? defaults.canaryEvery
        workload.checksumEvery = try checksumEvery(reader) ?? defaults.checksumEvery
        for key in ["depth", "span_events"] where operation != .span && reader.has(key) {
            throw reader.error(
                key,
                "does not apply to the operation \"\(operation.rawValue)\"",
                hint: "remove \"\(key)\", or use \"span\""
            )
        }
        workload.depth = try reader.optionalInteger("depth", in: 1...maximumDepth) ?? 1
        workload.spanEvents = try reader.optionalInteger("span_events", in: 0...maximumDepth) ?? 0
        return workload
    }

    private static func attributes(_ reader: JSONReader, atLeast fewest: Int) throws(StrictJSONError) -> Int? {
        try reader.optionalInteger("attributes", in: fewest...maximumAttributes)
    }

    private static func canaryEvery(_ reader: JSONReader) throws(StrictJSONError) -> Int? {
        try reader.optionalInteger("canaries", in: 0...maximumEvery)
    }

    private static func checksumEvery(_ reader: JSONReader) throws(StrictJSONError) -> Int? {
        try reader.optionalInteger("checksum_every", in: 0...maximumEvery)
    }

    /// A number, or `{"min": …, "max": …}`.
    private static func valueLength(_ reader: JSONReader) throws(StrictJSONError) -> Workload.ValueLength? {
        guard case .object? = reader.optionalValue("value_length") else {
            let length = try reader.optionalInteger("value_length", in: 0...maximumValueLength)
            return length.map { Workload.ValueLength($0) }
        }
        let object = try reader.object("value_length")
        let minimum = try object.integer("min", in: 0...maximumValueLength)
        let maximum = try object.integer("max", in: 0...maximumValueLength)
        guard minimum <= maximum else {
            throw object.error("max", "is below \"min\" (\(minimum))", hint: "swap them")
        }
        try object.finish()
        return Workload.ValueLength(minimum: minimum, maximum: maximum)
    }
}
