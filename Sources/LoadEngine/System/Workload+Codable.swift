extension Workload: Codable {
    private enum CodingKeys: String, CodingKey {
        case operation
        case attributes
        case valueLength = "value_length"
        case depth
        case spanEvents = "span_events"
        case checksumEvery = "checksum_every"
        case canaryEvery = "canaries"
    }

    /// Reads a workload; what is not said has its default.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            operation: try container.decode(Operation.self, forKey: .operation),
            attributes: try container.decode(Int.self, forKey: .attributes),
            valueLength: try container.decode(ValueLength.self, forKey: .valueLength),
            depth: try container.decodeIfPresent(Int.self, forKey: .depth) ?? 1,
            spanEvents: try container.decodeIfPresent(Int.self, forKey: .spanEvents) ?? 0,
            checksumEvery: try container.decodeIfPresent(Int.self, forKey: .checksumEvery)
                ?? Self.defaultChecksumEvery,
            canaryEvery: try container.decodeIfPresent(Int.self, forKey: .canaryEvery) ?? 0
        )
        guard attributes >= 0, valueLength.minimum >= 0, valueLength.maximum >= valueLength.minimum, depth > 0,
            spanEvents >= 0, checksumEvery >= 0, canaryEvery >= 0
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .operation,
                in: container,
                debugDescription: "a workload has no negative sizes, and a depth of at least 1"
            )
        }
    }

    /// Writes a workload; what was added later is left out where it has its default, so that plans from before keep
    /// their hashes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(operation, forKey: .operation)
        try container.encode(attributes, forKey: .attributes)
        try container.encode(valueLength, forKey: .valueLength)
        if depth != 1 { try container.encode(depth, forKey: .depth) }
        if spanEvents != 0 { try container.encode(spanEvents, forKey: .spanEvents) }
        if checksumEvery != Self.defaultChecksumEvery { try container.encode(checksumEvery, forKey: .checksumEvery) }
        if canaryEvery != 0 { try container.encode(canaryEvery, forKey: .canaryEvery) }
    }
}

extension Workload.ValueLength: Codable {
    private enum CodingKeys: String, CodingKey {
        case min
        case max
    }

    /// Reads a number, or `{"min": …, "max": …}`.
    public init(from decoder: any Decoder) throws {
        if let length = try? decoder.singleValueContainer().decode(Int.self) {
            self.init(length)
        } else {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                minimum: try container.decode(Int.self, forKey: .min),
                maximum: try container.decode(Int.self, forKey: .max)
            )
        }
    }

    /// Writes a number where there is only one length, otherwise `{"min": …, "max": …}`.
    public func encode(to encoder: any Encoder) throws {
        if isFixed {
            var container = encoder.singleValueContainer()
            try container.encode(minimum)
        } else {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(minimum, forKey: .min)
            try container.encode(maximum, forKey: .max)
        }
    }
}
