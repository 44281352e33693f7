/// Spoils bytes in the ways in which parsers are usually surprised.
///
/// The same seed spoils in the same way.
package struct ByteMutator {
    private var random: SplitMix64

    /// Bytes that mean something to the format, such as delimiters, to be put in more often than others.
    private let interesting: [UInt8]

    /// A mutator for a format.
    package init(seed: UInt64, interesting: [UInt8] = []) {
        random = SplitMix64(seed: seed)
        self.interesting = interesting
    }

    /// A copy with one to four of: a byte changed, a bit flipped, bytes put in, taken out, doubled, or the end cut off.
    package mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            mutateOnce(&result)
        }
        return result
    }

    /// A random number within the range.
    package mutating func number(in range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    private mutating func mutateOnce(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes.append(byte())
            return
        }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, index + Int.random(in: 1...16, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[index] = byte()
        case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.insert(byte(), at: index)
        case 3: bytes.removeSubrange(index..<end)
        case 4: bytes.insert(contentsOf: Array(bytes[index..<end]), at: index)
        default: bytes.removeSubrange(index...)
        }
    }

    /// A random byte, half of the time one of those that mean something.
    package mutating func byte() -> UInt8 {
        if !interesting.isEmpty, Bool.random(using: &random) {
            return interesting[Int.random(in: 0..<interesting.count, using: &random)]
        }
        return UInt8.random(in: .min ... .max, using: &random)
    }
}
