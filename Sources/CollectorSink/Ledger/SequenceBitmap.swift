/// Which sequence numbers of one producer have arrived: one bit each.
///
///     directory  ┌─┬─┬─┬─┬┄       one pointer for each block, grown by doubling
///                │•│ │•│•│        nil: nothing of that block has arrived
///                └┼┴─┴┼┴┼┴┄
///     blocks      ▼   ▼ ▼         1,024 words of 64 bits = 65,536 numbers = 8 KiB
///
/// Memory comes from a shared budget; numbers for which none is left are refused and counted by the caller.
internal struct SequenceBitmap: ~Copyable {
    /// Sequence numbers in a block.
    internal static let numbersPerBlock: Int64 = 65_536

    private static let wordsPerBlock = Int(numbersPerBlock / 64)
    private static let bytesPerBlock = wordsPerBlock * 8

    /// Different numbers that have arrived.
    internal private(set) var distinct: UInt64 = 0
    /// Arrivals of numbers that had arrived before.
    internal private(set) var duplicated: UInt64 = 0
    /// Greatest number that has arrived, or nil.
    internal private(set) var highest: Int64?

    private var directory: UnsafeMutableBufferPointer<UnsafeMutablePointer<UInt64>?>
    private let budget: MemoryBudget

    /// An empty bitmap; takes no memory until the first number arrives.
    internal init(budget: MemoryBudget) {
        self.budget = budget
        directory = UnsafeMutableBufferPointer(start: nil, count: 0)
    }

    deinit {
        var bytes = directory.count * MemoryLayout<UnsafeMutablePointer<UInt64>?>.stride
        for case .some(let block) in directory {
            block.deallocate()
            bytes += Self.bytesPerBlock
        }
        directory.deallocate()
        budget.giveBack(bytes)
    }

    /// What became of a range of numbers.
    internal struct Insertion {
        /// How many were new.
        internal var distinct: UInt64 = 0
        /// How many had arrived before.
        internal var duplicated: UInt64 = 0
        /// How many could not be noted, because no memory was left.
        internal var refused: UInt64 = 0
        /// How many of the new ones are below one that had arrived before.
        internal var reordered: UInt64 = 0
    }

    /// Notes the arrival of the numbers `start ..< start + count`.
    ///
    /// Hot path: a word of 64 numbers at a time, 1 to 3 ns a word.
    ///
    /// - Parameters:
    ///   - start: First number, not negative; the end must be in the range of Int64.
    ///   - count: How many, at least 1.
    /// - Returns: How many of them were new, known and refused.
    internal mutating func insert(from start: Int64, count: Int64) -> Insertion {
        var result = Insertion()
        var next = start
        let end = start + count
        let before = highest ?? -1
        while next < end {
            let blockIndex = Int(next / Self.numbersPerBlock)
            let blockEnd = min(end, (Int64(blockIndex) + 1) * Self.numbersPerBlock)
            if let block = block(at: blockIndex) {
                let inBlock = Int(next % Self.numbersPerBlock)
                let repeated = Self.set(from: inBlock, count: Int(blockEnd - next), in: block)
                result.duplicated += repeated
                result.distinct += UInt64(blockEnd - next) - repeated
                highest = max(highest ?? 0, blockEnd - 1)
            } else {
                result.refused += UInt64(blockEnd - next)
            }
            next = blockEnd
        }
        if start < before {
            // Those above are new for certain; what was refused can only be among them if all were.
            let above = UInt64(max(0, end - 1 - before))
            result.reordered = result.distinct - min(result.distinct, above)
        }
        distinct += result.distinct
        duplicated += result.duplicated
        return result
    }

    /// How many of the numbers `start ..< start + count` are in the set.
    internal borrowing func overlap(from start: Int64, count: Int64) -> UInt64 {
        var found: UInt64 = 0
        forEachWord(from: start, count: count) { word, mask in found += UInt64((word.pointee & mask).nonzeroBitCount) }
        return found
    }

    /// Takes the numbers `start ..< start + count` out of the set; ``highest`` stays what it was.
    internal mutating func remove(from start: Int64, count: Int64) {
        var removed: UInt64 = 0
        forEachWord(from: start, count: count) { word, mask in
            removed += UInt64((word.pointee & mask).nonzeroBitCount)
            word.pointee &= ~mask
        }
        distinct -= removed
    }

    /// Visits the words that exist for a range of numbers, each with the bits that belong to it.
    private borrowing func forEachWord(
        from start: Int64,
        count: Int64,
        _ visit: (UnsafeMutablePointer<UInt64>, UInt64) -> Void
    ) {
        var next = start
        let end = start + count
        while next < end {
            let bit = Int(next & 63)
            let width = min(64 - bit, Int(end - next))
            let blockIndex = Int(next / Self.numbersPerBlock)
            if blockIndex < directory.count, let block = directory[blockIndex] {
                let word = Int(next % Self.numbersPerBlock) >> 6
                visit(block + word, (UInt64.max >> UInt64(64 - width)) << UInt64(bit))
            }
            next += Int64(width)
        }
    }

    /// Sets bits of a block and returns how many had been set.
    private static func set(from start: Int, count: Int, in block: UnsafeMutablePointer<UInt64>) -> UInt64 {
        var repeated = 0
        var bit = start
        let end = start + count
        while bit < end {
            let offset = bit & 63
            let width = min(64 - offset, end - bit)
            let mask = (UInt64.max >> UInt64(64 - width)) << UInt64(offset)
            let word = block[bit >> 6]
            repeated += (word & mask).nonzeroBitCount
            block[bit >> 6] = word | mask
            bit += width
        }
        return UInt64(repeated)
    }

    /// The block at this index, made when it is missing; nil when the budget has no memory for it.
    private mutating func block(at index: Int) -> UnsafeMutablePointer<UInt64>? {
        if index < directory.count, let block = directory[index] { return block }
        return makeBlock(at: index)
    }

    @inline(never)
    private mutating func makeBlock(at index: Int) -> UnsafeMutablePointer<UInt64>? {
        if index >= directory.count, !growDirectory(toHold: index) { return nil }
        guard budget.take(Self.bytesPerBlock) else { return nil }
        let block = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.wordsPerBlock)
        block.initialize(repeating: 0, count: Self.wordsPerBlock)
        directory[index] = block
        return block
    }

    /// Makes the directory long enough for `index`; returns false when the budget has no memory for that.
    private mutating func growDirectory(toHold index: Int) -> Bool {
        let oldCount = directory.count
        let newCount = max(16, oldCount * 2, index + 1)
        let stride = MemoryLayout<UnsafeMutablePointer<UInt64>?>.stride
        guard budget.take((newCount - oldCount) * stride) else { return false }
        let grown = UnsafeMutableBufferPointer<UnsafeMutablePointer<UInt64>?>.allocate(capacity: newCount)
        grown.initialize(repeating: nil)
        for entry in 0..<oldCount { grown[entry] = directory[entry] }
        directory.deallocate()
        directory = grown
        return true
    }
}
