import Platform

/// Waiting in tests: always bounded, never for a fixed time.
package enum Waiting {
    /// The longest wait for something that must happen, generous for a loaded machine: 20 s in nanoseconds.
    package static let limitNanoseconds: UInt64 = 20_000_000_000

    /// A moment of `MonotonicClock` at which a test gives up.
    package static func deadline() -> UInt64 {
        MonotonicClock.deadline(after: limitNanoseconds)
    }

    /// Asks every millisecond until `condition` holds; false if it does not within the limit.
    package static func until(_ condition: () throws -> Bool) rethrows -> Bool {
        let deadline = deadline()
        while MonotonicClock.now() < deadline {
            if try condition() {
                return true
            }
            Sleep.for(nanoseconds: 1_000_000)
        }
        return try condition()
    }
}
