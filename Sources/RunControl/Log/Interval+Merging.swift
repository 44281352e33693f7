import LoadEngine
import Results

extension RunLogRecord.Interval {
    /// Adds the interval that follows in the same phase; distributions are not looked at.
    mutating func merge(_ next: RunLogRecord.Interval) {
        var heap = bytesInUseExtent
        if heap == nil, let bytes = counts.bytesInUse { heap.add(bytes) }
        if let extent = next.bytesInUseExtent {
            heap.add(extent)
        } else if let bytes = next.counts.bytesInUse {
            heap.add(bytes)
        }
        bytesInUseExtent = heap
        if let extent = next.residentExtent { residentExtent.add(extent) }
        counts.merge(next.counts)
        delivered = next.delivered ?? delivered
        deliveredWithIDs = next.deliveredWithIDs ?? deliveredWithIDs
        residentBytes = next.residentBytes ?? residentBytes
        cpuNanoseconds = next.cpuNanoseconds ?? cpuNanoseconds
    }
}

extension WorkerMessage.Interval {
    fileprivate mutating func merge(_ next: WorkerMessage.Interval) {
        elapsedNanoseconds = next.elapsedNanoseconds
        operations += next.operations
        attempted += next.attempted
        accepted += next.accepted
        rejected += next.rejected
        missed += next.missed
        bytesInUse = next.bytesInUse ?? bytesInUse
        drainedBytesInUse = [drainedBytesInUse, next.drainedBytesInUse].compactMap(\.self).min()
        (queuedItems, queuedBytes) = (next.queuedItems ?? queuedItems, next.queuedBytes ?? queuedBytes)
    }
}
