/// The part of a client that takes and delivers one signal.
protocol SignalComponent: AnyObject, Sendable {
    /// What it delivers.
    var signal: Signal { get }

    /// What happened so far.
    var status: SignalStatus { get }

    /// Begins to send everything recorded so far without delay.
    func beginFlush() -> FlushTicket

    /// Waits until everything recorded before the flush began is delivered or lost.
    ///
    /// - Parameters:
    ///   - ticket: What `beginFlush` gave out.
    ///   - deadline: The moment to stop waiting, by the monotonic clock.
    /// - Returns: How it ended.
    func finishFlush(_ ticket: FlushTicket, deadline: UInt64) -> FlushOutcome

    /// Notes that a caller was told of the first so many failed items.
    func failuresWereReported(_ failures: UInt64)

    /// Takes no more items from now on; what is recorded is still delivered.
    ///
    /// Returns false if that was so already.
    func close() -> Bool

    /// Gives up everything that is not delivered yet, and ends soon.
    func abandon()

    /// Waits for the exporter's thread to end, until `deadline` by the monotonic clock at most.
    ///
    /// Returns whether it has.
    func waitForExporter(deadline: UInt64) -> Bool
}
