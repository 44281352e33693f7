import HarnessCore

extension SplitMix64 {
    /// Brings elements into a random order, each order as likely as any other.
    ///
    /// Permutation tests are repeated from their seed, which is stored with their p. It is written out because the standard
    /// library does not promise the same order for the same numbers in later versions.
    mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            // The high word of the product is uniform within 2⁻⁴⁰ for any array that fits into memory here.
            elements.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
        }
    }
}
