/// What one operation hands to the system.
public struct Workload: Sendable, Equatable, Codable {
    /// The kind of item that an operation makes.
    public enum Operation: String, Sendable, Codable, CaseIterable {
        /// An event: a named log record.
        case event
    }

    /// The kind of item.
    public var operation: Operation
    /// How many attributes an item has, `bench.id` (an integer) included; at least 1.
    ///
    /// The first is `bench.id`; the others are strings of ``valueLength`` characters.
    public var attributes: Int
    /// The length of each string attribute's value, in ASCII characters.
    public var valueLength: Int

    /// Creates a workload.
    public init(operation: Operation = .event, attributes: Int = 1, valueLength: Int = 20) {
        self.operation = operation
        self.attributes = attributes
        self.valueLength = valueLength
    }

    enum CodingKeys: String, CodingKey {
        case operation
        case attributes
        case valueLength = "value_length"
    }
}
