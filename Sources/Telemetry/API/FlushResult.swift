/// How a flush or a shutdown ended.
public enum FlushResult: Sendable, Equatable {
    /// Every item accepted before the call has been acknowledged by the backend.
    case success
    /// The queue is empty, but items accepted since the last flush that reported a failure were given up: so many.
    case failure(lostItems: Int)
    /// The time-out passed first; so many items that were accepted before the call are still waiting.
    case timedOut(pendingItems: Int)
}
