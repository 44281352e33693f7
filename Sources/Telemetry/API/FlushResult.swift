/// How a flush or a shutdown ended.
public enum FlushResult: Sendable, Equatable {
    /// Every item accepted before the call has been acknowledged by the backend, those excepted that an earlier call
    /// reported as lost.
    case success
    /// The queue is empty, but items accepted since the last flush that reported a failure were given up: so many.
    case failure(lostItems: Int)
    /// The time-out passed first; so many items that were accepted before the call are still waiting.
    case timedOut(pendingItems: Int)

    /// The result of two flushes: the worse one, or the sum of two alike.
    func merged(with other: FlushResult) -> FlushResult {
        switch (self, other) {
        case (.timedOut(let left), .timedOut(let right)): .timedOut(pendingItems: left + right)
        case (.timedOut, _): self
        case (_, .timedOut): other
        case (.failure(let left), .failure(let right)): .failure(lostItems: left + right)
        case (.failure, _): self
        default: other
        }
    }
}
