/// What an exporter takes its batches from: the queue of a signal's items, or the reader of the metrics.
///
/// Called by the exporter's thread alone.
protocol ExportSource: AnyObject, Sendable {
    /// Waits for a batch that is due.
    ///
    /// Returns nil when the exporter is to end.
    func nextBatch() -> Chunk?

    /// Settles a batch that `nextBatch` gave out.
    func complete(_ chunk: Chunk, _ outcome: ExportOutcome)

    /// Waits until a moment, or until everything is to be given up.
    ///
    /// - Parameter deadline: Monotonic nanoseconds.
    /// - Returns: Whether the moment has come.
    func pause(until deadline: UInt64) -> Bool

    /// Whether the exporter must give up what it is doing.
    var isAbandoned: Bool { get }

    /// Settles all that is left and says that the exporter has ended.
    func exporterEnded()

    /// Cuts a batch that is too large for the backend in two.
    ///
    /// - Parameters:
    ///   - records: The bytes of the batch that was given out last.
    ///   - items: Its number of items.
    /// - Returns: The halves; nil if there is a single item.
    func split(_ records: UnsafeRawBufferPointer, items: Int) -> BatchHalves?
}

/// The two parts of a batch that was too large, as copies: this is rare.
struct BatchHalves {
    /// The encoded records of the first part.
    var first: [UInt8]
    /// Their number.
    var firstItems: Int
    /// The encoded records of the second part.
    var second: [UInt8]
}
