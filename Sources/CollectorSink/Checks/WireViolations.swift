/// Violations by kind, each with its first example: bounded by the number of kinds.
internal struct WireViolations: Sendable {
    private var tallies: [WireViolationKind: WireViolation] = [:]
    /// How many there were, of all kinds.
    internal private(set) var total: UInt64 = 0

    /// None.
    internal init() {}

    /// Whether there were none.
    internal var isEmpty: Bool { total == 0 }

    /// Counts a violation; `example` is asked for the first one of its kind.
    internal mutating func add(_ kind: WireViolationKind, count: UInt64 = 1, example: () -> WireViolation) {
        total += count
        if tallies[kind] == nil {
            tallies[kind] = example()
            tallies[kind]?.count = 0
        }
        tallies[kind]?.count += count
    }

    /// Counts those of another part.
    internal mutating func add(_ other: WireViolations) {
        for (kind, tally) in other.tallies { add(kind, count: tally.count) { tally } }
    }

    /// The violations in the order of their kinds.
    internal var report: [WireViolation] {
        WireViolationKind.allCases.compactMap { tallies[$0] }
    }
}
