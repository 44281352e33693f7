/// Attributes of an item, in the order they were written.
///
/// Written as a dictionary literal but kept in an array: nothing is hashed at the call. Keys should be unique, as
/// OpenTelemetry asks; a key given twice is sent twice.
public struct Attributes: Sendable, ExpressibleByDictionaryLiteral {
    @usableFromInline
    var elements: [(String, AttributeValue)]

    /// Makes attributes from a literal such as `["index": 7, "name": "a"]`.
    @inlinable
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.elements = elements
    }

    /// Makes an empty list with room for `capacity` attributes.
    public init(capacity: Int = 0) {
        self.elements = []
        self.elements.reserveCapacity(capacity)
    }

    /// The number of attributes.
    @inlinable
    public var count: Int {
        elements.count
    }

    /// Adds one attribute behind the others.
    @inlinable
    public mutating func append(_ key: String, _ value: AttributeValue) {
        elements.append((key, value))
    }
}
