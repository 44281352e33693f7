extension String {
    /// Calls a closure with the text's UTF-8, which is valid only meanwhile.
    ///
    /// For hot paths: nothing is copied, and once inlined nothing is retained either, not even for a string that lies in
    /// an array, since there is no call in the way of which the compiler cannot tell what it releases. `withUTF8`, which
    /// must be called on a variable, costs a retain and a release (27 against 0.6 ns a call).
    @inlinable @inline(__always)
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) else {
            // Only an NSString that was bridged lazily has no UTF-8 of its own, and bridging needs Objective-C: on Linux
            // Foundation copies.
            preconditionFailure("a string is not stored as UTF-8, which cannot be without Objective-C")
        }
        return result
    }
}
