/// Tests on all neighbouring bytes of a text, 16 pairs at a time.
///
/// For little-endian processors, as are all that Swift on Linux runs on.
enum BytePairs {
    typealias Block = SIMD16<UInt8>
    typealias Mask = SIMDMask<SIMD16<Int8>>

    static var lowerCase: Block { Block(repeating: 0x20) }
    static var a: Block { Block(repeating: UInt8(ascii: "a")) }
    static var b: Block { Block(repeating: UInt8(ascii: "b")) }
    static var c: Block { Block(repeating: UInt8(ascii: "c")) }
    static var d: Block { Block(repeating: UInt8(ascii: "d")) }
    static var e: Block { Block(repeating: UInt8(ascii: "e")) }
    static var i: Block { Block(repeating: UInt8(ascii: "i")) }
    static var k: Block { Block(repeating: UInt8(ascii: "k")) }
    static var n: Block { Block(repeating: UInt8(ascii: "n")) }
    static var s: Block { Block(repeating: UInt8(ascii: "s")) }
    static var w: Block { Block(repeating: UInt8(ascii: "w")) }

    /// A character in all lanes.
    @inline(__always)
    static func all(_ character: Unicode.Scalar) -> Block {
        Block(repeating: UInt8(ascii: character))
    }

    /// Which bytes are ASCII digits.
    @inline(__always)
    static func isDigit(_ block: Block) -> Mask {
        (block &- all("0")) .< Block(repeating: 10)
    }

    /// Whether a test holds for any two neighbours.
    ///
    /// - Parameters:
    ///   - text: One byte or more.
    ///   - test: Takes 16 bytes and the bytes behind each of them, which are zero behind the end.
    /// - Returns: Whether it held anywhere.
    @inline(__always)
    static func contain(_ text: UnsafeRawBufferPointer, _ test: (Block, Block) -> Mask) -> Bool {
        guard text.count > 16 else {
            let (block, shifted) = shortPair(text)
            return isAny(test(block, shifted))
        }
        // Neighbours overlap by one, so a block advances by 15 and the last begins 17 bytes before the end.
        let last = text.count - 17
        var found = test(load(text, at: last), load(text, at: last + 1))
        var index = 0
        while index < last {
            found .|= test(load(text, at: index), load(text, at: index + 1))
            index += 16
        }
        return isAny(found)
    }

    /// Whether any lane is set.
    @inline(__always)
    static func isAny(_ mask: Mask) -> Bool {
        let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        return halves[0] | halves[1] != 0
    }

    /// A bit for each lane, the first one lowest.
    @inline(__always)
    static func bits(_ mask: Mask) -> UInt64 {
        // One bit for each of eight bytes.
        let weights: UInt64 = 0x8040_2010_0804_0201
        let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        // The product adds up the bytes, which have no bit in common, in its highest one.
        let ones: UInt64 = 0x0101_0101_0101_0101
        return ((halves[0] & weights) &* ones) >> 56 | (((halves[1] & weights) &* ones) >> 56) << 8
    }

    /// Sixteen bytes.
    @inline(__always)
    static func load(_ text: UnsafeRawBufferPointer, at index: Int) -> Block {
        text.baseAddress.unsafelyUnwrapped.loadUnaligned(fromByteOffset: index, as: Block.self)
    }

    /// A text of 1 … 16 bytes, with zeros behind it; nothing beyond it is read.
    @inline(__always)
    static func short(_ text: UnsafeRawBufferPointer) -> Block {
        unsafeBitCast(shortWords(text), to: Block.self)
    }

    /// The same, and the bytes behind each byte.
    ///
    /// Shifted before it is a vector: the way from one to numbers and back takes longer than all else.
    @inline(__always)
    static func shortPair(_ text: UnsafeRawBufferPointer) -> (Block, Block) {
        let words = shortWords(text)
        let shifted = SIMD2(words[0] >> 8 | words[1] << 56, words[1] >> 8)
        return (unsafeBitCast(words, to: Block.self), unsafeBitCast(shifted, to: Block.self))
    }

    @inline(__always)
    private static func shortWords(_ text: UnsafeRawBufferPointer) -> SIMD2<UInt64> {
        let base = text.baseAddress.unsafelyUnwrapped
        let count = text.count
        if count >= 8 {
            let low = base.loadUnaligned(as: UInt64.self)
            // Read up to the end, the bytes that are in the lower half pushed out; a shift by 64 gives zero.
            let high = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) >> UInt64((16 - count) * 8)
            return SIMD2(low, high)
        }
        var low: UInt64
        if count >= 4 {
            low = UInt64(base.loadUnaligned(as: UInt32.self))
            low |= UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << UInt64((count - 4) * 8)
        } else {
            low = UInt64(text[0])
            low |= UInt64(text[count / 2]) << UInt64(count / 2 * 8)
            low |= UInt64(text[count - 1]) << UInt64((count - 1) * 8)
        }
        return SIMD2(low, 0)
    }
}
