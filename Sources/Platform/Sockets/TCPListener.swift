import CLinux
import Glibc

/// A listening TCP socket.
///
/// The descriptor is closed with the last reference.
package final class TCPListener: Sendable {
    /// The open descriptor, valid as long as the listener is referenced.
    package let descriptor: Int32

    /// Where it listens, with the port that the system chose if 0 was asked for.
    package let address: SocketAddress

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address without brackets; its first address is taken.
    ///   - port: 0 to 65,535; 0 lets the system choose.
    ///   - backlog: how many connections may wait to be accepted; the system has a limit of its own.
    ///   - deadline: until when the name must be resolved, a moment of `MonotonicClock`.
    /// - Throws: `SystemError` of the call that failed, with host and port as its subject: `EADDRINUSE`, `EACCES`,
    ///   `EADDRNOTAVAIL`.
    package init(host: String, port: Int, backlog: Int = 512, deadline: UInt64) throws(SystemError) {
        let wanted = try Resolver.addresses(of: host, port: port, forListening: true, deadline: deadline)[0]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(wanted.family, type, 0)
        guard descriptor >= 0 else {
            throw SystemError.last("socket")
        }
        do throws(SystemError) {
            var on: Int32 = 1
            // So that a restarted sink gets its port back although old connections are in TIME_WAIT.
            guard setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
                throw SystemError.last("setsockopt", "SO_REUSEADDR")
            }
            guard wanted.withSocketAddress({ bind(descriptor, $0, $1) }) == 0 else {
                throw SystemError.last("bind", wanted.description)
            }
            guard listen(descriptor, Int32(clamping: backlog)) == 0 else {
                throw SystemError.last("listen", wanted.description)
            }
            guard let bound = SocketAddress(filledBy: { getsockname(descriptor, $0, $1) }) else {
                throw SystemError.last("getsockname", wanted.description)
            }
            address = bound
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The port it listens on.
    package var port: Int {
        address.port
    }

    /// Waits for a connection; nil if the deadline passed.
    ///
    /// - Throws: `SystemError`: `EINVAL` after `shutdown`; `EMFILE` or `ENFILE` when descriptors have run out, in
    ///   which case the connection goes on waiting.
    package func accept(deadline: UInt64) throws(SystemError) -> TCPSocket? {
        while true {
            if let socket = try acceptNow() {
                return socket
            }
            guard try Poll.wait(descriptor, for: .readable, deadline: deadline) else {
                return nil
            }
        }
    }

    /// Takes a connection that waits; nil if none does.
    ///
    /// - Throws: as `accept(deadline:)`.
    package func acceptNow() throws(SystemError) -> TCPSocket? {
        while true {
            let accepted = accept4(descriptor, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
            if accepted >= 0 {
                return try TCPSocket(accepted: accepted)
            }
            let failure = SystemError.last("accept", address.description)
            switch failure.code {
            case EINTR, ECONNABORTED: continue
            case EAGAIN: return nil
            default: throw failure
            }
        }
    }

    /// Makes `accept` fail with `EINVAL` from now on, also where it waits in another thread.
    package func shutdown() {
        _ = Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
