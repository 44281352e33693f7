/// What requests did against OTLP's rules, how often, and the first time.
package struct WireViolationReport: Codable, Equatable, Sendable {
    /// What was done, such as `duplicate_key`.
    package var kind: String
    /// How often.
    package var count: UInt64
    /// The signal of the first one.
    package var signal: String
    /// What was seen there, in words.
    package var seen: String
    /// The number of its request at the sink, from 1.
    package var request: UInt64
    /// Index of its item in the request, from 0; absent where it is no item's.
    package var item: Int?

    /// Makes the value from its parts.
    package init(kind: String, count: UInt64, signal: String, seen: String, request: UInt64, item: Int? = nil) {
        self.kind = kind
        self.count = count
        self.signal = signal
        self.seen = seen
        self.request = request
        self.item = item
    }

    /// One clause for a person.
    package var description: String {
        let place = "\(signal), request \(request)" + (item.map { ", item \($0)" } ?? "")
        return "\(kind) ×\(count), the first: \(seen) (\(place))"
    }
}
