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
        case scenarios
        case stagger = "stagger_ns"
        case shard
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
        let profile = try container.decode(String.self, forKey: .profile)
        let seed = try container.decode(UInt64.self, forKey: .seed)
        let producers = try container.decode(Int.self, forKey: .producers)
        let phases = try container.decode([PlannedPhase].self, forKey: .phases)
        let scenarios = try container.decodeIfPresent([PlannedScenario].self, forKey: .scenarios)
        let count = scenarios?.reduce(0) { $0 + $1.producers } ?? producers
        guard (1...Self.maximumProducers).contains(count), count == producers, !phases.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .producers,
                in: container,
                debugDescription: "a plan has 1 to \(Self.maximumProducers) producers and at least one phase"
            )
        }
        if let scenarios {
            self.init(profile: profile, seed: seed, scenarios: scenarios, phases: phases)
        } else {
            self.init(
                profile: profile,
                seed: seed,
                producers: producers,
                workload: try container.decode(WorkloadMix.self, forKey: .workload),
                staggerNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .stagger) ?? 0,
                phases: phases
            )
        }
        if let shard = try container.decodeIfPresent(Shard.self, forKey: .shard) {
            guard self.shard(shard.index, of: shard.count) != nil else {
                throw DecodingError.dataCorruptedError(
                    forKey: .shard,
                    in: container,
                    debugDescription: "there is no part \(shard.index) of \(shard.count) of \(producers) producers"
                )
            }
            self.shard = shard
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

    /// Writes the plan, its hash, and which part of it is meant.
    package func encode(to encoder: any Encoder) throws {
        try Content(plan: self).encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(hash, forKey: .hash)
        try container.encodeIfPresent(shard, forKey: .shard)
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
            try container.encode(plan.phases, forKey: .phases)
            let first = plan.scenarios[0]
            guard first.name.isEmpty else {
                try container.encode(plan.scenarios, forKey: .scenarios)
                return
            }
            // As before there were scenarios: such plans keep their hashes.
            try container.encode(first.workload, forKey: .workload)
            if first.staggerNanoseconds > 0 { try container.encode(first.staggerNanoseconds, forKey: .stagger) }
        }
    }
}
