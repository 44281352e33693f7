import Platform
import Synchronization

/// What one HTTP exchange puts on the wire, heads included.
struct WireBytes: Sendable {
    /// From client to server.
    var request: [UInt8]
    /// From server to client.
    var response: [UInt8]
}

/// A thread that serves one connection with bare reads and writes.
final class BareServer: Sendable {
    private let listener: TCPListener
    private let thread: PlatformThread

    /// Begins to serve the first connection that comes.
    ///
    /// - Parameters:
    ///   - deadline: A moment of `MonotonicClock` at which it gives up.
    ///   - serve: What is done with the connection, on the server's thread.
    /// - Throws: `SystemError` when no port or thread can be had.
    init(deadline: UInt64, serve: @escaping @Sendable (TCPSocket) throws(SystemError) -> Void) throws(SystemError) {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: deadline)
        self.listener = listener
        thread = try PlatformThread.start(name: "bare-server") {
            // The client sees a connection that ends early, and reports that.
            guard let socket = try? listener.accept(deadline: deadline) else { return }
            try? serve(socket)
            socket.shutdown()
        }
    }

    /// Where it listens.
    var port: Int { listener.port }

    /// Waits for the end of its thread, which comes with the end of the connection.
    func join() {
        thread.join()
    }
}

extension BareServer {
    /// A server that answers every request of so many bytes with the same response.
    static func answering(
        _ bytes: WireBytes,
        on processor: Processor,
        deadline: UInt64
    ) throws(SystemError) -> BareServer {
        try BareServer(deadline: deadline) { (socket) throws(SystemError) in
            try processor.pinCurrentThread()
            var buffer = [UInt8](repeating: 0, count: bytes.request.count)
            while try socket.fill(&buffer, deadline: deadline) {
                try socket.write(bytes.response, deadline: deadline)
            }
        }
    }
}

extension TCPSocket {
    /// Reads until `buffer` is full; false when the stream ends before.
    func fill(_ buffer: inout [UInt8], deadline: UInt64) throws(SystemError) -> Bool {
        var span = buffer.mutableSpan
        return try span.withUnsafeMutableBytes { (bytes) throws(SystemError) in
            var filled = 0
            while filled < bytes.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
                let count = try read(into: rest, deadline: deadline)
                if count == 0 { return false }
                filled += count
            }
            return true
        }
    }

    /// Reads up to and including the first empty line and `bodyBytes` more.
    ///
    /// - Parameters:
    ///   - bodyBytes: Bytes that follow the empty line.
    ///   - deadline: A moment of `MonotonicClock`.
    /// - Returns: All bytes of the message, or nil when the stream ends before.
    /// - Throws: `SystemError` of the connection, or `ETIMEDOUT`.
    func readMessage(bodyBytes: Int, deadline: UInt64) throws(SystemError) -> [UInt8]? {
        var message: [UInt8] = []
        var byte: [UInt8] = [0]
        while message.suffix(4) != [0x0D, 0x0A, 0x0D, 0x0A] {
            guard try fill(&byte, deadline: deadline) else { return nil }
            message += byte
        }
        var body = [UInt8](repeating: 0, count: bodyBytes)
        if bodyBytes > 0 {
            guard try fill(&body, deadline: deadline) else { return nil }
        }
        return message + body
    }

    /// Writes all of `bytes`.
    func write(_ bytes: [UInt8], deadline: UInt64) throws(SystemError) {
        try bytes.span.bytes.withUnsafeBytes { (buffer) throws(SystemError) in try write(buffer, deadline: deadline) }
    }
}
