import CLinux
import Glibc

/// A TCP connection.
///
/// The descriptor is closed with the last reference, so no thread can meet one that was reused.
///
/// One thread may read while another writes, and any thread may call `shutdown`, which ends both. Nothing raises
/// SIGPIPE. Small segments go out at once (TCP_NODELAY).
///
/// The descriptor blocks, but never longer than `quantum` (SO_RCVTIMEO, SO_SNDTIMEO): a read that has more time left
/// than that is one system call, and one that has less waits with poll until exactly its deadline.
package final class TCPSocket: Sendable {
    /// The open descriptor, valid as long as the socket is referenced.
    package let descriptor: Int32

    /// How long a single system call may block, in nanoseconds.
    private static let quantum: UInt64 = 1_000_000_000

    /// A socket of the address's family, not yet connected.
    ///
    /// - Throws: `SystemError` if the system has no more descriptors, or does not know the family.
    package init(for address: SocketAddress) throws(SystemError) {
        descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw SystemError.last("socket")
        }
        try configure()
    }

    /// Takes over a descriptor that accept returned.
    init(accepted descriptor: Int32) throws(SystemError) {
        self.descriptor = descriptor
        try configure()
    }

    deinit {
        // Linux releases the descriptor even if close reports EINTR: never repeat it.
        if descriptor >= 0 {
            close(descriptor)
        }
    }

    private func configure() throws(SystemError) {
        try setOption(IPPROTO_TCP_LEVEL, TCP_NODELAY, Int32(1), "TCP_NODELAY")
        let quantum = timeval(tv_sec: Int(Self.quantum / 1_000_000_000), tv_usec: 0)
        try setOption(SOL_SOCKET, SO_RCVTIMEO, quantum, "SO_RCVTIMEO")
        try setOption(SOL_SOCKET, SO_SNDTIMEO, quantum, "SO_SNDTIMEO")
    }

    private func setOption<Value: BitwiseCopyable>(
        _ level: Int32,
        _ name: Int32,
        _ value: Value,
        _ words: String
    ) throws(SystemError) {
        var value = value
        guard setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Value>.size)) == 0 else {
            throw SystemError.last("setsockopt", words)
        }
    }
}

// MARK: - Connecting

extension TCPSocket {
    /// Connects to the first address of `host` that answers.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address without brackets.
    ///   - port: 1 to 65,535.
    ///   - deadline: a moment of `MonotonicClock`, for all attempts together.
    /// - Returns: the open connection.
    /// - Throws: `SystemError`: `ETIMEDOUT` if the deadline passed, otherwise the last attempt's error.
    package static func connect(host: String, port: Int, deadline: UInt64) throws(SystemError) -> TCPSocket {
        let addresses = try resolve(host: host, port: port, deadline: deadline)
        var failure = SystemError(code: EADDRNOTAVAIL, call: "connect", subject: "\(host):\(port)")
        for address in addresses {
            do throws(SystemError) {
                let socket = try TCPSocket(for: address)
                try socket.connect(to: address, deadline: deadline)
                return socket
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// The addresses of `host`, in the order in which to try them.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address without brackets.
    ///   - port: 0 to 65,535.
    ///   - deadline: a moment of `MonotonicClock`.
    ///   - isCancelled: asked every 50 ms while a look-up runs; true ends the wait with `ECANCELED`.
    /// - Returns: at least one address.
    /// - Throws: `SystemError`: `ETIMEDOUT` if the deadline passed, otherwise what the resolver says.
    package static func resolve(
        host: String,
        port: Int,
        deadline: UInt64,
        isCancelled: () -> Bool = { false }
    ) throws(SystemError) -> [SocketAddress] {
        try Resolver.addresses(
            of: host,
            port: port,
            forListening: false,
            deadline: deadline,
            isCancelled: isCancelled
        )
    }

    /// Connects a new socket; after an error it is of no further use.
    ///
    /// Another thread can end the attempt with `shutdown`.
    ///
    /// - Parameters:
    ///   - address: of the family that the socket was made for.
    ///   - deadline: a moment of `MonotonicClock`.
    ///   - isCancelled: asked once the attempt is under way, as a `shutdown` before that has no effect; true ends it.
    /// - Throws: `SystemError`: `ETIMEDOUT` if the deadline passed, `ECANCELED`, otherwise the attempt's error.
    package func connect(
        to address: SocketAddress,
        deadline: UInt64,
        isCancelled: () -> Bool = { false }
    ) throws(SystemError) {
        let subject = address.description
        try setBlocking(false)
        let code = address.withSocketAddress { Glibc.connect(descriptor, $0, $1) }
        if code != 0 {
            let failure = SystemError.last("connect", subject)
            // Interrupted, the attempt goes on in the background as well.
            guard failure.code == EINPROGRESS || failure.code == EINTR else {
                throw failure
            }
            guard !isCancelled() else {
                throw SystemError(code: ECANCELED, call: "connect", subject: subject)
            }
            guard try Poll.wait(descriptor, for: .writable, deadline: deadline) else {
                throw SystemError(code: ETIMEDOUT, call: "connect", subject: subject)
            }
            var outcome: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &outcome, &size) == 0 else {
                throw SystemError.last("getsockopt", "SO_ERROR")
            }
            guard outcome == 0 else {
                throw SystemError(code: outcome, call: "connect", subject: subject)
            }
            // A shutdown during the attempt leaves no error behind, and no peer.
            guard peer != nil else {
                throw SystemError(code: ECONNABORTED, call: "connect", subject: subject)
            }
        }
        try setBlocking(true)
    }

    private func setBlocking(_ blocking: Bool) throws(SystemError) {
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) == 0 else {
            throw SystemError.last("fcntl", "O_NONBLOCK")
        }
    }
}

// MARK: - Reading and writing

extension TCPSocket {
    /// Reads what there is, waiting for the first byte.
    ///
    /// - Parameters:
    ///   - buffer: where the bytes go; not empty.
    ///   - deadline: a moment of `MonotonicClock`.
    /// - Returns: how many bytes were read; 0 at the end of the stream.
    /// - Throws: `SystemError`: `ETIMEDOUT` if the deadline passed, `ECONNRESET` and others from the connection.
    package func read(into buffer: UnsafeMutableRawBufferPointer, deadline: UInt64) throws(SystemError) -> Int {
        precondition(!buffer.isEmpty, "a read needs room for at least one byte")
        while true {
            let blocks = mayBlock(until: deadline)
            let count = recv(descriptor, buffer.baseAddress, buffer.count, blocks ? 0 : Int32(MSG_DONTWAIT))
            if count >= 0 {
                return count
            }
            try recover(from: SystemError.last("recv"), waitingFor: .readable, blocked: blocks, deadline: deadline)
        }
    }

    /// Writes all of `bytes`.
    ///
    /// - Throws: `SystemError`: `ETIMEDOUT` if the deadline passed, `EPIPE`, `ECONNRESET` and others from the
    ///   connection. Some of the bytes may have been sent then, but never all.
    package func write(_ bytes: UnsafeRawBufferPointer, deadline: UInt64) throws(SystemError) {
        try write(bytes, [], deadline: deadline)
    }

    /// Writes `first` and then all of `segments`, gathered by the kernel without copying them together.
    ///
    /// - Throws: as `write(_:deadline:)`.
    package func write(
        _ first: UnsafeRawBufferPointer,
        _ segments: [UnsafeRawBufferPointer],
        deadline: UInt64
    ) throws(SystemError) {
        var failure: SystemError?
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: segments.count + 1) { vectors in
            vectors.initializeElement(at: 0, to: iovec(first))
            for (index, segment) in segments.enumerated() {
                vectors.initializeElement(at: index + 1, to: iovec(segment))
            }
            do throws(SystemError) {
                try write(vectors, deadline: deadline)
            } catch {
                failure = error
            }
        }
        if let failure {
            throw failure
        }
    }

    private func write(_ vectors: UnsafeMutableBufferPointer<iovec>, deadline: UInt64) throws(SystemError) {
        var next = 0
        while true {
            while next < vectors.count, vectors[next].iov_len == 0 {
                next += 1
            }
            guard next < vectors.count else {
                return
            }
            let blocks = mayBlock(until: deadline)
            var message = msghdr()
            message.msg_iov = vectors.baseAddress! + next
            message.msg_iovlen = min(vectors.count - next, Self.maximumVectors)
            let flags = MSG_NOSIGNAL | (blocks ? 0 : MSG_DONTWAIT)
            var written = sendmsg(descriptor, &message, Int32(flags))
            guard written >= 0 else {
                try recover(from: SystemError.last("send"), waitingFor: .writable, blocked: blocks, deadline: deadline)
                continue
            }
            while written >= vectors[next].iov_len {
                written -= vectors[next].iov_len
                next += 1
                guard next < vectors.count else {
                    return
                }
            }
            if written > 0 {
                vectors[next].iov_base += written
                vectors[next].iov_len -= written
            }
        }
    }

    /// The kernel's limit on segments in one call (UIO_MAXIOV).
    private static let maximumVectors = 1024

    private func mayBlock(until deadline: UInt64) -> Bool {
        let now = MonotonicClock.now()
        return deadline > now && deadline - now >= Self.quantum
    }

    /// After a failed call: returns if it should be repeated, throws if not.
    private func recover(
        from failure: SystemError,
        waitingFor event: Poll.Event,
        blocked: Bool,
        deadline: UInt64
    ) throws(SystemError) {
        switch failure.code {
        case EINTR:
            return
        case EAGAIN:
            // After a blocking call the quantum has passed, and the deadline is looked at again.
            if blocked {
                return
            }
            guard try Poll.wait(descriptor, for: event, deadline: deadline) else {
                throw SystemError(code: ETIMEDOUT, call: failure.call)
            }
        default:
            throw failure
        }
    }
}

// MARK: - State

extension TCPSocket {
    /// Which directions to end.
    package enum Direction: Sendable {
        /// Nothing more is written: the peer reads the end of the stream.
        case writing
        /// Both: calls that wait in other threads return.
        case both
    }

    /// Ends the connection in one or both directions; the descriptor stays open.
    ///
    /// Safe from any thread, and without effect on a connection that has ended.
    package func shutdown(_ direction: Direction = .both) {
        // The only failure is "not connected": then there is nothing to end.
        _ = Glibc.shutdown(descriptor, Int32(direction == .writing ? SHUT_WR : SHUT_RDWR))
    }

    /// Breaks the connection: the peer reads `ECONNRESET`, whatever has not arrived yet is lost.
    ///
    /// "Connectionless sockets may dissolve the association by connecting to an address with the sa_family member of
    /// sockaddr set to AF_UNSPEC; … (supported on Linux since kernel 2.2)" (connect(2)): for TCP Linux sends a reset.
    /// The descriptor stays open.
    package func reset() {
        var unspecified = sockaddr()
        unspecified.sa_family = sa_family_t(AF_UNSPEC)
        // The only failure is "not connected": then there is nothing to break.
        _ = Glibc.connect(descriptor, &unspecified, socklen_t(MemoryLayout<sockaddr>.size))
    }

    /// What a connection between two requests looks like.
    package enum IdleState: Sendable {
        /// Open, with nothing to read.
        case quiet
        /// Open, with bytes that nobody asked for.
        case hasBytes
        /// Ended by the peer, or broken.
        case ended
    }

    /// Looks at the connection without waiting and without taking bytes from it.
    package func idleState() -> IdleState {
        var byte: UInt8 = 0
        while true {
            let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
            if count >= 0 {
                return count > 0 ? .hasBytes : .ended
            }
            switch SystemError.last("recv").code {
            case EINTR: continue
            case EAGAIN: return .quiet
            default: return .ended
            }
        }
    }

    /// The own end of the connection; nil if it has none.
    package var local: SocketAddress? {
        SocketAddress { getsockname(descriptor, $0, $1) }
    }

    /// The other end of the connection; nil if it is not connected.
    package var peer: SocketAddress? {
        SocketAddress { getpeername(descriptor, $0, $1) }
    }

    /// The own port; nil if the socket has none.
    package var localPort: Int? {
        local?.port
    }
}

/// The level of TCP's options, which Glibc's module declares as an enumeration.
private let IPPROTO_TCP_LEVEL = Int32(IPPROTO_TCP)

extension iovec {
    /// A segment to write; the kernel does not change it.
    fileprivate init(_ bytes: UnsafeRawBufferPointer) {
        self.init(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    }
}
