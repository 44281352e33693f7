/// The settings of a `Telemetry` client.
///
/// The defaults are those of OpenTelemetry's batching log processor: batches of 512 from a queue of 2,048, one second
/// apart at most (https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor).
public struct TelemetryConfiguration: Sendable {
    /// What happens to an item when the queue is full.
    public enum OverflowPolicy: Sendable, Equatable {
        /// The new item is refused and counted; the caller never waits.
        case dropNewest
        /// The caller waits until there is room or the client is shut down.
        case wait
    }

    /// When full or old batches are sent.
    public enum ExportMode: Sendable, Equatable {
        /// When a batch is full, when the flush interval has passed, and on flush.
        case automatic
        /// On flush and shutdown only: for programs that choose their own quiet moments.
        case manual
    }

    /// The name of the program, sent as `service.name`.
    ///
    /// Not empty.
    public var projectName: String
    /// The version of the program, sent as `service.version`.
    public var projectVersion: String?
    /// The receiver's base address; `/v1/logs` is appended to it.
    public var endpoint: String = "http://localhost:4318"
    /// Whether anything is recorded; when false every call is a cheap no-op.
    public var isEnabled: Bool = true
    /// The number of items that are sent in one request at most.
    ///
    /// 1 … `queueLimit`.
    public var batchSize: Int = 512
    /// How long an item waits for its batch to fill.
    ///
    /// Positive.
    public var flushInterval: Duration = .seconds(1)
    /// The number of items that may wait or be in flight at a time.
    ///
    /// Positive.
    public var queueLimit: Int = 2048
    /// The encoded bytes that may wait or be in flight at a time.
    ///
    /// Positive.
    public var queueByteLimit: Int = 64 << 20
    /// What happens when the queue is full.
    public var overflow: OverflowPolicy = .dropNewest
    /// When batches are sent.
    public var exportMode: ExportMode = .automatic
    /// The longest a single request may take, answer included.
    ///
    /// Positive.
    public var requestTimeout: Duration = .seconds(10)
    /// How failed requests are repeated.
    public var retry: RetryPolicy = RetryPolicy()
    /// Attributes of the resource, sent once a request after `service.*` and `telemetry.sdk.*`.
    public var resourceAttributes: Attributes = [:]

    /// Makes the default settings for a program.
    ///
    /// - Parameters:
    ///   - projectName: The name of the program; checked when the client is made.
    ///   - endpoint: The receiver's base address, `http://host:port`.
    public init(projectName: String, endpoint: String = "http://localhost:4318") {
        self.projectName = projectName
        self.endpoint = endpoint
    }
}
