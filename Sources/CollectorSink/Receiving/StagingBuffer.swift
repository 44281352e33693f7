/// One item of a request on its way into the ledger.
internal struct StagedItem: Sendable {
    /// The attribute `bench.id`.
    internal var id: Int64
    /// The item's own time stamp in nanoseconds since 1970; 0 = none.
    internal var timeUnixNano: UInt64
}

/// What is counted of a request's items beside the identified ones.
internal struct StagedCounts: Sendable {
    /// Items without an identity.
    internal var foreign: UInt64 = 0
    /// Items, identified or not, that break the specification.
    internal var invalid: UInt64 = 0
    /// Items whose checksums were looked at.
    internal var checksummed: UInt64 = 0
    /// Items whose checksums do not fit what arrived.
    internal var corrupted: UInt64 = 0
    /// The first items with which something is wrong.
    internal var examples: [LedgerExample] = []

    /// What breaks OTLP's rules, items or not.
    internal var violations = WireViolations()

    /// Adds the counts of another part of the request.
    internal mutating func add(_ other: StagedCounts) {
        foreign += other.foreign
        invalid += other.invalid
        checksummed += other.checksummed
        corrupted += other.corrupted
        if !other.examples.isEmpty { examples.keep(other.examples) }
        if !other.violations.isEmpty { violations.add(other.violations) }
    }
}

/// The identified items of the request at hand, in one piece of memory that is used again for the next request.
internal struct StagingBuffer: ~Copyable {
    /// Capacity kept between requests: 1 MiB.
    ///
    /// What a huge request needed beyond it is given back.
    private static let retainedCapacity = 65_536

    /// How many items there are.
    internal private(set) var count = 0
    private var storage: UnsafeMutableBufferPointer<StagedItem>

    /// An empty buffer with room for the usual request.
    internal init() {
        storage = .allocate(capacity: 1024)
    }

    deinit {
        storage.deallocate()
    }

    /// A range of the items, valid until the buffer changes.
    internal borrowing func items(_ range: Range<Int>) -> UnsafeBufferPointer<StagedItem> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "items beyond those staged")
        return UnsafeBufferPointer(rebasing: storage[range])
    }

    /// Adds an item.
    ///
    /// Hot path: a store, and a comparison with the capacity.
    @inline(__always)
    internal mutating func append(_ item: StagedItem) {
        if count == storage.count { grow() }
        (storage.baseAddress.unsafelyUnwrapped + count).initialize(to: item)
        count += 1
    }

    /// Forgets the last items.
    internal mutating func removeLast(_ removed: Int) {
        precondition(removed >= 0 && removed <= count, "items beyond those staged")
        count -= removed
    }

    /// Forgets all items, and gives back what a huge request needed.
    internal mutating func removeAll() {
        count = 0
        if storage.count > Self.retainedCapacity {
            storage.deallocate()
            storage = .allocate(capacity: Self.retainedCapacity)
        }
    }

    @inline(never)
    private mutating func grow() {
        let grown = UnsafeMutableBufferPointer<StagedItem>.allocate(capacity: storage.count * 2)
        _ = grown.moveInitialize(fromContentsOf: storage)
        storage.deallocate()
        storage = grown
    }
}
