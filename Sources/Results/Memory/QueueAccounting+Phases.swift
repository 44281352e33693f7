import Measurement

extension QueueAccounting {
    /// The fewest depths that make a line worth drawing.
    package static let fewestDepths = 3

    /// Fits a line through the memory that phases of growing depth held.
    ///
    ///     bytes in use
    ///          │                    ×  20,000 items
    ///          │          ×  10,000       slope: bytes for each item
    ///          │  ×  1,000
    ///          └──────────────────────── items held
    ///
    /// What counts is what was in use beyond the first phase's beginning: a system that keeps the buffers of earlier phases
    /// has the same memory for the same depth as one that frees them, as long as each phase is deeper than all before it.
    /// Other phases are left out, and so are those of which something was exported before their end.
    ///
    /// Nil with fewer than ``fewestDepths`` such phases.
    ///
    /// - Parameter phases: all phases of a repetition, in order.
    package init?(_ phases: [PhaseResult]) {
        var depths: [Depth] = []
        var before: (heap: UInt64, resident: UInt64?)?
        for phase in phases {
            guard let memory = phase.memory, let items = memory.heldItems, items > 0, items == phase.load.accepted,
                items > depths.last?.items ?? 0, let heap = memory.heldBytesInUse, let start = memory.bytesInUseStart
            else { continue }
            let origin = before ?? (start, memory.rssStartBytes)
            before = origin
            var depth = Depth(phase: phase.name, items: items, heapBytes: Self.growth(origin.heap, heap))
            if let first = origin.resident, let resident = memory.heldRSSBytes {
                depth.residentBytes = Self.growth(first, resident)
            }
            depth.reportedBytes = memory.heldQueuedBytes
            depths.append(depth)
        }
        func line(_ bytes: (Depth) -> Double?) -> TheilSen? {
            let points = depths.compactMap { depth in bytes(depth).map { (x: Double(depth.items), y: $0) } }
            return points.count == depths.count ? TheilSen(points) : nil
        }
        guard depths.count >= Self.fewestDepths, let heap = line({ Double($0.heapBytes) }) else { return nil }
        self.depths = depths
        heapBytesPerItem = heap.slope
        (heapBytesPerItemLow, heapBytesPerItemHigh) = (heap.interval?.lower, heap.interval?.upper)
        baseBytes = heap.intercept
        residentBytesPerItem = line { $0.residentBytes.map { Double($0) } }?.slope
        reportedBytesPerItem = line { $0.reportedBytes.map { Double($0) } }?.slope
    }

    private static func growth(_ before: UInt64, _ after: UInt64) -> Int64 {
        Int64(clamping: after) - Int64(clamping: before)
    }
}
