/// What everything passes that is recorded: nothing private leaves, and nothing is larger than the limits.
///
/// Almost always it suffices to look. What has to be changed is copied. A class, because a structure with a set in it is
/// retained with every use.
///
/// Source: https://opentelemetry.io/docs/specs/otel/common/#attribute-limits
final class RecordFilter: Sendable {
    /// The attributes of a record.
    private let count: Int
    /// The length of a string value in UTF-8 bytes.
    private let valueLength: Int
    private let privacy: PrivacyFilter
    private let isPrivacyEnabled: Bool

    /// Makes a filter.
    ///
    /// - Parameters:
    ///   - count: The most attributes of a record.
    ///   - valueLength: The most bytes of a string value; nil for any number.
    ///   - privacy: What must not leave the process.
    init(count: Int, valueLength: Int?, privacy: PrivacySettings) {
        self.count = count
        self.valueLength = valueLength ?? .max
        self.privacy = PrivacyFilter(privacy)
        isPrivacyEnabled = privacy.isEnabled
    }

    /// Whether the attributes of a record can be sent as they are.
    ///
    /// Hot.
    @inline(__always)
    func passes(_ attributes: AttributeSlice) -> Bool {
        attributes.count <= count && valueLength == .max && (!isPrivacyEnabled || attributes.isClean)
    }

    /// Calls `body` with the attributes as they may be sent.
    ///
    /// - Parameters:
    ///   - attributes: Any attributes.
    ///   - limit: How many may be sent; that of a record if nil.
    ///   - body: Called once.
    /// - Returns: What `body` returned.
    @inline(never)
    func withFiltered<Result>(
        _ attributes: AttributeSlice,
        count limit: Int? = nil,
        _ body: (AttributeSlice) -> Result
    ) -> Result {
        let limit = limit ?? count
        guard isPrivacyEnabled, !attributes.isClean else { return withLimited(attributes, count: limit, body) }
        return privacy.sanitized(Attributes(attributes)).withSlice { withLimited($0, count: limit, body) }
    }

    private func withLimited<Result>(
        _ attributes: AttributeSlice,
        count limit: Int,
        _ body: (AttributeSlice) -> Result
    ) -> Result {
        let kept = UnsafeBufferPointer(rebasing: attributes.elements.prefix(limit))
        let dropped = attributes.droppedCount + attributes.count - kept.count
        guard valueLength != .max else {
            return body(AttributeSlice(kept, droppedCount: dropped))
        }
        return kept.map { ($0.0, limited($0.1)) }.withUnsafeBufferPointer {
            body(AttributeSlice($0, droppedCount: dropped))
        }
    }

    /// A text, such as a message, as it may be sent: looked at as a whole, then cut.
    func filtered(_ text: String, toCharacters limit: Int) -> String {
        (privacy.isClean(text) ? text : privacy.sanitized(text)).cut(toCharacters: limit)
    }

    /// A value whose strings are no longer than the limit.
    private func limited(_ value: AttributeValue) -> AttributeValue {
        guard valueLength != .max else { return value }
        return switch value {
        case .string(let text): .string(text.cut(toBytes: valueLength))
        case .array(let values): .array(values.map(limited))
        default: value
        }
    }
}

extension String {
    /// The string up to the last character that ends within so many bytes of UTF-8.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var rest = limit
        return String(
            prefix { character in
                rest -= character.utf8.count
                return rest >= 0
            }
        )
    }

    /// The string up to so many characters.
    func cut(toCharacters limit: Int) -> String {
        // No string has more characters than bytes.
        utf8.count <= limit ? self : String(prefix(limit))
    }
}
