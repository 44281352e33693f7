import Platform

/// The one thread that exports the batches of a client, one request at a time.
///
/// Source: https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor ("Export() MUST NOT be called
/// concurrently") and https://opentelemetry.io/docs/specs/otlp/#failures-1 for what is retried.
final class Exporter: Sendable {
    private let pipeline: Pipeline
    private let transport: any ExportTransport
    private let retry: RetryPolicy

    init(pipeline: Pipeline, transport: any ExportTransport, retry: RetryPolicy) {
        self.pipeline = pipeline
        self.transport = transport
        self.retry = retry
    }

    /// Exports until the pipeline is drained or abandoned.
    ///
    /// The body of the exporter's thread.
    func run() {
        var random = SystemRandomNumberGenerator()
        while let chunk = pipeline.nextBatch() {
            pipeline.complete(chunk, export(chunk, using: &random))
        }
        pipeline.exporterEnded()
    }

    private func export(_ chunk: Chunk, using random: inout some RandomNumberGenerator) -> ExportOutcome {
        var outcome = ExportOutcome()
        var schedule = RetrySchedule(policy: retry, now: MonotonicClock.now())
        while true {
            outcome.requests += 1
            switch transport.send(chunk.bytes) {
            case .accepted(let rejectedItems):
                outcome.lostItems = min(rejectedItems, chunk.itemCount)
                outcome.reason = rejectedItems > 0 ? .itemsRejected : nil
                return outcome
            case .rejected(let reason):
                return outcome.losing(chunk.itemCount, .exportRejected, failure: reason)
            case .retryable(let reason, let retryAfter):
                outcome.failure = reason
                let next = schedule.nextAttempt(now: MonotonicClock.now(), retryAfter: retryAfter, using: &random)
                guard !pipeline.isAbandoned else {
                    return outcome.losing(chunk.itemCount, .shutdownTimedOut, failure: reason)
                }
                guard let next else {
                    return outcome.losing(chunk.itemCount, .retriesExhausted, failure: reason)
                }
                guard pipeline.pause(until: next) else {
                    return outcome.losing(chunk.itemCount, .shutdownTimedOut, failure: reason)
                }
            }
        }
    }
}

extension ExportOutcome {
    /// The same outcome with items lost.
    fileprivate func losing(_ items: Int, _ reason: TelemetryStatus.DropReason, failure: String) -> ExportOutcome {
        ExportOutcome(lostItems: items, reason: reason, requests: requests, failure: failure)
    }
}
