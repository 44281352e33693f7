extension Schedule: Codable {
    private enum CodingKeys: String, CodingKey {
        case shape
        case events
        case perNanoseconds = "per_ns"
        case operations
        case quantumNanoseconds = "quantum_ns"
        case size
        case everyNanoseconds = "every_ns"
        case durationNanoseconds = "duration_ns"
        case curve
    }

    /// Reads an object whose `shape` says which of the other keys it has.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func positive(_ key: CodingKeys) throws -> UInt64 {
            let value = try container.decode(UInt64.self, forKey: key)
            guard value > 0 else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: container,
                    debugDescription: "must be positive"
                )
            }
            return value
        }
        switch try container.decode(String.self, forKey: .shape) {
        case "constant":
            self = .constant(
                events: try positive(.events),
                perNanoseconds: try positive(.perNanoseconds),
                operations: try container.decode(UInt64.self, forKey: .operations),
                quantumNanoseconds: try container.decode(UInt64.self, forKey: .quantumNanoseconds)
            )
        case "burst":
            self = .burst(
                size: try positive(.size),
                everyNanoseconds: try container.decode(UInt64.self, forKey: .everyNanoseconds),
                operations: try container.decode(UInt64.self, forKey: .operations)
            )
        case "max":
            self = .closed(
                operations: try container.decodeIfPresent(UInt64.self, forKey: .operations),
                durationNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .durationNanoseconds)
            )
        case "idle":
            self = .idle
        case let shape:
            guard let kind = CurveKind(rawValue: shape) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .shape,
                    in: container,
                    debugDescription: "unknown shape \"\(shape)\""
                )
            }
            self = .curve(
                try container.decode(RateCurve.self, forKey: .curve),
                kind: kind,
                operations: try container.decode(UInt64.self, forKey: .operations),
                quantumNanoseconds: try container.decode(UInt64.self, forKey: .quantumNanoseconds)
            )
        }
    }

    /// Writes an object whose `shape` says which of the other keys it has.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(shape, forKey: .shape)
        switch self {
        case .constant(let events, let perNanoseconds, let operations, let quantumNanoseconds):
            try container.encode(events, forKey: .events)
            try container.encode(perNanoseconds, forKey: .perNanoseconds)
            try container.encode(operations, forKey: .operations)
            try container.encode(quantumNanoseconds, forKey: .quantumNanoseconds)
        case .burst(let size, let everyNanoseconds, let operations):
            try container.encode(size, forKey: .size)
            try container.encode(everyNanoseconds, forKey: .everyNanoseconds)
            try container.encode(operations, forKey: .operations)
        case .curve(let curve, _, let operations, let quantumNanoseconds):
            try container.encode(curve, forKey: .curve)
            try container.encode(operations, forKey: .operations)
            try container.encode(quantumNanoseconds, forKey: .quantumNanoseconds)
        case .closed(let operations, let durationNanoseconds):
            try container.encodeIfPresent(operations, forKey: .operations)
            try container.encodeIfPresent(durationNanoseconds, forKey: .durationNanoseconds)
        case .idle:
            break
        }
    }
}
