import Platform

/// A value that threads of a test share.
package final class Shared<Value>: @unchecked Sendable {
    // Sendable: `value` is touched only with `lock` held.
    private let lock = Lock()
    private var value: Value

    /// Shares a value.
    package init(_ value: Value) {
        self.value = value
    }

    /// The value as it is now.
    package func get() -> Value {
        lock.withLock { value }
    }

    /// Puts another value in its place.
    package func set(_ value: Value) {
        lock.withLock { self.value = value }
    }

    /// Changes the value; no other thread sees a state in between.
    package func update<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.withLock { body(&value) }
    }
}
