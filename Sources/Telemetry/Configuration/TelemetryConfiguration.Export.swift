extension TelemetryConfiguration {
    /// Where and how one signal is exported; what is not said is as for all signals.
    public struct Export: Sendable {
        /// The address that requests are posted to, used as it is: nothing is appended.
        public var endpoint: String?
        /// Headers of every request, instead of those for all signals.
        public var headers: [String: String]?
        /// How bodies are compressed.
        public var compression: ExportCompression?
        /// The longest a single request may take, answer included.
        ///
        /// Positive.
        public var requestTimeout: Duration?
        /// The encoding of requests.
        public var protocolFormat: ProtocolFormat?

        /// Settings that say nothing.
        public init() {}
    }
}
