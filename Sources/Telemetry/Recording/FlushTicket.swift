/// How a flush of one signal ended.
struct FlushOutcome {
    /// What the caller is told, if nothing worse happened to another signal.
    var result: FlushResult
    /// Items that have failed so far: once the caller has been told, they need not be told again.
    var failures: UInt64
}

/// A flush under way: what has to be completed for it to end.
struct FlushTicket {
    /// Items that were accepted before it.
    var target: UInt64
    /// Failed items that an earlier flush has told about.
    var reportedFailures: UInt64
}
