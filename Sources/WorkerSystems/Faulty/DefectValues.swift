import HarnessCore
import LoadEngine

/// The values that were written for one defect, read by name and kind.
///
/// Every error names the parameter as it was written, the value, and what would do.
struct DefectValues {
    /// The name of the defect.
    let defect: String
    private let values: [String: String]

    /// - Parameters:
    ///   - defect: the name of the defect.
    ///   - values: what was written, by parameter; the defect's own value goes by its name.
    init(defect: String, values: [String: String]) {
        self.defect = defect
        self.values = values
    }

    /// The text of a parameter, or nil when it was not written.
    func text(_ name: String) -> String? {
        values[name]
    }

    /// A duration in nanoseconds, or nil when it was not written.
    func optionalDuration(_ name: String) throws(SystemConfigurationError) -> UInt64? {
        guard let text = values[name] else { return nil }
        return try quantity(name) { () throws(QuantityError) in try Quantity.durationNanoseconds(text) }
    }

    /// A duration in nanoseconds; it has to be written and not to be zero.
    func duration(_ name: String) throws(SystemConfigurationError) -> UInt64 {
        guard let value = try optionalDuration(name), value > 0 else { throw missing(name, "a duration", "50ms") }
        return value
    }

    /// A number of bytes; it has to be written and not to be zero.
    func bytes(_ name: String, of text: String?) throws(SystemConfigurationError) -> Int {
        guard let text else { throw missing(name, "a size", "64B/event") }
        let value = try quantity(name) { () throws(QuantityError) in try Quantity.bytes(text) }
        guard value > 0, let bytes = Int(exactly: value), bytes <= 1 << 30 else {
            throw refusal(name, "must be between 1 byte and 1 GiB")
        }
        return bytes
    }

    /// N of a share written `1/N`; it has to be written.
    func oneIn(_ name: String) throws(SystemConfigurationError) -> UInt64 {
        guard let text = values[name] else { throw missing(name, "a share", "1/100") }
        guard text.hasPrefix("1/"), let number = UInt64(text.dropFirst(2)), number > 0 else {
            throw refusal(name, "is not a share of the form 1/N; for example 1/100")
        }
        return number
    }

    /// A whole number of a range, or nil when it was not written.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(SystemConfigurationError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw refusal(name, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// One of several words; it has to be written.
    func choice(_ name: String, of words: [String]) throws(SystemConfigurationError) -> String {
        guard let text = values[name], !text.isEmpty else { throw missing(name, "a name", words[0]) }
        guard words.contains(text) else {
            let nearest = Suggestion.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
            throw refusal(name, "is none of: \(words.joined(separator: ", "))\(nearest)")
        }
        return text
    }

    /// Refuses a value for a defect that has none.
    func none() throws(SystemConfigurationError) {
        guard values[defect] == nil else { throw refusal(defect, "is too much: the defect takes no value") }
    }

    /// The error for a value of a parameter.
    func refusal(_ name: String, _ reason: String) -> SystemConfigurationError {
        let what = name == defect ? defect : "\(defect),\(name)"
        return SystemConfigurationError(option: "name", message: "\(what): \"\(values[name] ?? "")\" \(reason)")
    }

    private func missing(_ name: String, _ kind: String, _ example: String) -> SystemConfigurationError {
        if values[name] != nil { return refusal(name, "is not \(kind) above zero; for example \(name)=\(example)") }
        let what = name == defect ? defect : "\(defect),\(name)"
        return SystemConfigurationError(
            option: "name",
            message: "\(what): \(kind) is missing; write \(name)=\(example)"
        )
    }

    private func quantity(
        _ name: String,
        _ body: () throws(QuantityError) -> UInt64
    ) throws(SystemConfigurationError) -> UInt64 {
        do {
            return try body()
        } catch {
            let what = name == defect ? defect : "\(defect),\(name)"
            throw SystemConfigurationError(option: "name", message: "\(what): \(error.description)")
        }
    }
}
