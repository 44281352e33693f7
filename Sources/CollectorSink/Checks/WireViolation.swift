import HarnessCore
import OTLP

/// What a request did against OTLP's rules, how often, and the first time it did.
package struct WireViolation: Codable, Equatable, Sendable {
    /// What was done.
    package var kind: WireViolationKind
    /// How often.
    package var count: UInt64
    /// The signal of the first one: `logs`, `traces` or `metrics`.
    package var signal: String
    /// What was seen there, in words.
    package var seen: String
    /// The number of its request, from 1 over all that the sink took.
    package var request: UInt64
    /// Index of its item in the request, from 0; absent where it is no item's.
    package var item: Int?

    /// Most characters of what was seen.
    private static let maximumLength = 200

    /// One violation; what was seen is cut off where it is too long.
    internal init(_ kind: WireViolationKind, signal: OTLPSignal, seen: String, request: UInt64, item: Int?) {
        self.kind = kind
        count = 1
        self.signal = "\(signal)"
        self.seen = seen.count > Self.maximumLength ? String(seen.prefix(Self.maximumLength - 1)) + "…" : seen
        self.request = request
        self.item = item
    }

    /// One line for a person: `duplicate_key ×3: the key "a" occurs twice (logs, request 7, item 0)`.
    package var description: String {
        let place = "\(signal), request \(request)" + (item.map { ", item \($0)" } ?? "")
        return "\(kind.rawValue) ×\(count): \(seen) (\(place))"
    }
}
