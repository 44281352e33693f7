public import Glibc

/// A pointer that each thread has for itself, null until it is set: 2 ns to read.
///
/// Slots are never given back, and a process has about a thousand: keep one in a global.
@usableFromInline
package struct ThreadSlot: Sendable {
    @usableFromInline
    let key: pthread_key_t

    /// Takes a slot.
    ///
    /// - Parameter destructor: Called with the pointer of each thread that ends with one set.
    package init(destructor: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void) {
        var key = pthread_key_t()
        let code = pthread_key_create(&key, destructor)
        precondition(code == 0, "pthread_key_create failed with \(code)")
        self.key = key
    }

    /// The calling thread's pointer.
    ///
    /// Hot.
    @inlinable
    package var pointer: UnsafeMutableRawPointer? {
        pthread_getspecific(key)
    }

    /// Sets the calling thread's pointer.
    package func set(_ pointer: UnsafeMutableRawPointer?) {
        let code = pthread_setspecific(key, pointer)
        precondition(code == 0, "pthread_setspecific failed with \(code)")
    }
}
