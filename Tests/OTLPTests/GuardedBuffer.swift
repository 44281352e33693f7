import Glibc
import Testing

/// Memory between two pages that cannot be read: a load before its first or beyond its last byte ends the process.
final class GuardedBuffer {
    private let mapping: UnsafeMutableRawPointer
    private let page: Int
    private let size: Int

    /// A buffer for inputs of up to `capacity` bytes.
    init(capacity: Int) throws {
        page = Int(getpagesize())
        size = (capacity + page - 1) / page * page
        let total = size + 2 * page
        let address = mmap(nil, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        mapping = try #require(address != MAP_FAILED ? address : nil)
        try #require(mprotect(mapping, page, PROT_NONE) == 0)
        try #require(mprotect(mapping + page + size, page, PROT_NONE) == 0)
    }

    deinit {
        munmap(mapping, size + 2 * page)
    }

    /// Calls `body` with a copy that ends where the second guard begins, then with one that begins where the first ends.
    func withCopy(of input: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void) throws {
        try #require(input.count <= size)
        for start in Set([size - input.count, 0]) {
            let area = UnsafeMutableRawBufferPointer(start: mapping + page + start, count: input.count)
            area.copyBytes(from: input)
            body(UnsafeRawBufferPointer(area))
            if input.isEmpty { return }
        }
    }
}
