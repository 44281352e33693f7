/// The keys of one list of attributes: says which of them has been there before.
///
/// An open hash table over the bytes where they lie, which is empty again by counting up a number. Exact; beyond
/// ``directCapacity`` keys, which only a hostile sender uses, a `Set` takes over, so that no list takes quadratic time.
internal struct KeySet: ~Copyable {
    private struct Slot {
        var start: UnsafeRawPointer
        var count: UInt32
        /// The list that the key is of.
        var generation: UInt32
    }

    /// How many keys the table takes: half of its slots.
    private static let directCapacity = 128
    private static let slotCount = 256

    private let slots: UnsafeMutablePointer<Slot>
    private var generation: UInt32 = 0
    private var count = 0
    private var overflow: Set<[UInt8]> = []

    /// An empty set.
    internal init() {
        slots = .allocate(capacity: Self.slotCount)
        // Generation 0 is of no list.
        let empty = Slot(start: UnsafeRawPointer(slots), count: 0, generation: 0)
        slots.initialize(repeating: empty, count: Self.slotCount)
    }

    deinit {
        slots.deallocate()
    }

    /// Begins a list: no key has been there yet.
    @inline(__always)
    internal mutating func begin() {
        if count > Self.directCapacity || generation == .max { clear() }
        count = 0
        generation += 1
    }

    @inline(never)
    private mutating func clear() {
        overflow = []
        for index in 0..<Self.slotCount { slots[index].generation = 0 }
        generation = 0
    }

    /// Enters a key; whether it is new.
    ///
    /// The bytes must stay where they are until the next list begins.
    ///
    /// Hot path: once per attribute that is judged.
    @inline(__always)
    internal mutating func insert(_ key: UnsafeRawBufferPointer) -> Bool {
        guard let start = key.baseAddress else { return true }
        var index = Self.hash(start, key.count)
        while slots[index].generation == generation {
            if slots[index].count == key.count, Self.isEqual(slots[index].start, start, key.count) { return false }
            index = (index + 1) & (Self.slotCount - 1)
        }
        guard count < Self.directCapacity else { return insertOverflow(key) }
        count += 1
        slots[index] = Slot(start: start, count: UInt32(truncatingIfNeeded: key.count), generation: generation)
        return true
    }

    @inline(never)
    private mutating func insertOverflow(_ key: UnsafeRawBufferPointer) -> Bool {
        count = Self.directCapacity + 1
        return overflow.insert(Array(key)).inserted
    }

    /// Index of the slot at which to look first, from both ends of the key and its length.
    @inline(__always)
    private static func hash(_ start: UnsafeRawPointer, _ count: Int) -> Int {
        let bits: UInt64
        if count >= 8 {
            let last = (start + count - 8).loadUnaligned(as: UInt64.self)
            bits = start.loadUnaligned(as: UInt64.self) ^ (last << 32 | last >> 32)
        } else if count >= 4 {
            let last = (start + count - 4).loadUnaligned(as: UInt32.self)
            bits = UInt64(start.loadUnaligned(as: UInt32.self)) | UInt64(last) << 32
        } else if count > 0 {
            let (first, middle) = (start.load(as: UInt8.self), (start + count / 2).load(as: UInt8.self))
            bits = UInt64(first) | UInt64(middle) << 8 | UInt64((start + count - 1).load(as: UInt8.self)) << 16
        } else {
            bits = 0
        }
        // Wrapping: a hash. The top eight bits are the best mixed.
        return Int(truncatingIfNeeded: ((bits &+ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }

    @inline(__always)
    private static func isEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        var index = 0
        while count - index >= 8 {
            let word = (left + index).loadUnaligned(as: UInt64.self)
            if word != (right + index).loadUnaligned(as: UInt64.self) { return false }
            index += 8
        }
        while index < count {
            if (left + index).load(as: UInt8.self) != (right + index).load(as: UInt8.self) { return false }
            index += 1
        }
        return true
    }
}
