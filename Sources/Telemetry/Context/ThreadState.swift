import OTLP
import Platform

/// What each recording thread has for itself: its random numbers, and memory to build JSON in.
struct ThreadState: ~Copyable {
    /// The source of ids.
    var random: IDGenerator
    /// A record in protobuf on its way to JSON.
    var protobuf: UnsafeMutableRawBufferPointer
    /// The record in JSON.
    var json: JSONBuffer

    private init() {
        var system = SystemRandomNumberGenerator()
        random = IDGenerator(using: &system)
        protobuf = .allocate(byteCount: 0, alignment: 16)
        json = JSONBuffer(capacity: 64)
    }

    deinit {
        protobuf.deallocate()
    }

    /// Where each thread keeps its state: to be copied by those who are in a hurry, since a global that is initialised
    /// lazily costs a call on Linux.
    static let slot = ThreadSlot { pointer in
        guard let state = pointer?.assumingMemoryBound(to: ThreadState.self) else { return }
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// The calling thread's state: use it at once, and not after the thread might have changed, as it may at `await`.
    ///
    /// Hot: 3 ns after a thread's first call.
    @inline(__always)
    static func current(in slot: ThreadSlot) -> UnsafeMutablePointer<ThreadState> {
        if let pointer = slot.pointer {
            return pointer.assumingMemoryBound(to: ThreadState.self)
        }
        return make()
    }

    @inline(never)
    private static func make() -> UnsafeMutablePointer<ThreadState> {
        let state = UnsafeMutablePointer<ThreadState>.allocate(capacity: 1)
        state.initialize(to: ThreadState())
        slot.set(UnsafeMutableRawPointer(state))
        return state
    }

    /// Memory for a record of `size` bytes in protobuf; its content is lost with the next call.
    mutating func protobufBuffer(size: Int) -> UnsafeMutableRawBufferPointer {
        if protobuf.count < size {
            protobuf.deallocate()
            protobuf = .allocate(byteCount: max(size, 1024), alignment: 16)
        }
        return UnsafeMutableRawBufferPointer(rebasing: protobuf[..<size])
    }
}
