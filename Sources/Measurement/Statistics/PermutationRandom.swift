/// Steele, Lea and Flood's SplitMix64: few lines, well tested, and the same on every machine.
///
/// "Fast Splittable Pseudorandom Number Generators", 2014, https://doi.org/10.1145/2714064.2660195. Permutation tests are
/// repeated from their seed, which is stored with their p.
struct PermutationRandom: RandomNumberGenerator {
    private var state: UInt64

    /// Starts the sequence of a seed.
    init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        // Arithmetic modulo 2⁶⁴ is the algorithm's.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension PermutationRandom {
    /// Brings elements into a random order, each order as likely as any other.
    ///
    /// Written out because the standard library does not promise the same order for the same numbers in later versions.
    mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            // The high word of the product is uniform within 2⁻⁴⁰ for any array that fits into memory here.
            elements.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
        }
    }
}
