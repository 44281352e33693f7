public import Synchronization

/// A latency histogram of fixed size: one thread records, any thread reads.
///
/// Values are nanoseconds from 0 to one hour at three significant digits (``HistogramLayout``). All memory, 270 KB, is
/// allocated and touched when the histogram is made, so that recording never adds to a process's resident size.
///
/// Recording is a hot path (budget: 4 ns): it neither allocates nor locks, and uses no read-modify-write instruction,
/// because there is one writer.
///
/// `@unchecked Sendable` is sound: the pointer is constant, the memory lives as long as the object, and every access to
/// it is an atomic one.
@usableFromInline
package final class Histogram: @unchecked Sendable {
    @usableFromInline let counts: UnsafeMutablePointer<Atomic<UInt64>>
    @usableFromInline let saturated: UnsafeMutablePointer<Atomic<UInt64>>

    /// Creates an empty histogram and touches all of its memory.
    package init() {
        // One allocation: the counts, then the counter of clamped values.
        counts = .allocate(capacity: HistogramLayout.slotCount + 1)
        for index in 0...HistogramLayout.slotCount {
            (counts + index).initialize(to: Atomic(0))
        }
        saturated = counts + HistogramLayout.slotCount
    }

    deinit {
        counts.deinitialize(count: HistogramLayout.slotCount + 1)
        counts.deallocate()
    }

    /// Records one value.
    ///
    /// Only the histogram's one writer thread may call it. Neither allocates nor blocks.
    ///
    /// - Parameter nanoseconds: the value; more than one hour is recorded as one hour and counted in
    ///   ``saturatedCount``.
    @inlinable
    @inline(__always)
    package func record(_ nanoseconds: UInt64) {
        record(nanoseconds, count: 1)
    }

    /// Records a value several times at once.
    ///
    /// Only the histogram's one writer thread may call it. Neither allocates nor blocks.
    ///
    /// - Parameters:
    ///   - nanoseconds: the value; more than one hour is recorded as one hour and counted in ``saturatedCount``.
    ///   - count: how often it occurred.
    @inlinable
    @inline(__always)
    package func record(_ nanoseconds: UInt64, count: UInt64) {
        var value = nanoseconds
        if value > HistogramLayout.highestTrackableValue {
            value = HistogramLayout.highestTrackableValue
            Self.add(count, to: saturated)
        }
        Self.add(count, to: counts + HistogramLayout.index(of: value))
    }

    /// How many of the recorded values were above one hour and were recorded as one hour.
    package var saturatedCount: UInt64 {
        saturated.pointee.load(ordering: .relaxed)
    }

    /// The counts as they are now.
    ///
    /// May be called from any thread at any time, also while values are recorded: each count is then the one before or
    /// after the recording. Allocates; takes some ten microseconds.
    package func snapshot() -> HistogramSnapshot {
        var snapshot = HistogramSnapshot()
        snapshot.add(self)
        return snapshot
    }

    /// Relaxed is enough: a count carries no other data with it, and one writer needs no read-modify-write.
    @inlinable
    @inline(__always)
    static func add(_ count: UInt64, to slot: UnsafeMutablePointer<Atomic<UInt64>>) {
        // Wrapping addition is exact: 2^64 recordings take centuries.
        slot.pointee.store(slot.pointee.load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }
}
