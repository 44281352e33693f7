import Synchronization

/// How many spans a client has started, by where their parents are and whether they are recorded.
///
/// Counted by as many threads as may be, so in eight places far enough from each other that threads seldom meet; a
/// thread keeps to one of them.
final class SpanTally: @unchecked Sendable {
    // Sendable: the address is constant, and the words are atomic.

    /// Where the parent of a span is.
    enum ParentOrigin: Int, CaseIterable {
        case none
        case local
        case remote
    }

    private static let places = 8
    /// Words of a place: two cache lines, which processors fetch together.
    private static let stride = 16

    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// Begins to count.
    init() {
        words = .allocate(capacity: Self.places * Self.stride)
        for index in 0..<Self.places * Self.stride { (words + index).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: Self.places * Self.stride)
        words.deallocate()
    }

    /// Counts a span.
    ///
    /// Hot: about 5 ns. Relaxed: only the sums matter.
    ///
    /// - Parameters:
    ///   - parent: The parent's context; nil without one.
    ///   - isSampled: Whether the span is recorded.
    ///   - thread: An address that each thread has for itself.
    @inline(__always)
    func count(parent: SpanContext?, isSampled: Bool, thread: UnsafeRawPointer) {
        let origin: ParentOrigin = parent.map { $0.isRemote ? .remote : .local } ?? .none
        // The highest bits of the product depend on all bits of the address; wrapping is what makes it so.
        let place = Int(truncatingIfNeeded: (UInt64(UInt(bitPattern: thread)) &* 0x9E37_79B9_7F4A_7C15) >> 61)
        words[place &* Self.stride &+ Self.word(origin, isSampled)].wrappingAdd(1, ordering: .relaxed)
    }

    /// How many spans were started so far.
    func started(_ origin: ParentOrigin, isSampled: Bool) -> UInt64 {
        (0..<Self.places).reduce(0) { sum, place in
            sum + words[place * Self.stride + Self.word(origin, isSampled)].load(ordering: .relaxed)
        }
    }

    @inline(__always)
    private static func word(_ origin: ParentOrigin, _ isSampled: Bool) -> Int {
        2 &* origin.rawValue &+ (isSampled ? 1 : 0)
    }
}
