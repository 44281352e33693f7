package import HarnessCore

extension ParsedCommand {
    /// The value of an option such as `--duration 10s`, in nanoseconds; `nil` when it was not given.
    package func duration(_ name: String) throws(CommandLineError) -> UInt64? {
        try quantity(name, Quantity.durationNanoseconds)
    }

    /// The value of an option such as `--limit 20MB`, in bytes; `nil` when it was not given.
    package func bytes(_ name: String) throws(CommandLineError) -> UInt64? {
        try quantity(name, Quantity.bytes)
    }

    /// The value of an option such as `--count 10k`; `nil` when it was not given.
    package func count(_ name: String) throws(CommandLineError) -> UInt64? {
        try quantity(name, Quantity.count)
    }

    /// The value of an option such as `--rate 1000/s`; `nil` when it was not given.
    package func rate(_ name: String) throws(CommandLineError) -> Rate? {
        try quantity(name, Quantity.rate)
    }

    private func quantity<Value>(
        _ name: String,
        _ parse: (String) throws(QuantityError) -> Value
    ) throws(CommandLineError) -> Value? {
        guard let text = string(name) else { return nil }
        do {
            return try parse(text)
        } catch {
            throw invalidValue(text, of: name, error.explanation)
        }
    }
}
