import CLinux
import Glibc

/// Waiting for descriptors with a deadline, by poll(2).
package enum Poll {
    /// What to wait for.
    package enum Event: Sendable {
        /// Bytes, a connection or the end of the stream can be read.
        case readable
        /// Bytes can be written, or a connection attempt has an outcome.
        case writable
    }

    /// Waits until one of the descriptors can be read.
    ///
    /// - Parameters:
    ///   - descriptors: what to watch; with none this is a sleep.
    ///   - deadline: a moment of `MonotonicClock`; one that has passed makes this a look without waiting.
    /// - Returns: those that have bytes, have ended or have an error, in the order given; none if the deadline passed.
    /// - Throws: `SystemError` if one is not an open descriptor, or poll fails.
    package static func readable(_ descriptors: [Int32], deadline: UInt64) throws(SystemError) -> [Int32] {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard try wait(&entries, deadline: deadline) > 0 else {
            return []
        }
        return entries.filter { $0.revents != 0 }.map(\.fd)
    }

    /// Waits for one descriptor; false if the deadline passed.
    ///
    /// An error or a closed peer count as ready: the next call on the descriptor reports them.
    ///
    /// - Throws: `SystemError` if it is not an open descriptor, or poll fails.
    package static func wait(
        _ descriptor: Int32,
        for event: Event,
        deadline: UInt64
    ) throws(SystemError) -> Bool {
        let events = Int16(event == .readable ? POLLIN : POLLOUT)
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        let ready = try withUnsafeMutablePointer(to: &entry) { pointer throws(SystemError) in
            try wait(UnsafeMutableBufferPointer(start: pointer, count: 1), deadline: deadline)
        }
        return ready > 0
    }

    private static func wait(_ entries: inout [pollfd], deadline: UInt64) throws(SystemError) -> Int {
        var failure: SystemError?
        let ready = entries.withUnsafeMutableBufferPointer { buffer in
            do throws(SystemError) {
                return try wait(buffer, deadline: deadline)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure {
            throw failure
        }
        return ready
    }

    private static func wait(
        _ entries: UnsafeMutableBufferPointer<pollfd>,
        deadline: UInt64
    ) throws(SystemError) -> Int {
        while true {
            let now = MonotonicClock.now()
            var remaining = timespec(nanoseconds: deadline > now ? deadline - now : 0)
            let ready = ppoll(entries.baseAddress, nfds_t(entries.count), &remaining, nil)
            if ready < 0 {
                let failure = SystemError.last("poll")
                guard failure.code == EINTR else {
                    throw failure
                }
                continue
            }
            if let closed = entries.first(where: { Int32($0.revents) & POLLNVAL != 0 }) {
                throw SystemError(code: EBADF, call: "poll", subject: "descriptor \(closed.fd)")
            }
            if ready > 0 || MonotonicClock.now() >= deadline {
                return Int(ready)
            }
        }
    }
}
