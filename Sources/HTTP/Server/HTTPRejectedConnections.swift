import Platform

/// Connections over the cap: told so, and kept for a moment so that they can read it.
///
/// It belongs to the thread that accepts and never waits.
struct HTTPRejectedConnections {
    private struct Entry {
        let socket: TCPSocket
        let deadline: UInt64
    }

    /// How many are kept; with more, the oldest is closed, and may lose its answer.
    private static let maximumCount = 64
    private static let lingerNanoseconds: UInt64 = 500_000_000

    private static let answer = Array(
        """
        HTTP/1.1 503 Service Unavailable\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Length: 26\r
        Retry-After: 1\r
        Connection: close\r
        \r
        too many open connections\n
        """.utf8
    )

    private var entries: [Entry] = []

    /// The descriptors to watch.
    var descriptors: [Int32] {
        entries.map(\.socket.descriptor)
    }

    /// When `clean` must be called at the latest, a moment of `MonotonicClock`; nil if there is nothing to clean.
    var deadline: UInt64? {
        entries.first?.deadline
    }

    /// Sends the answer, which fits the empty buffer of a new connection, and keeps the connection.
    mutating func reject(_ socket: TCPSocket) {
        do throws(SystemError) {
            try Self.send(to: socket)
        } catch {
            // The client has gone: there is nobody to tell.
            return
        }
        socket.shutdown(.writing)
        if entries.count == Self.maximumCount {
            entries.removeFirst()
        }
        entries.append(Entry(socket: socket, deadline: MonotonicClock.deadline(after: Self.lingerNanoseconds)))
    }

    private static func send(to socket: TCPSocket) throws(SystemError) {
        var failure: SystemError?
        answer.withUnsafeBytes { bytes in
            do throws(SystemError) {
                try socket.write(bytes, deadline: 0)
            } catch {
                failure = error
            }
        }
        if let failure {
            throw failure
        }
    }

    /// Reads away what clients sent, and closes those that have ended or are late.
    mutating func clean() {
        let now = MonotonicClock.now()
        entries.removeAll { entry in
            entry.deadline <= now || Self.hasEnded(entry.socket)
        }
    }

    private static func hasEnded(_ socket: TCPSocket) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 1) { buffer in
            // A bounded number of reads: the rest waits for the next round.
            for _ in 0..<16 {
                do throws(SystemError) {
                    guard try socket.read(into: buffer, deadline: 0) > 0 else {
                        return true
                    }
                } catch {
                    return !error.isTimeout
                }
            }
            return false
        }
    }
}
