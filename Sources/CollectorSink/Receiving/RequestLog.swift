import HTTP
import Platform

/// The last requests of all connections, in a ring of a fixed size.
internal final class RequestLog: Sendable {
    /// How many requests are remembered.
    internal static let capacity = 256
    /// How many are shown to whoever does not say.
    private static let usual = 20

    private let ring = Guarded(Ring())

    private struct Ring {
        var records: [RequestRecord] = []
        /// Where the next one goes, once the ring is full.
        var next = 0
    }

    /// An empty log.
    internal init() {}

    /// Remembers a request, and forgets the oldest when there is no room.
    internal func append(_ record: RequestRecord) {
        ring.withLock { ring in
            if ring.records.count < Self.capacity {
                ring.records.append(record)
            } else {
                ring.records[ring.next] = record
                ring.next = (ring.next + 1) % Self.capacity
            }
        }
    }

    /// The last requests, the newest last.
    internal func last(_ count: Int) -> [RequestRecord] {
        ring.withLock { ring in
            let inOrder = ring.records[ring.next...] + ring.records[..<ring.next]
            return Array(inOrder.suffix(count))
        }
    }

    /// How many requests a query asks for; nil where that is no number from 1 to ``capacity``.
    internal static func count(in head: HTTPRequestHead) -> Int? {
        guard let text = head.query("last") else { return usual }
        guard let count = Int(text), (1...capacity).contains(count) else { return nil }
        return count
    }
}
