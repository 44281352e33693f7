import Synchronization

/// What the connections of a sink count together.
///
/// Relaxed: each is a number of its own that guards nothing.
internal final class SinkTally: Sendable {
    /// Connections open now.
    internal let connections = Atomic<UInt64>(0)
    /// Requests taken so far, of every kind.
    internal let requests = Atomic<UInt64>(0)

    /// All counts at zero.
    internal init() {}
}
