public import Glibc

/// A mutex for short critical sections: about 3 ns to take and release when nobody else wants it.
///
/// `Mutex` of Synchronization costs 15 ns and protects a value of its own; this one serves where a hot path holds its
/// state elsewhere. It is not recursive.
@usableFromInline
package final class Lock: @unchecked Sendable {
    // Sendable: `handle` is never changed after `init`, and what it points at is touched only through pthread calls,
    // which are made for use by many threads. The memory does not move, as pthread demands.
    @usableFromInline
    let handle: UnsafeMutablePointer<pthread_mutex_t>

    /// An open lock.
    package init() {
        handle = .allocate(capacity: 1)
        handle.initialize(to: pthread_mutex_t())
        let code = pthread_mutex_init(handle, nil)
        precondition(code == 0, "pthread_mutex_init failed with \(code)")
    }

    deinit {
        pthread_mutex_destroy(handle)
        handle.deinitialize(count: 1)
        handle.deallocate()
    }

    /// Waits until the lock is free and takes it.
    ///
    /// Hot.
    @inlinable
    package func lock() {
        pthread_mutex_lock(handle)
    }

    /// Takes the lock if it is free; whether it did.
    @inlinable
    package func tryLock() -> Bool {
        pthread_mutex_trylock(handle) == 0
    }

    /// Releases the lock, which the calling thread must hold.
    ///
    /// Hot.
    @inlinable
    package func unlock() {
        pthread_mutex_unlock(handle)
    }

    /// Runs `body` with the lock held.
    @inlinable
    package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }
}
