/// What a waiting item costs, from phases that held different numbers of items back.
package struct QueueAccounting: Codable, Equatable, Sendable {
    /// One phase, with everything it accepted still in the queue.
    package struct Depth: Codable, Equatable, Sendable {
        /// The name of the phase.
        package var phase: String
        /// Items that waited.
        package var items: UInt64
        /// Bytes in use beyond those before the first of the phases.
        package var heapBytes: Int64
        /// Bytes resident beyond those before the first of the phases.
        package var residentBytes: Int64?
        /// The size of what waited by the system's own account, in bytes; absent if it does not say.
        package var reportedBytes: UInt64?

        private enum CodingKeys: String, CodingKey {
            case phase
            case items
            case heapBytes = "heap_bytes"
            case residentBytes = "rss_bytes"
            case reportedBytes = "reported_bytes"
        }
    }

    /// The phases, from the fewest items to the most.
    package var depths: [Depth]
    /// Bytes in use for each further item: the Theil–Sen slope over the depths.
    package var heapBytesPerItem: Double
    /// The lower end of its 99 % interval; absent where there are too few depths for one.
    package var heapBytesPerItemLow: Double?
    /// The upper end of its 99 % interval.
    package var heapBytesPerItemHigh: Double?
    /// Bytes in use where the line meets an empty queue: what the system keeps for the queue as such.
    package var baseBytes: Double
    /// Bytes resident for each further item, likewise.
    package var residentBytesPerItem: Double?
    /// Bytes for each further item by the system's own account, likewise; absent if it does not say.
    package var reportedBytesPerItem: Double?

    private enum CodingKeys: String, CodingKey {
        case depths
        case heapBytesPerItem = "heap_bytes_per_item"
        case heapBytesPerItemLow = "heap_bytes_per_item_low"
        case heapBytesPerItemHigh = "heap_bytes_per_item_high"
        case baseBytes = "base_bytes"
        case residentBytesPerItem = "rss_bytes_per_item"
        case reportedBytesPerItem = "reported_bytes_per_item"
    }
}
