import Platform

/// The one thread that exports the batches of a source, one request at a time.
///
/// Source: https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor ("Export() MUST NOT be called
/// concurrently") and https://opentelemetry.io/docs/specs/otlp/#failures-1 for what is retried.
final class Exporter: Sendable {
    private let source: any ExportSource
    private let transport: any ExportTransport
    private let retry: RetryPolicy

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
        var random = SystemRandomNumberGenerator()
        while let chunk = source.nextBatch() {
            var outcome = ExportOutcome()
            export(chunk.bytes, items: chunk.itemCount, maySplit: true, into: &outcome, using: &random)
            source.complete(chunk, outcome)
        }
        source.exporterEnded()
    }

    private func export(
        _ records: UnsafeRawBufferPointer,
        items: Int,
        maySplit: Bool,
        into outcome: inout ExportOutcome,
        using random: inout some RandomNumberGenerator
    ) {
        var schedule = RetrySchedule(policy: retry, now: MonotonicClock.now())
        while true {
            outcome.requests += 1
            switch transport.send(records) {
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
                    half.withUnsafeBytes { export($0, items: count, maySplit: false, into: &outcome, using: &random) }
                }
                return
            case .retryable(let reason, let retryAfter):
                outcome.failure = reason
                let next = schedule.nextAttempt(now: MonotonicClock.now(), retryAfter: retryAfter, using: &random)
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
