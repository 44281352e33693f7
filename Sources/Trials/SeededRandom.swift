/// Random numbers that repeat themselves exactly for a seed.
///
/// Sebastiano Vigna's splitmix64 (public domain, https://prng.di.unimi.it/splitmix64.c).
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator whose whole sequence follows from `seed`.
    package init(seed: UInt64) {
        state = seed
    }

    /// The generator of the n-th trial of a seed: far from that of every other.
    package init(seed: UInt64, trial: Int) {
        // Arithmetic modulo 2^64: the constant is odd, so different trials begin at different states.
        state = seed &+ UInt64(trial) &* 0xD134_2543_DE82_EF95
        state = next()
    }

    /// The next of 2^64 equally likely numbers.
    package mutating func next() -> UInt64 {
        // Arithmetic modulo 2^64 is part of the algorithm.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whether something happens that has this chance.
    mutating func happens(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// One of some values; there must be one.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &self)]
    }
}
