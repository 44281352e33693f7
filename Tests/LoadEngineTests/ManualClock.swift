import Platform

@testable import LoadEngine

/// A clock that moves only when it is read, slept on or advanced by a test.
///
/// `@unchecked Sendable` is sound: everything that changes is touched with the lock held.
final class ManualClock: PacingClock, @unchecked Sendable {
    private let lock = Lock()
    private var time: UInt64
    private let readingCost: UInt64
    private let overshoot: UInt64
    private var slept: [UInt64] = []

    /// - Parameters:
    ///   - time: where it begins.
    ///   - readingCost: by how much each reading advances it, in nanoseconds.
    ///   - overshoot: by how much each sleep ends late, in nanoseconds.
    init(time: UInt64 = 0, readingCost: UInt64 = 0, overshoot: UInt64 = 0) {
        self.time = time
        self.readingCost = readingCost
        self.overshoot = overshoot
    }

    func now() -> UInt64 {
        lock.withLock {
            time += readingCost
            return time
        }
    }

    func sleep(until moment: UInt64) {
        lock.withLock {
            slept.append(moment)
            time = max(time, moment + overshoot)
        }
    }

    func prepareThread() {}

    func advance(by nanoseconds: UInt64) {
        lock.withLock { time += nanoseconds }
    }

    var sleeps: [UInt64] { lock.withLock { slept } }
}
