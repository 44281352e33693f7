/// What a producer needs to know of its place in the run.
public struct ProducerContext: Sendable {
    /// The number of the producer, from 0; below 2^22.
    public let producer: Int
    /// How many producers the run has.
    public let producerCount: Int
    /// What one operation hands to the system.
    public let workload: Workload
    /// The seed of everything random.
    public let seed: UInt64
    /// Items whose hash is below it carry a checksum; 0 for none.
    let checksumLimit: UInt64

    /// Creates a context.
    public init(producer: Int, producerCount: Int, workload: Workload, seed: UInt64 = 1) {
        self.producer = producer
        self.producerCount = producerCount
        self.workload = workload
        self.seed = seed
        let every = UInt64(workload.checksumEvery)
        checksumLimit = workload.operation.signal == .metrics || every == 0 ? 0 : .max / every
    }

    /// The `bench.id` of a log's or a span's item: the producer above bit 40, the number below.
    ///
    /// - Parameter number: below 2^40, which one producer at 10 million items a second reaches after 30 hours.
    /// - Returns: `producer << 40 | number`.
    @inlinable
    public func itemIdentifier(of number: UInt64) -> Int64 {
        // Lossless: the sign bit stays clear for producers below 2^22, and so does the one below it.
        Int64(truncatingIfNeeded: UInt64(truncatingIfNeeded: producer) << 40 | number)
    }

    /// The texts of the workload's attributes, made once for all operations.
    public func makePayload() -> Payload {
        Payload(workload, seed: seed)
    }
}
