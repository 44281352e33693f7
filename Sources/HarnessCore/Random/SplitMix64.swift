/// Random numbers that repeat themselves exactly for a seed, on every machine.
///
/// Sebastiano Vigna's splitmix64 (public domain, https://prng.di.unimi.it/splitmix64.c), after Steele, Lea and Flood, "Fast
/// Splittable Pseudorandom Number Generators", 2014, https://doi.org/10.1145/2714064.2660195. Seeds are stored beside what
/// follows from them, so that its sequences never change.
@usableFromInline
package struct SplitMix64: RandomNumberGenerator, Sendable {
    @usableFromInline
    var state: UInt64

    /// A generator whose whole sequence follows from `seed`.
    @inlinable
    package init(seed: UInt64) {
        state = seed
    }

    /// The next of 2^64 equally likely numbers.
    @inlinable
    package mutating func next() -> UInt64 {
        // Arithmetic modulo 2^64 is part of the algorithm.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
