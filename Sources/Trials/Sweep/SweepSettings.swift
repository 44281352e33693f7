import HarnessCore
package import Telemetry

/// How the SDK is set up in a case of the sweep: small queues and short times, so that limits are met.
package struct SweepSettings: Sendable, Equatable {
    /// Whether requests are JSON.
    package let isJSON: Bool
    /// Whether bodies are compressed.
    package let isCompressed: Bool
    /// Whether callers wait when the queue is full.
    package let waits: Bool
    /// Whether items leave only when a flush asks for them.
    package let isManual: Bool
    /// Items in a batch.
    package let batchSize: Int
    /// Items in the queue.
    package let queueLimit: Int
    /// Bytes in the queue.
    package let queueBytes: Int
    /// How long a batch waits to be filled, in milliseconds.
    package let flushInterval: Int
    /// How long a request may take, in milliseconds.
    package let requestTimeout: Int
    /// The first and the longest pause between retries, in milliseconds.
    package let backoff: Int
    /// How long a batch is tried, in milliseconds.
    package let retryTime: Int

    init(_ random: inout SplitMix64) {
        isJSON = random.happens(0.5)
        isCompressed = random.happens(0.2)
        waits = random.happens(0.4)
        // Callers that wait for a queue that nobody empties wait until the shutdown: that is what was asked for.
        isManual = !waits && random.happens(0.15)
        batchSize = random.pick([1, 2, 5, 16, 64])
        queueLimit = batchSize * random.pick([1, 2, 4, 16])
        queueBytes = random.pick([2_000, 20_000, 1_000_000])
        flushInterval = random.pick([1, 5, 20, 3_600_000])
        requestTimeout = random.pick([10, 25, 60])
        backoff = random.pick([1, 3, 8])
        retryTime = random.pick([0, 10, 40, 100])
    }

    /// The settings as the SDK takes them.
    ///
    /// - Parameters:
    ///   - endpoint: Where the receiver is.
    ///   - run: What the receiver calls the run.
    /// - Returns: Settings that the SDK takes.
    package func configuration(endpoint: String, run: String) -> TelemetryConfiguration {
        var configuration = TelemetryConfiguration(projectName: "sweep")
        configuration.resourceAttributes = ["bench.run_id": .string(run)]
        configuration.endpoint = endpoint
        configuration.isEnabled = true
        configuration.protocolFormat = isJSON ? .json : .protobuf
        configuration.compression = isCompressed ? .gzip : ExportCompression.none
        configuration.compressionThreshold = 200
        configuration.overflow = waits ? .wait : .dropNewest
        configuration.exportMode = isManual ? .manual : .automatic
        configuration.batchSize = batchSize
        configuration.queueLimit = queueLimit
        configuration.queueByteLimit = queueBytes
        configuration.flushInterval = .milliseconds(flushInterval)
        configuration.metricInterval = .milliseconds(flushInterval)
        configuration.requestTimeout = .milliseconds(requestTimeout)
        configuration.retry.initialBackoff = .milliseconds(backoff)
        configuration.retry.maximumBackoff = .milliseconds(backoff * 2)
        configuration.retry.maximumElapsed = .milliseconds(retryTime)
        return configuration
    }
}
