extension TelemetryConfiguration {
    /// How one signal is batched; what is not said is as for all signals.
    public struct Batching: Sendable {
        /// The number of items that are sent in one request at most.
        ///
        /// 1 … `queueLimit`.
        public var batchSize: Int?
        /// How long an item waits for its batch to fill.
        ///
        /// Positive.
        public var flushInterval: Duration?
        /// The number of items that may wait or be in flight at a time.
        ///
        /// Positive.
        public var queueLimit: Int?
        /// The longest the export of one batch may take, retries included.
        ///
        /// Positive.
        public var exportTimeout: Duration?

        /// Settings that say nothing.
        public init() {}
    }
}
