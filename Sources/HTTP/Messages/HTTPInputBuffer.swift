import Glibc
import Platform

/// The bytes read from a connection that nobody has used yet, in memory that is used again and again.
///
///     0 ........ start ................ end ............ capacity
///       used        unread bytes            room to read into
struct HTTPInputBuffer: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private var start = 0
    private var end = 0

    /// The size that the buffer has at first, and after `shrink()`.
    let initialCapacity: Int

    /// An empty buffer.
    init(capacity: Int) {
        initialCapacity = capacity
        self.capacity = capacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        base.deallocate()
    }

    /// The bytes that were read and not consumed; valid until the next mutating call.
    var unread: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + start, count: end - start)
    }

    /// Marks the first `count` unread bytes as used.
    mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= end - start, "more bytes consumed than there are")
        start += count
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Closes a gap: drops the unread bytes from `lower` up to `upper`, which are moved over by what follows them.
    mutating func removeUnread(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= end - start, "a gap outside the unread bytes")
        let tail = end - start - range.upperBound
        memmove(base + start + range.lowerBound, base + start + range.upperBound, tail)
        end -= range.count
    }

    /// Moves `count` unread bytes to a lower place; both count from the first unread byte.
    mutating func moveUnread(from source: Int, to target: Int, count: Int) {
        precondition(
            target >= 0 && target <= source && source + count <= end - start,
            "a move outside the unread bytes"
        )
        if source != target {
            memmove(base + start + target, base + start + source, count)
        }
    }

    /// Reads what has arrived, waiting for the first byte.
    ///
    /// - Parameters:
    ///   - minimumRoom: for how many bytes there must be room; the buffer moves its bytes or grows for that.
    ///   - socket: where to read.
    ///   - deadline: a moment of `MonotonicClock`.
    /// - Returns: how many bytes came; 0 at the end of the stream.
    /// - Throws: as `TCPSocket.read`.
    mutating func fill(minimumRoom: Int, from socket: TCPSocket, deadline: UInt64) throws(SystemError) -> Int {
        makeRoom(for: max(minimumRoom, 1))
        let room = UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
        let count = try socket.read(into: room, deadline: deadline)
        end += count
        return count
    }

    private mutating func makeRoom(for count: Int) {
        guard capacity - end < count else {
            return
        }
        let unreadCount = end - start
        if capacity - unreadCount >= count {
            memmove(base, base + start, unreadCount)
        } else {
            let grown = max(capacity * 2, unreadCount + count)
            let target = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
            target.copyMemory(from: base + start, byteCount: unreadCount)
            base.deallocate()
            base = target
            capacity = grown
        }
        start = 0
        end = unreadCount
    }

    /// Gives memory above `limit` back, if no bytes are unread.
    mutating func shrink(ifLargerThan limit: Int) {
        guard capacity > max(limit, initialCapacity), start == end else {
            return
        }
        base.deallocate()
        base = .allocate(byteCount: initialCapacity, alignment: 16)
        capacity = initialCapacity
        start = 0
        end = 0
    }
}
