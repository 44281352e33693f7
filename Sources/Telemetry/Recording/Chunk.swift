/// A buffer that holds one export batch as encoded bytes.
///
/// A plain value that refers to memory owned by the `ChunkQueue`: it moves between the queue, the exporter and the
/// pool without reference counting, and only the queue allocates or frees.
struct Chunk {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var capacity: Int
    var byteCount = 0
    var itemCount = 0

    /// Allocates an empty chunk.
    init(capacity: Int) {
        self.capacity = capacity
        self.base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    }

    /// The bytes written so far.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: byteCount)
    }

    /// Makes room for `newCapacity` bytes, keeping what is there.
    mutating func grow(to newCapacity: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        larger.copyMemory(from: base, byteCount: byteCount)
        base.deallocate()
        base = larger
        capacity = newCapacity
    }

    /// Forgets the content and keeps the memory.
    mutating func clear() {
        byteCount = 0
        itemCount = 0
    }

    func deallocate() {
        base.deallocate()
    }
}
