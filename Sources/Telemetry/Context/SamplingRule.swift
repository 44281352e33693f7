/// A `Sampler`, compiled to what a decision needs.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/sdk/#built-in-samplers
struct SamplingRule {
    /// A trace without a parent is sampled if the last 56 bits of its id are below this: 2⁵⁶ samples all.
    let rootBound: UInt64
    /// The same for a trace whose parent is sampled.
    let sampledParentBound: UInt64
    /// The same for a trace whose parent is not.
    let unsampledParentBound: UInt64

    private static let all: UInt64 = 1 << 56

    /// Compiles a valid sampler.
    init(_ sampler: Sampler) {
        rootBound = Self.bound(sampler, parent: nil)
        sampledParentBound = Self.bound(sampler, parent: true)
        unsampledParentBound = Self.bound(sampler, parent: false)
    }

    private static func bound(_ sampler: Sampler, parent: Bool?) -> UInt64 {
        switch sampler {
        case .alwaysOn: all
        case .alwaysOff: 0
        // The highest ids are sampled under the W3C's rule, the lowest under the older one; both agree on the share.
        case .traceIDRatio(let ratio): UInt64(max(0, min(1, ratio)) * Double(all))
        case .parentBased(let root): parent.map { $0 ? all : 0 } ?? bound(root, parent: nil)
        }
    }

    /// Whether a span is recorded.
    ///
    /// Hot. The same trace id is judged alike by every ratio, so that of two ratios the smaller one's traces are among
    /// the larger one's.
    ///
    /// - Parameters:
    ///   - traceID: The trace's id, whose last seven bytes are random.
    ///   - parent: Whether the parent is sampled; nil without a parent.
    /// - Returns: The decision.
    @inline(__always)
    func isSampled(_ traceID: TraceID, parent: Bool?) -> Bool {
        let bound = parent.map { $0 ? sampledParentBound : unsampledParentBound } ?? rootBound
        return traceID.low & (Self.all - 1) < bound
    }
}
