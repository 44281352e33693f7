/// How much a ledger remembers at most; what does not fit is counted as foreign, never dropped silently.
package struct LedgerLimits: Equatable, Sendable {
    /// Most runs remembered at a time.
    ///
    /// Items of further runs count as foreign in the run with the empty name.
    package var maximumRuns = 256

    /// Most producers of a run: their indices are below this number.
    ///
    /// Items of others are foreign.
    package var maximumProducers = 4096

    /// Sequence numbers are below this one: 2^36, 68 thousand million.
    ///
    /// Items beyond are foreign.
    package var maximumSequence: Int64 = 1 << 36

    /// Most bytes of bitmaps and metric streams, over all runs: 512 MiB, good for 4 thousand million items without gaps.
    ///
    /// Items that would need more are foreign, points refused.
    package var maximumBytes = 512 << 20

    /// Longest name of a run, in bytes of UTF-8.
    ///
    /// Items of runs with longer names count as items without a run.
    package var maximumRunNameBytes = 256

    /// Most metric streams of a run.
    ///
    /// Points of others are refused.
    package var maximumMetricStreams = 100_000

    /// Most attributes of a data point.
    ///
    /// Points with more are refused.
    package var maximumPointAttributes = 1_000

    /// The limits described at each property.
    package init() {}
}
