package import HarnessCore

extension SplitMix64 {
    /// The generator of the n-th trial of a seed: far from that of every other.
    package init(seed: UInt64, trial: Int) {
        // Arithmetic modulo 2^64: the constant is odd, so different trials begin at different states.
        self.init(seed: seed &+ UInt64(trial) &* 0xD134_2543_DE82_EF95)
        self.init(seed: next())
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
