import Platform

/// The one thread that exports the batches of a source, one request at a time.
///
/// Source: https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor ("Export() MUST NOT be called
/// concurrently") and https://opentelemetry.io/docs/specs/otlp/#failures-1 for what is retried.
final class Exporter: Sendable {
    private let source: any ExportSource
    private let transport: any ExportTransport
    private let retry: RetryPolicy

    /// The longest that a backend's `Retry-After` is heeded across batches, in nanoseconds: a backend that says "next
    /// year" by mistake would silence the client until it is started anew.
    static let longestQuiet: UInt64 = 300_000_000_000

    /// What the thread keeps from batch to batch.
    private struct Memory {
        /// Draws the jitter of pauses.
        var random = SystemRandomNumberGenerator()
        /// No request goes out before this moment, monotonic nanoseconds: the backend asked for it.
        var quietUntil: UInt64 = 0
    }

    /// Makes the exporter of one source.
    ///
    /// - Parameters:
    ///   - source: Where batches come from.
    ///   - transport: Where they go.
    ///   - retry: How failed requests are repeated.
    ///   - timeout: The longest the export of one batch may take, its last request excepted.
    init(
        source: any ExportSource,
        transport: any ExportTransport,
        retry: RetryPolicy,
        timeout: Duration
    ) {
        self.source = source
        self.transport = transport
        self.retry = retry.limited(to: timeout)
    }

    /// Exports until the source is drained or abandoned.
    ///
    /// The body of the exporter's thread.
    func run() {
        var memory = Memory()
        while true {
            // Before a batch is taken: the queue goes on filling it meanwhile. Where everything is given up in this time,
            // there is no next batch.
            _ = waitWhileQuiet(&memory)
            guard let chunk = source.nextBatch() else { break }
            var outcome = ExportOutcome()
            export(chunk.bytes, items: chunk.itemCount, maySplit: true, into: &outcome, &memory)
            source.complete(chunk, outcome)
        }
        source.exporterEnded()
    }

    /// Waits for the end of the time in which the backend wants no requests.
    ///
    /// "The client SHOULD honor the waiting interval specified in the "Retry-After" header if it is present", whatever
    /// became of the batch that was answered with it: https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling
    ///
    /// - Returns: Whether it is over; false if everything is to be given up.
    private func waitWhileQuiet(_ memory: inout Memory) -> Bool {
        guard memory.quietUntil > 0 else { return true }
        guard source.pause(until: memory.quietUntil) else { return false }
        memory.quietUntil = 0
        return true
    }

    private func export(
        _ records: UnsafeRawBufferPointer,
        items: Int,
        maySplit: Bool,
        into outcome: inout ExportOutcome,
        _ memory: inout Memory
    ) {
        guard waitWhileQuiet(&memory) else {
            outcome.losses.add(items, .shutdownTimedOut)
            return
        }
        var schedule = RetrySchedule(policy: retry, now: MonotonicClock.now())
        while true {
            let answer = transport.send(records)
            let resent = transport.takeResentRequests()
            outcome.requests += 1 + resent
            outcome.retries += resent
            switch answer {
            case .accepted(let rejectedItems):
                outcome.losses.add(min(rejectedItems, items), .itemsRejected)
                return
            case .rejected(let reason):
                outcome.lose(items, .exportRejected, reason)
                return
            case .tooLarge(let reason):
                guard maySplit, let halves = source.split(records, items: items) else {
                    outcome.lose(items, .exportRejected, reason)
                    return
                }
                outcome.failure = reason
                for (half, count) in [(halves.first, halves.firstItems), (halves.second, items - halves.firstItems)] {
                    half.withUnsafeBytes { export($0, items: count, maySplit: false, into: &outcome, &memory) }
                }
                return
            case .retryable(let reason, let retryAfter):
                outcome.failure = reason
                let now = MonotonicClock.now()
                if let retryAfter {
                    memory.quietUntil = MonotonicClock.deadline(after: min(retryAfter, Self.longestQuiet))
                }
                let next = schedule.nextAttempt(now: now, retryAfter: retryAfter, using: &memory.random)
                guard !source.isAbandoned else {
                    outcome.lose(items, .shutdownTimedOut, reason)
                    return
                }
                guard let next else {
                    outcome.lose(items, .retriesExhausted, reason)
                    return
                }
                guard source.pause(until: next) else {
                    outcome.lose(items, .shutdownTimedOut, reason)
                    return
                }
                outcome.retries += 1
            }
        }
    }
}

extension RetryPolicy {
    /// The policy, with no more time than `timeout`.
    fileprivate func limited(to timeout: Duration) -> RetryPolicy {
        var policy = self
        policy.maximumElapsed = min(maximumElapsed, timeout)
        return policy
    }
}

extension ExportOutcome {
    /// Adds lost items.
    fileprivate mutating func lose(_ items: Int, _ reason: TelemetryStatus.DropReason, _ failure: String) {
        losses.add(items, reason)
        self.failure = failure
    }
}
