/// Instruments by the exact bytes of their names: a hash table with open addressing that only ever grows.
///
/// Pure state, guarded by the lock of its `InstrumentRegistry`, which keeps the instruments alive.
struct NameTable {
    private var slots: UnsafeMutablePointer<Unmanaged<Instrument>?>
    private var mask = 7
    private var count = 0

    /// An empty table.
    init() {
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: nil, count: mask + 1)
    }

    /// Frees all memory.
    ///
    /// The table must not be used afterwards.
    func deallocate() {
        slots.deallocate()
    }

    /// The instrument of a name, if there is one.
    @inline(__always)
    func find(_ name: String, seed: UInt64) -> Instrument? {
        var slot = Int(truncatingIfNeeded: AttributeHash.hash(name, seed: seed)) & mask
        while let instrument = slots[slot] {
            let isFound = instrument._withUnsafeGuaranteedRef { AttributeHash.areEqual($0.descriptor.name, name) }
            if isFound { return instrument.takeUnretainedValue() }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds an instrument whose name is not in the table.
    mutating func insert(_ instrument: Instrument, seed: UInt64) {
        count += 1
        if 2 * count > mask + 1 {
            let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
            mask = 2 * mask + 1
            slots = .allocate(capacity: mask + 1)
            slots.initialize(repeating: nil, count: mask + 1)
            for case let instrument? in old { enter(instrument, seed: seed) }
            old.deallocate()
        }
        enter(.passUnretained(instrument), seed: seed)
    }

    private func enter(_ instrument: Unmanaged<Instrument>, seed: UInt64) {
        let name = instrument.takeUnretainedValue().descriptor.name
        var slot = Int(truncatingIfNeeded: AttributeHash.hash(name, seed: seed)) & mask
        while slots[slot] != nil { slot = (slot + 1) & mask }
        slots[slot] = instrument
    }
}
