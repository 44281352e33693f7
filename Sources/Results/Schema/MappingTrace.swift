/// What the address space of a worker held in memory at its first and at its last quiet checkpoint.
package struct MappingTrace: Codable, Equatable, Sendable {
    /// The phase at whose end the first reading was.
    package var firstPhase: String
    /// Then, by kind of mapping.
    package var first: [MappingUsage]
    /// The phase at whose end the last reading was.
    package var lastPhase: String
    /// Then, by kind of mapping.
    package var last: [MappingUsage]

    /// Makes the value.
    package init(firstPhase: String, first: [MappingUsage], lastPhase: String, last: [MappingUsage]) {
        self.firstPhase = firstPhase
        self.first = first
        self.lastPhase = lastPhase
        self.last = last
    }

    private enum CodingKeys: String, CodingKey {
        case firstPhase = "first_phase"
        case first
        case lastPhase = "last_phase"
        case last
    }
}

/// All mappings of one kind: those of a file, the stacks of threads, the arenas of the allocator.
package struct MappingUsage: Codable, Equatable, Sendable {
    /// The file, what the kernel calls it (`[heap]`), or what it is (`thread stacks`).
    package var name: String
    /// How many mappings there are.
    package var count: UInt64
    /// Bytes resident.
    package var rssBytes: UInt64
    /// Of them, bytes that belong to no file.
    package var anonymousBytes: UInt64

    /// Makes the value.
    package init(name: String, count: UInt64, rssBytes: UInt64, anonymousBytes: UInt64) {
        self.name = name
        self.count = count
        self.rssBytes = rssBytes
        self.anonymousBytes = anonymousBytes
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case count
        case rssBytes = "rss_bytes"
        case anonymousBytes = "anonymous_bytes"
    }
}
