package import FoundationEssentials
import Platform

extension Plan: Codable {
    private enum CodingKeys: String, CodingKey {
        case version
        case profile
        case seed
        case producers
        case workload
        case phases
        case hash
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the plan's canonical JSON: sorted keys, no white space.
    package var hash: String {
        String(SHA256.hexadecimalDigest(of: canonicalJSON).prefix(16))
    }

    /// The plan as JSON with sorted keys and no white space, without its hash.
    package var canonicalJSON: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(Content(plan: self))
        } catch {
            fatalError("a plan consists of integers, Booleans and strings, which always encode: \(error)")
        }
    }

    /// Reads a plan and checks it: its version, and that it has the hash that it says.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let version = try container.decode(Int.self, forKey: .version)
        guard version == Self.formatVersion else {
            throw DecodingError.dataCorruptedError(
                forKey: .version,
                in: container,
                debugDescription: "plan version \(version) is not supported; this program reads \(Self.formatVersion)"
            )
        }
        self.init(
            profile: try container.decode(String.self, forKey: .profile),
            seed: try container.decode(UInt64.self, forKey: .seed),
            producers: try container.decode(Int.self, forKey: .producers),
            workload: try container.decode(WorkloadMix.self, forKey: .workload),
            phases: try container.decode([PlannedPhase].self, forKey: .phases)
        )
        guard (1...Self.maximumProducers).contains(producers), !phases.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .producers,
                in: container,
                debugDescription: "a plan has 1 to \(Self.maximumProducers) producers and at least one phase"
            )
        }
        let stated = try container.decode(String.self, forKey: .hash)
        guard stated == hash else {
            throw DecodingError.dataCorruptedError(
                forKey: .hash,
                in: container,
                debugDescription: "the plan has the hash \(hash), but says \(stated)"
            )
        }
    }

    /// Writes the plan and its hash.
    package func encode(to encoder: any Encoder) throws {
        try Content(plan: self).encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(hash, forKey: .hash)
    }

    /// What the hash is taken of.
    private struct Content: Encodable {
        let plan: Plan

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Plan.formatVersion, forKey: .version)
            try container.encode(plan.profile, forKey: .profile)
            try container.encode(plan.seed, forKey: .seed)
            try container.encode(plan.producers, forKey: .producers)
            try container.encode(plan.workload, forKey: .workload)
            try container.encode(plan.phases, forKey: .phases)
        }
    }
}

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
            throw DecodingError.dataCorruptedError(
                forKey: .shape,
                in: container,
                debugDescription: "unknown shape \"\(shape)\""
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
        case .closed(let operations, let durationNanoseconds):
            try container.encodeIfPresent(operations, forKey: .operations)
            try container.encodeIfPresent(durationNanoseconds, forKey: .durationNanoseconds)
        case .idle:
            break
        }
    }
}
