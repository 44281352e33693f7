import HarnessCore

/// Reads a system's options by name and type, and refuses those that nobody asked for.
///
///     var options = OptionReader(configuration.options)
///     let batchSize = try options.integer("batch_size", in: 1...100_000) ?? 512
///     let interval = try options.durationNanoseconds("flush_interval") ?? 1_000_000_000
///     try options.finish()
public struct OptionReader {
    private let options: [String: OptionValue]
    private var asked: [String] = []

    /// Opens options for reading.
    public init(_ options: [String: OptionValue]) {
        self.options = options
    }

    /// A Boolean option, or nil when it is absent.
    public mutating func bool(_ option: String) throws(SystemConfigurationError) -> Bool? {
        guard let value = take(option) else { return nil }
        guard case .bool(let result) = value else { throw wrong(option, value, "is not true or false") }
        return result
    }

    /// A whole number, or nil when it is absent.
    ///
    /// - Parameters:
    ///   - option: the name of the option.
    ///   - range: the values allowed.
    /// - Returns: a number of the range.
    /// - Throws: ``SystemConfigurationError`` when it is something else.
    public mutating func integer(
        _ option: String,
        in range: ClosedRange<Int>
    ) throws(SystemConfigurationError) -> Int? {
        guard let value = take(option) else { return nil }
        guard case .integer(let number) = value else { throw wrong(option, value, "is not a whole number") }
        guard let result = Int(exactly: number), range.contains(result) else {
            throw wrong(option, value, "is out of range; allowed: \(range.lowerBound) to \(range.upperBound)")
        }
        return result
    }

    /// A number, or nil when it is absent.
    public mutating func number(_ option: String) throws(SystemConfigurationError) -> Double? {
        guard let value = take(option) else { return nil }
        switch value {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        case .bool, .string: throw wrong(option, value, "is not a number")
        }
    }

    /// A text, or nil when it is absent.
    public mutating func string(_ option: String) throws(SystemConfigurationError) -> String? {
        guard let value = take(option) else { return nil }
        guard case .string(let result) = value else { throw wrong(option, value, "is not a string") }
        return result
    }

    /// One of several words, or nil when it is absent.
    ///
    /// - Parameters:
    ///   - option: the name of the option.
    ///   - words: the words allowed.
    /// - Returns: one of the words.
    /// - Throws: ``SystemConfigurationError`` when it is something else.
    public mutating func choice(
        _ option: String,
        of words: [String]
    ) throws(SystemConfigurationError) -> String? {
        guard let result = try string(option) else { return nil }
        guard words.contains(result) else {
            let nearest = Suggestion.nearest(to: result, in: words).map { ", did you mean \"\($0)\"?" } ?? ""
            throw wrong(option, .string(result), "is not one of: \(words.joined(separator: ", "))\(nearest)")
        }
        return result
    }

    /// A duration such as `"250ms"` in nanoseconds, or nil when it is absent.
    public mutating func durationNanoseconds(_ option: String) throws(SystemConfigurationError) -> UInt64? {
        guard let value = take(option) else { return nil }
        guard case .string(let text) = value else { throw wrong(option, value, "is not a duration; write \"250ms\"") }
        do {
            return try Quantity.durationNanoseconds(text)
        } catch {
            throw SystemConfigurationError(option: option, message: error.description)
        }
    }

    /// A size such as `"20MB"` or a whole number of bytes, or nil when it is absent.
    public mutating func bytes(_ option: String) throws(SystemConfigurationError) -> UInt64? {
        guard let value = take(option) else { return nil }
        switch value {
        case .integer(let number) where number >= 0:
            return UInt64(number)
        case .string(let text):
            do {
                return try Quantity.bytes(text)
            } catch {
                throw SystemConfigurationError(option: option, message: error.description)
            }
        case .integer, .number, .bool:
            throw wrong(option, value, "is not a size; write \"20MB\"")
        }
    }

    /// Refuses the options that nobody asked for; call it last.
    public func finish() throws(SystemConfigurationError) {
        guard let unknown = options.keys.sorted().first(where: { !asked.contains($0) }) else { return }
        let nearest = Suggestion.nearest(to: unknown, in: asked).map { "did you mean \"\($0)\"?" }
        let known = "known: \(asked.sorted().joined(separator: ", "))"
        throw SystemConfigurationError(option: unknown, message: "there is no such option; \(nearest ?? known)")
    }

    private mutating func take(_ option: String) -> OptionValue? {
        asked.append(option)
        return options[option]
    }

    private func wrong(_ option: String, _ value: OptionValue, _ reason: String) -> SystemConfigurationError {
        SystemConfigurationError(option: option, message: "\(value) \(reason)")
    }
}
