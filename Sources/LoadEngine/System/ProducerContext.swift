/// What a producer needs to know of its place in the run.
public struct ProducerContext: Sendable {
    /// The number of the producer, from 0; below 2^23.
    public let producer: Int
    /// How many producers the run has.
    public let producerCount: Int
    /// What one operation hands to the system.
    public let workload: Workload

    /// Creates a context.
    public init(producer: Int, producerCount: Int, workload: Workload) {
        self.producer = producer
        self.producerCount = producerCount
        self.workload = workload
    }

    /// The `bench.id` of an operation's item: the producer above bit 40, the sequence below.
    ///
    /// - Parameter sequence: below 2^40, which one producer at 10 million operations a second reaches after 30 hours.
    /// - Returns: `producer << 40 | sequence`.
    @inlinable
    public func itemIdentifier(of sequence: UInt64) -> Int64 {
        // Lossless: the sign bit stays clear for producers below 2^23.
        Int64(truncatingIfNeeded: UInt64(truncatingIfNeeded: producer) << 40 | sequence)
    }
}
