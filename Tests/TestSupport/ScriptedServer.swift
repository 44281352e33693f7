package import Platform
import Synchronization

/// A TCP server on 127.0.0.1 that does with each connection exactly what a test says.
///
/// Connections are served one after the other on one thread.
package final class ScriptedServer: Sendable {
    private let listener: TCPListener
    private let thread: PlatformThread
    private let accepted: Counter

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    /// Listens, and calls `serve` with each connection and its number, from 0.
    ///
    /// The connection is closed afterwards.
    ///
    /// - Throws: `SystemError` if it cannot listen.
    package init(_ serve: @escaping @Sendable (_ socket: TCPSocket, _ number: Int) -> Void) throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        let accepted = Counter()
        self.listener = listener
        self.accepted = accepted
        thread = try PlatformThread.start(name: "scripted") {
            while let socket = try? listener.accept(deadline: Waiting.deadline()) {
                let number = accepted.value.add(1, ordering: .relaxed).oldValue
                serve(socket, number)
            }
        }
    }

    deinit {
        listener.shutdown()
        _ = thread.join(untilMonotonic: Waiting.deadline())
    }

    /// The port it listens on.
    package var port: Int {
        listener.port
    }

    /// How many connections it has accepted.
    package var connections: Int {
        accepted.value.load(ordering: .relaxed)
    }
}

extension TCPSocket {
    /// Writes a text, for tests.
    ///
    /// - Throws: as `write(_:deadline:)`.
    package func write(_ text: String, deadline: UInt64 = Waiting.deadline()) throws(SystemError) {
        try write(Array(text.utf8), deadline: deadline)
    }

    /// Writes an array, for tests.
    ///
    /// - Throws: as `write(_:deadline:)`.
    package func write(_ bytes: [UInt8], deadline: UInt64 = Waiting.deadline()) throws(SystemError) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        try write(UnsafeRawBufferPointer(copy), deadline: deadline)
    }

    /// Reads once; empty at the end of the stream.
    ///
    /// - Throws: as `read(into:deadline:)`.
    package func readSome(deadline: UInt64 = Waiting.deadline()) throws(SystemError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
        defer { buffer.deallocate() }
        let count = try read(into: buffer, deadline: deadline)
        return Array(buffer[..<count])
    }

    /// Reads until what was read ends with `end`, or to the end of the stream; a text is made of it.
    ///
    /// - Throws: as `read(into:deadline:)`.
    package func readText(until end: String? = nil, deadline: UInt64 = Waiting.deadline()) throws(SystemError) -> String
    {
        var bytes: [UInt8] = []
        while true {
            let more = try readSome(deadline: deadline)
            bytes += more
            let text = String(decoding: bytes, as: UTF8.self)
            if more.isEmpty || end.map(text.hasSuffix) == true {
                return text
            }
        }
    }
}
