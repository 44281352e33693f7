import Glibc

/// Reads lines from a pipe, a socket or a file, with a deadline and a limit on their length.
///
/// It does not own the descriptor. One thread at a time uses it. To wait for several at once, call `Poll.readable` with
/// their descriptors, then `readAvailable` on those that are ready, then `takeLine` until it returns nil.
package final class LineReader {
    /// What `next` came to.
    package enum Outcome: Equatable {
        /// A line without its line feed; the last one of a file may have had none.
        case line([UInt8])
        /// Everything was read.
        case endOfFile
        /// The deadline passed.
        case timedOut
    }

    /// Why lines cannot be read.
    package enum Failure: Error, Equatable {
        /// A line is longer than this many bytes. The rest of the stream cannot be read.
        case lineTooLong(limit: Int)
        /// A system call failed.
        case system(SystemError)
    }

    /// Where it reads.
    package let descriptor: Int32

    /// Whether the end was read; lines may still be there to take.
    package private(set) var isAtEnd = false

    private let maximumLineBytes: Int
    private var buffer: [UInt8] = []
    /// The first byte that was not taken, and the first that was not searched for a line feed.
    private var start = 0
    private var searched = 0

    /// Where a single read goes.
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// A reader at the current place of an open descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading as long as the reader is used.
    ///   - maximumLineBytes: without the line feed, at least 1; a longer line is an error.
    package init(descriptor: Int32, maximumLineBytes: Int = 8 << 20) {
        precondition(maximumLineBytes >= 1, "a line has at least one byte")
        self.descriptor = descriptor
        self.maximumLineBytes = maximumLineBytes
    }

    deinit {
        chunk.deallocate()
    }

    /// Waits for a line.
    ///
    /// - Parameter deadline: a moment of `MonotonicClock`; a line that has been read already is returned even after it.
    /// - Returns: the line, or why there is none.
    /// - Throws: `Failure`.
    package func next(deadline: UInt64) throws(Failure) -> Outcome {
        while true {
            if let line = try takeLine() {
                return .line(line)
            }
            if isAtEnd {
                return .endOfFile
            }
            let isReady: Bool
            do throws(SystemError) {
                isReady = try Poll.wait(descriptor, for: .readable, deadline: deadline)
            } catch {
                throw .system(error)
            }
            guard isReady else {
                return .timedOut
            }
            try readAvailable()
        }
    }

    /// Reads once, as much as there is up to 64 KiB.
    ///
    /// It blocks unless the descriptor is ready.
    ///
    /// - Throws: `Failure.system`.
    package func readAvailable() throws(Failure) {
        if start > 0 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        while true {
            let count = read(descriptor, chunk.baseAddress!, chunk.count)
            if count >= 0 {
                buffer.append(contentsOf: chunk[..<count])
                isAtEnd = count == 0
                return
            }
            let failure = SystemError.last("read", "descriptor \(descriptor)")
            switch failure.code {
            case EINTR: continue
            // Another reader was faster, on a descriptor that does not block: there is nothing to read now.
            case EAGAIN: return
            default: throw .system(failure)
            }
        }
    }

    /// Takes the next line that was read; nil if there is no whole one.
    ///
    /// - Throws: `Failure.lineTooLong`.
    package func takeLine() throws(Failure) -> [UInt8]? {
        let found = buffer.withUnsafeBytes { bytes -> Int? in
            guard searched < bytes.count else {
                return nil
            }
            return memchr(bytes.baseAddress! + searched, 0x0A, bytes.count - searched).map {
                UnsafeRawPointer($0) - bytes.baseAddress!
            }
        }
        searched = found ?? buffer.count
        guard searched - start <= maximumLineBytes else {
            throw .lineTooLong(limit: maximumLineBytes)
        }
        if let found {
            let line = Array(buffer[start..<found])
            start = found + 1
            searched = start
            return line
        }
        guard isAtEnd, start < buffer.count else {
            return nil
        }
        let rest = Array(buffer[start...])
        start = buffer.count
        return rest
    }
}

extension LineReader.Failure: CustomStringConvertible {
    /// One sentence without a full stop.
    package var description: String {
        switch self {
        case .lineTooLong(let limit): "a line is longer than \(limit) bytes"
        case .system(let error): error.description
        }
    }
}
