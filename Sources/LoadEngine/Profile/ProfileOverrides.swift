package import HarnessCore

/// Changes to a profile from one source: the environment, or the command line.
package struct ProfileOverrides: Sendable, Equatable {
    /// The rate over all producers of every phase that has one, or nil.
    package var rate: Rate?
    /// The duration of every reported phase, in nanoseconds, or nil.
    package var durationNanoseconds: UInt64?
    /// The number of producers, or nil.
    package var producers: Int?
    /// The seed, or nil.
    package var seed: UInt64?
    /// `key=value` pairs as written, for instance `system.batch_size=100`; applied first, in their order.
    package var set: [String]

    /// Creates changes.
    package init(
        rate: Rate? = nil,
        durationNanoseconds: UInt64? = nil,
        producers: Int? = nil,
        seed: UInt64? = nil,
        set: [String] = []
    ) {
        self.rate = rate
        self.durationNanoseconds = durationNanoseconds
        self.producers = producers
        self.seed = seed
        self.set = set
    }

    /// Reads the changes that environment variables ask for.
    ///
    /// `BENCH_RATE`, `BENCH_DURATION`, `BENCH_PRODUCERS`, `BENCH_SEED`, and `BENCH_SET` with `key=value` pairs
    /// separated by commas. Other variables are none of its business.
    ///
    /// - Parameter environment: the variables by name.
    /// - Throws: ``QuantityError`` when a value is not what it should be; its `kind` names the variable.
    package init(environment: [String: String]) throws(QuantityError) {
        self.init()
        if let text = environment["BENCH_RATE"] {
            rate = try Self.named("BENCH_RATE", text, Quantity.rate)
        }
        if let text = environment["BENCH_DURATION"] {
            durationNanoseconds = try Self.named("BENCH_DURATION", text, Quantity.durationNanoseconds)
        }
        if let text = environment["BENCH_PRODUCERS"] {
            producers = Int(clamping: try Self.named("BENCH_PRODUCERS", text, Quantity.count))
        }
        if let text = environment["BENCH_SEED"] {
            seed = try Self.named("BENCH_SEED", text, Quantity.count)
        }
        if let text = environment["BENCH_SET"] {
            set = text.split(separator: ",").map(String.init)
        }
    }

    private static func named<Value>(
        _ variable: String,
        _ text: String,
        _ parse: (String) throws(QuantityError) -> Value
    ) throws(QuantityError) -> Value {
        do {
            return try parse(text)
        } catch {
            var named = error
            named.kind = "\(error.kind) for \(variable)"
            throw named
        }
    }
}
