import Platform

/// How fast a thread touches memory.
///
/// A disturbed memory system moves figures by tens of percent while loops within registers notice nothing.
enum MemoryGauge {
    private static let bytes = 4 << 20

    /// Copies 4 MB back and forth for a while.
    ///
    /// - Parameter nanoseconds: how long; at least one copy is made.
    /// - Returns: bytes read and written in a second, of the fastest copy.
    static func bytesPerSecond(nanoseconds: UInt64) -> Double? {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * bytes, alignment: 4096)
        defer { memory.deallocate() }
        // The first touch of a page is the kernel's work.
        memory.initializeMemory(as: UInt8.self, repeating: 1)
        let halves = [
            UnsafeMutableRawBufferPointer(rebasing: memory[..<bytes]),
            UnsafeMutableRawBufferPointer(rebasing: memory[bytes...]),
        ]
        let start = MonotonicClock.now()
        var fastest = UInt64.max
        var turn = 0
        var last = start
        repeat {
            halves[turn].copyMemory(from: UnsafeRawBufferPointer(halves[1 - turn]))
            turn = 1 - turn
            let now = MonotonicClock.now()
            fastest = min(fastest, now - last)
            last = now
        } while last - start < nanoseconds
        // Read and written: each byte counts twice.
        return fastest > 0 ? 2 * Double(bytes) * 1e9 / Double(fastest) : nil
    }
}
