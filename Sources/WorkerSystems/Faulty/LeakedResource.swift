import Platform
import Synchronization

/// What a leaking system does not give back.
enum LeakedResource: Sendable {
    /// So many bytes of the heap.
    case memory(bytes: Int)
    /// A file descriptor.
    case descriptor
    /// A thread that waits.
    case thread

    /// Takes one and forgets it.
    ///
    /// What cannot be taken, because the process has reached its limit, is not leaked.
    @inline(never)
    func forget() {
        switch self {
        case .memory(let bytes):
            let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
            // Written, so that it is resident.
            memory.initializeMemory(as: UInt8.self, repeating: 0xA5, count: bytes)
        case .descriptor:
            try? OwnedDescriptor.null().abandon()
        case .thread:
            _ = try? PlatformThread.start(name: "leaked", stackBytes: 64 << 10) {
                let never = Condition()
                never.lock()
                while true { never.wait() }
            }
        }
    }
}

/// Counts occasions from any thread, and picks every N-th.
final class Turns: Sendable {
    private let count = Atomic<UInt64>(0)

    /// Whether this occasion is picked.
    ///
    /// - Parameter every: N, at least 1.
    /// - Returns: true once in N times.
    func next(_ every: UInt64) -> Bool {
        // Relaxed: the count publishes nothing but itself.
        count.wrappingAdd(1, ordering: .relaxed).newValue % every == 0
    }
}
