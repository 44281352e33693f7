/// Numbers that look random and are functions of their arguments alone.
///
/// The finalizer of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014,
/// https://doi.org/10.1145/2714064.2660195); all arithmetic is modulo 2^64, as there.
package enum SeededHash {
    /// A number for a place in a stream.
    ///
    /// - Parameters:
    ///   - stream: a seed, or a number drawn from one.
    ///   - index: the place; all are allowed.
    /// - Returns: any 64 bits, equally likely.
    @inline(__always)
    package static func value(_ stream: UInt64, _ index: UInt64) -> UInt64 {
        var z = stream &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
