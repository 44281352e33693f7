import Results

/// The readings of memory that are made each minute of a phase, thinned out where there are many.
///
/// When there are 60 of them every second one goes, and from then on only every second one is kept: memory and result
/// stay small, however long a run is.
struct MinuteReadings {
    /// The distance of two readings, in nanoseconds.
    static let period: UInt64 = 60_000_000_000
    private static let capacity = 60

    /// The readings that are kept, in order.
    private(set) var checkpoints: [CheckpointRecord] = []
    private var stride = 1
    private var count = 0

    /// Adds a reading.
    mutating func add(_ checkpoint: CheckpointRecord) {
        if count.isMultiple(of: stride) { checkpoints.append(checkpoint) }
        count += 1
        guard checkpoints.count > Self.capacity else { return }
        checkpoints = checkpoints.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        stride *= 2
    }

    /// The readings among the checkpoints at the ends of phases, in order of time.
    func merged(with ends: [CheckpointRecord]) -> [CheckpointRecord] {
        guard !checkpoints.isEmpty else { return ends }
        return (ends + checkpoints).enumerated().sorted { one, other in
            (one.element.elapsedSeconds ?? 0, one.offset) < (other.element.elapsedSeconds ?? 0, other.offset)
        }.map(\.element)
    }
}
