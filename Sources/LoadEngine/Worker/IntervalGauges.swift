/// Reads at the end of each interval what has no history of its own: the heap, and what the system holds.
///
/// Once a second, on the reporter's thread: about 10 µs for the heap of a small process (more with many arenas or much
/// free memory in pieces, `mallinfo2` holds each arena's lock in turn meanwhile), and the system's own counters.
struct IntervalGauges: Sendable {
    /// What the program has allocated and not freed, in bytes; nil where the allocator does not say.
    let bytesInUse: @Sendable () -> UInt64?
    /// The system's account of its items.
    let counters: @Sendable () -> SystemCounters

    /// Reads a process and the system in it.
    init(host: WorkerHost, system: any TelemetrySystem) {
        bytesInUse = { host.usage().bytesInUse }
        counters = { system.counters() }
    }
}
