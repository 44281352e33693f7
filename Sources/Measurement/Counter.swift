public import Synchronization

/// A counter that one thread advances and any thread reads.
///
/// It has 128 bytes of memory to itself, so that the counters of different threads never share a cache line (nor a pair
/// of lines that the processor fetches together).
///
/// `@unchecked Sendable` is sound: the pointer is constant, the memory lives as long as the object, and every access to
/// it is an atomic one.
@usableFromInline
package final class Counter: @unchecked Sendable {
    @usableFromInline let storage: UnsafeMutablePointer<Atomic<UInt64>>

    private static var alignment: Int { 128 }

    /// Creates a counter that stands at 0.
    package init() {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.alignment, alignment: Self.alignment)
        storage = memory.bindMemory(to: Atomic<UInt64>.self, capacity: 1)
        storage.initialize(to: Atomic(0))
    }

    deinit {
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// Advances the counter.
    ///
    /// Hot path (budget: 1 ns). Only the counter's one writer thread may call it: there is no read-modify-write
    /// instruction. Relaxed is enough, because the count publishes nothing but itself.
    @inlinable
    @inline(__always)
    package func add(_ count: UInt64) {
        // Wrapping addition is exact: 2^64 steps take centuries.
        storage.pointee.store(storage.pointee.load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }

    /// The count now.
    @inlinable package var value: UInt64 {
        storage.pointee.load(ordering: .relaxed)
    }
}
