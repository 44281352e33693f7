import Synchronization

/// The span that what is recorded belongs to, by task or thread.
///
/// Source: https://opentelemetry.io/docs/specs/otel/context/
enum CurrentSpan {
    /// The innermost `withSpan` around the running code; child tasks inherit it.
    @TaskLocal static var storage: SpanStorage?

    /// Whether any `withSpan` was ever entered: programs without one save the look-up.
    ///
    /// Relaxed is enough: a thread that is inside a `withSpan` has seen its own store, and a child task's start orders it
    /// behind its parent's.
    private static let isUsed = Atomic<Bool>(false)

    /// The context of the current span.
    ///
    /// Hot.
    @inline(__always)
    static var context: SpanContext? {
        isUsed.load(ordering: .relaxed) ? lookUp() : nil
    }

    @inline(never)
    private static func lookUp() -> SpanContext? {
        storage?.context
    }

    /// To be called before `storage` is bound.
    static func willBind() {
        if !isUsed.load(ordering: .relaxed) { isUsed.store(true, ordering: .relaxed) }
    }
}
