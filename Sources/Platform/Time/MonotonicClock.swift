public import Glibc

/// The clock for durations and deadlines: `CLOCK_MONOTONIC`, the same in all processes of a machine.
///
/// The type is `@usableFromInline` because a member of a type that is only `package` is never inlined into another
/// module, whatever the member is marked with (Swift 6.3.1).
@usableFromInline
package enum MonotonicClock {
    /// Nanoseconds since an arbitrary start, never going back.
    ///
    /// Hot: one `clock_gettime` in the vDSO, 20 to 25 ns.
    @inlinable
    package static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        // Seconds since boot and a nanosecond part below 10^9: no overflow for 584 years.
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// The moment that lies `nanoseconds` from now; `UInt64.max`, which never comes, where the sum does not fit.
    @inlinable
    package static func deadline(after nanoseconds: UInt64) -> UInt64 {
        let (sum, overflow) = now().addingReportingOverflow(nanoseconds)
        return overflow ? .max : sum
    }
}

extension timespec {
    /// A duration or moment in nanoseconds; what does not fit the kernel's range becomes its end.
    init(nanoseconds: UInt64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
