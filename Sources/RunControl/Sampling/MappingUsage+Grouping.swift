import LoadEngine
import Platform
import Results

extension MappingUsage {
    /// Most kinds that are kept; what is resident least goes into one kind for the rest.
    static let limit = 32

    /// glibc gives each arena but the first an address range of this size, aligned to it (`HEAP_MAX_SIZE`).
    private static let arenaBytes: UInt64 = 64 << 20

    /// Adds mappings up by kind.
    ///
    ///     0x7f…74000000  rw-p  ─┐ aligned to 64 MiB: an arena
    ///     0x7f…74021000  ---p  ─┘ its reserve, never resident
    ///     0x7f…bddee000  ---p  ─┐ a guard page below
    ///     0x7f…bddef000  rw-p  ─┘ what can be written: the stack of a thread
    ///
    /// Mappings of files and those with a name of the kernel go by that.
    ///
    /// - Parameter mappings: the mappings of one process in the order of their addresses.
    /// - Returns: at most ``limit`` kinds and one for the rest, the greatest resident first.
    static func groups(of mappings: [ProcMapping]) -> [MappingUsage] {
        var groups: [String: MappingUsage] = [:]
        var below: ProcMapping?
        for mapping in mappings {
            let name = Self.name(of: mapping, above: below)
            below = mapping
            // What cannot be touched holds nothing, and belongs to what lies above or below it.
            guard !mapping.isInaccessible else { continue }
            var group = groups[name] ?? MappingUsage(name: name, count: 0, rssBytes: 0, anonymousBytes: 0)
            group.count += 1
            group.rssBytes += mapping.residentBytes
            group.anonymousBytes += mapping.anonymousBytes
            groups[name] = group
        }
        let sorted = groups.values.sorted { ($1.rssBytes, $0.name) < ($0.rssBytes, $1.name) }
        guard sorted.count > limit else { return sorted }
        let rest = sorted[limit...].reduce(MappingUsage(name: "others", count: 0, rssBytes: 0, anonymousBytes: 0)) {
            MappingUsage(
                name: $0.name,
                count: $0.count + $1.count,
                rssBytes: $0.rssBytes + $1.rssBytes,
                anonymousBytes: $0.anonymousBytes + $1.anonymousBytes
            )
        }
        return sorted[..<limit] + [rest]
    }

    private static func name(of mapping: ProcMapping, above below: ProcMapping?) -> String {
        guard mapping.name.isEmpty else { return mapping.name }
        if mapping.isWritable, mapping.start % arenaBytes == 0 { return "malloc arenas" }
        if mapping.isWritable, let below, below.isInaccessible, below.end == mapping.start { return "thread stacks" }
        return "other anonymous"
    }
}

extension MappingTrace {
    /// The first and the last reading of a repetition; nil where there are not two.
    init?(_ accounts: [PhaseAccount]) {
        let readings = accounts.compactMap { account in account.mappings.map { (account.planned.name, $0) } }
        guard readings.count > 1, let first = readings.first, let last = readings.last else { return nil }
        self.init(firstPhase: first.0, first: first.1, lastPhase: last.0, last: last.1)
    }
}
