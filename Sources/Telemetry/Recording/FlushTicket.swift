/// A flush under way: what has to be completed for it to end.
struct FlushTicket {
    /// Items that were accepted before it.
    var target: UInt64
    /// Failed items that an earlier flush has told about.
    var reportedFailures: UInt64
}
