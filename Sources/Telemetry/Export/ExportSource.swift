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

    /// Finds where a batch that is too large for the backend can be cut in two.
    ///
    /// - Parameters:
    ///   - records: The bytes of the batch that was given out last.
    ///   - items: Its number of items.
    /// - Returns: The offset of the second part and the number of items before it; nil if there is no such place.
    func split(_ records: UnsafeRawBufferPointer, items: Int) -> (offset: Int, items: Int)?
}
