/// The series of one instrument: a hash table from sets of attributes to words, with open addressing.
///
/// Pure state, guarded by the lock of its `Instrument`. Series are numbered in the order in which they came; their words
/// lie one after the other, so that a collection copies them at once. The memory grows by doubling up to the limit.
struct SeriesTable {
    /// What a collection is to know of a series.
    struct Series {
        var attributes: Attributes
        /// When its first measurement was made, nanoseconds since 1970.
        var start: UInt64
    }

    /// What a series is found by: a copy of its attributes that is read without counting references.
    private struct Key {
        var hash: UInt64
        var attributes: UnsafeMutableBufferPointer<AttributeHash.Element>

        init(_ elements: [AttributeHash.Element], hash: UInt64) {
            self.hash = hash
            attributes = .allocate(capacity: elements.count)
            _ = attributes.initialize(from: elements)
        }

        func deallocate() {
            attributes.deinitialize()
            attributes.deallocate()
        }
    }

    /// The attributes of the series that takes what exceeds the limit.
    ///
    /// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#overflow-attribute
    static let overflowAttributes: Attributes = ["otel.metric.overflow": true]

    /// Words a series has.
    let stride: Int
    /// Series that may exist, the overflow series apart.
    let limit: Int
    /// Series that exist.
    private(set) var count = 0
    /// The overflow series, or -1.
    private(set) var overflowIndex = -1

    private let seed: UInt64
    private let emptyWords: [UInt64]
    private var capacity: Int
    private var series: UnsafeMutablePointer<Series>
    private var keys: UnsafeMutablePointer<Key>
    private var words: UnsafeMutablePointer<UInt64>
    /// Numbers of series plus one, 0 where there is none; twice as many as series have room, a power of two.
    private var slots: UnsafeMutablePointer<UInt32>
    private var slotMask: Int
    /// The series without attributes, or -1.
    private var plainIndex = -1
    /// The series that was found last, or -1.
    private var lastIndex = -1
    private var isClosed = false

    /// An empty table.
    ///
    /// - Parameters:
    ///   - emptyWords: The words of a series without measurements, at least one.
    ///   - limit: How many series may exist, at least one.
    ///   - seed: What hashes begin with.
    init(emptyWords: [UInt64], limit: Int, seed: UInt64) {
        self.emptyWords = emptyWords
        self.limit = limit
        self.seed = seed
        stride = emptyWords.count
        capacity = 4
        slotMask = 2 * capacity - 1
        series = .allocate(capacity: capacity)
        keys = .allocate(capacity: capacity)
        words = .allocate(capacity: capacity * stride)
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: 0, count: slotMask + 1)
    }

    /// Frees all memory.
    ///
    /// The table must not be used afterwards.
    func deallocate() {
        for index in 0..<count { keys[index].deallocate() }
        keys.deallocate()
        series.deinitialize(count: count)
        series.deallocate()
        words.deallocate()
        slots.deallocate()
    }

    // MARK: - Finding

    /// The words of the series that has these attributes, if it exists.
    ///
    /// Hot path: the series without attributes, and the one found last, are recognised without a hash.
    @inline(__always)
    mutating func find(_ attributes: AttributeSlice) -> UnsafeMutablePointer<UInt64>? {
        let attributes = attributes.elements
        if attributes.isEmpty { return plainIndex >= 0 ? words + plainIndex * stride : nil }
        if lastIndex >= 0, isSeries(lastIndex, attributes) { return words + lastIndex * stride }
        return findByHash(attributes)
    }

    @inline(never)
    private mutating func findByHash(
        _ attributes: UnsafeBufferPointer<AttributeHash.Element>
    ) -> UnsafeMutablePointer<UInt64>? {
        guard !isClosed, let index = index(of: attributes, hash: AttributeHash.hash(attributes, seed: seed)) else {
            return nil
        }
        lastIndex = index
        return words + index * stride
    }

    /// Adds a series, or finds the overflow series if there is no room for it.
    ///
    /// - Parameters:
    ///   - attributes: Unique keys; no series has them.
    ///   - start: When its first measurement is made.
    /// - Returns: Its words; nil once the table is closed.
    mutating func insert(_ attributes: Attributes, start: UInt64) -> UnsafeMutablePointer<UInt64>? {
        guard !isClosed else { return nil }
        if count - (overflowIndex >= 0 ? 1 : 0) < limit {
            lastIndex = append(attributes, start: start)
            if attributes.elements.isEmpty { plainIndex = lastIndex }
            return words + lastIndex * stride
        }
        if overflowIndex < 0 {
            overflowIndex = existingOverflowIndex ?? append(Self.overflowAttributes, start: start)
        }
        // Not remembered as the last one: it has other attributes.
        return words + overflowIndex * stride
    }

    /// Finds no series from now on and takes none.
    mutating func close() {
        isClosed = true
        plainIndex = -1
        lastIndex = -1
    }

    @inline(__always)
    private func isSeries(_ index: Int, _ attributes: UnsafeBufferPointer<AttributeHash.Element>) -> Bool {
        AttributeHash.areEqual(UnsafeBufferPointer(keys[index].attributes), attributes)
    }

    @inline(__always)
    private func index(of attributes: UnsafeBufferPointer<AttributeHash.Element>, hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if keys[index].hash == hash, isSeries(index, attributes) { return index }
            slot = (slot + 1) & slotMask
        }
        return nil
    }

    private var existingOverflowIndex: Int? {
        Self.overflowAttributes.elements.withUnsafeBufferPointer {
            index(of: $0, hash: AttributeHash.hash($0, seed: seed))
        }
    }

    private mutating func append(_ attributes: Attributes, start: UInt64) -> Int {
        if count == capacity { grow() }
        let hash = attributes.elements.withUnsafeBufferPointer { AttributeHash.hash($0, seed: seed) }
        (series + count).initialize(to: Series(attributes: attributes, start: start))
        (keys + count).initialize(to: Key(attributes.elements, hash: hash))
        clearWords(of: count)
        enter(count, hash: hash)
        count += 1
        return count - 1
    }

    private func enter(_ index: Int, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 { slot = (slot + 1) & slotMask }
        slots[slot] = UInt32(index + 1)
    }

    private mutating func grow() {
        let newCapacity = min(2 * capacity, limit + 1)
        let newSeries = UnsafeMutablePointer<Series>.allocate(capacity: newCapacity)
        newSeries.moveInitialize(from: series, count: count)
        series.deallocate()
        series = newSeries
        let newKeys = UnsafeMutablePointer<Key>.allocate(capacity: newCapacity)
        newKeys.moveInitialize(from: keys, count: count)
        keys.deallocate()
        keys = newKeys
        let newWords = UnsafeMutablePointer<UInt64>.allocate(capacity: newCapacity * stride)
        newWords.initialize(from: words, count: count * stride)
        words.deallocate()
        words = newWords
        capacity = newCapacity
        while slotMask + 1 < 2 * capacity { slotMask = 2 * slotMask + 1 }
        slots.deallocate()
        slots = .allocate(capacity: slotMask + 1)
        enterAll()
    }

    private func enterAll() {
        slots.initialize(repeating: 0, count: slotMask + 1)
        for index in 0..<count { enter(index, hash: keys[index].hash) }
    }

    private func clearWords(of index: Int) {
        for word in 0..<stride { words[index * stride + word] = emptyWords[word] }
    }

    // MARK: - Collecting

    /// A copy of all series.
    var allSeries: [Series] {
        Array(UnsafeBufferPointer(start: series, count: count))
    }

    /// A copy of the words of all series.
    var allWords: [UInt64] {
        Array(UnsafeBufferPointer(start: words, count: count * stride))
    }

    /// One word of a series.
    func word(_ word: Int, of index: Int) -> UInt64 {
        words[index * stride + word]
    }

    /// Forgets all series and keeps their memory.
    ///
    /// What is measured next finds room again: the limit is one of series in an interval, not of series ever seen.
    mutating func removeAll() {
        series.deinitialize(count: count)
        for index in 0..<count { keys[index].deallocate() }
        slots.update(repeating: 0, count: slotMask + 1)
        count = 0
        plainIndex = -1
        lastIndex = -1
        overflowIndex = -1
    }
}
