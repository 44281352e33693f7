/// What one operation hands to the system.
public struct Workload: Sendable, Equatable {
    /// The kind of item that an operation makes.
    public enum Operation: String, Sendable, Codable, CaseIterable {
        /// An event: a named log record.
        case event
        /// A log record with a severity and a text.
        case log
        /// An error: a log record with `exception.*` attributes.
        case error
        /// A counter that grows by 1.
        case counter
        /// A gauge that takes a value.
        case gauge
        /// A histogram that records a value.
        case histogram
        /// A span, or several in one another.
        case span

        /// The signal that carries it.
        public var signal: Signal {
            switch self {
            case .event, .log, .error: .logs
            case .counter, .gauge, .histogram: .metrics
            case .span: .spans
            }
        }
    }

    /// The signals of OpenTelemetry, as far as the harness drives them.
    public enum Signal: String, Sendable, Codable, CaseIterable {
        /// Log records; each is an item with an id.
        case logs
        /// Spans; each is an item with an id.
        case spans
        /// Metrics; measurements are aggregated by the system, and proved by their sums.
        case metrics
    }

    /// The kind of item.
    public var operation: Operation
    /// How many attributes an item has, the harness's own included.
    ///
    /// The first is `bench.id` (an integer; logs and spans) or `bench.producer` (an integer; metrics); the others are
    /// strings of ``valueLength`` characters. At least 1 for logs and spans; a metric without any is one stream that
    /// all producers share.
    public var attributes: Int
    /// The length of each string attribute's value, and of a log's or an error's text, in ASCII characters.
    public var valueLength: ValueLength
    /// How many spans a span operation nests into one another, itself included; 1 for all other operations.
    public var depth: Int
    /// How many events without attributes each span has; 0 for all other operations.
    public var spanEvents: Int
    /// Of so many logs, events, errors or spans one carries a checksum, on average; 0 for none.
    public var checksumEvery: Int

    /// Each so many-th item or measurement of a producer holds planted secrets, see ``Canary``; 0 for none.
    public var canaryEvery: Int

    /// The value of ``checksumEvery`` unless a profile says otherwise.
    public static let defaultChecksumEvery = 64

    /// Creates a workload.
    public init(
        operation: Operation = .event,
        attributes: Int = 1,
        valueLength: ValueLength = ValueLength(20),
        depth: Int = 1,
        spanEvents: Int = 0,
        checksumEvery: Int = Workload.defaultChecksumEvery,
        canaryEvery: Int = 0
    ) {
        self.operation = operation
        self.attributes = attributes
        self.valueLength = valueLength
        self.depth = depth
        self.spanEvents = spanEvents
        self.checksumEvery = checksumEvery
        self.canaryEvery = canaryEvery
    }

    /// How many items one operation makes.
    public var itemsPerOperation: Int { operation == .span ? depth : 1 }

    /// The length of values: always the same, or drawn anew for each item.
    public struct ValueLength: Sendable, Equatable {
        /// The shortest, in characters.
        public var minimum: Int
        /// The longest, in characters; not below ``minimum``.
        public var maximum: Int

        /// A length that is always the same.
        public init(_ length: Int) {
            self.init(minimum: length, maximum: length)
        }

        /// Lengths between two, both included, evenly distributed.
        public init(minimum: Int, maximum: Int) {
            self.minimum = minimum
            self.maximum = maximum
        }

        /// Whether there is only one length.
        public var isFixed: Bool { minimum == maximum }
    }
}
