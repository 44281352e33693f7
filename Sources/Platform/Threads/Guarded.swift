/// A value that can be touched only with its lock held: about 3 ns to take and release when nobody else wants it.
///
/// Does what `Mutex` of Synchronization does, on a pthread mutex: that one works with a futex inside the runtime library,
/// where ThreadSanitizer sees no lock and reports every use from two threads as a race. It is not recursive.
@usableFromInline
package final class Guarded<Value: ~Copyable>: @unchecked Sendable {
    // Sendable: `value` is never changed after `init`, and what it points at is touched only with `lock` held. Memory of
    // its own, because the compiler would watch accesses to a property of a class at run time.
    @usableFromInline
    let lock = Lock()
    @usableFromInline
    let value: UnsafeMutablePointer<Value>

    /// Guards a value, which nobody else may hold on to.
    package init(_ value: consuming Value) {
        self.value = .allocate(capacity: 1)
        self.value.initialize(to: value)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Waits until the lock is free, and runs `body` with it held.
    ///
    /// `body` must not let anything out that shares changeable state with the value.
    @inlinable
    package func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value.pointee)
    }
}
