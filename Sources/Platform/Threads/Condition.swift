public import Glibc

/// A mutex with a condition variable; deadlines are moments of `MonotonicClock`, so clock steps do not touch them.
///
/// Waiting may end without reason: always wait in a loop that tests the state.
@usableFromInline
package final class Condition: @unchecked Sendable {
    // Sendable: both pointers are never changed after `init`, and what they point at is touched only through pthread
    // calls, which are made for use by many threads.
    @usableFromInline
    let condition: UnsafeMutablePointer<pthread_cond_t>

    @usableFromInline
    let mutex: Lock

    /// A condition with an open mutex: the one given, so that several conditions can share it, or one of its own.
    package init(lock: Lock = Lock()) {
        mutex = lock
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        let code = pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
        precondition(code == 0, "pthread_cond_init failed with \(code)")
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deinitialize(count: 1)
        condition.deallocate()
    }

    /// Waits until the mutex is free and takes it.
    @inlinable
    package func lock() {
        mutex.lock()
    }

    /// Releases the mutex, which the calling thread must hold.
    @inlinable
    package func unlock() {
        mutex.unlock()
    }

    /// Runs `body` with the mutex held.
    @inlinable
    package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try mutex.withLock(body)
    }

    /// Releases the mutex, waits for a signal and takes it again.
    ///
    /// The calling thread must hold it.
    package func wait() {
        pthread_cond_wait(condition, mutex.handle)
    }

    /// As `wait()`, but no longer than until `monotonic`; false if that moment passed without a signal.
    package func wait(untilMonotonic monotonic: UInt64) -> Bool {
        var deadline = timespec(nanoseconds: monotonic)
        return pthread_cond_timedwait(condition, mutex.handle, &deadline) != ETIMEDOUT
    }

    /// Wakes one waiting thread, if there is one.
    ///
    /// Cheap when there is none.
    @inlinable
    package func signal() {
        pthread_cond_signal(condition)
    }

    /// Wakes all waiting threads.
    @inlinable
    package func broadcast() {
        pthread_cond_broadcast(condition)
    }
}
