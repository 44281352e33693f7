import Glibc
import Synchronization

/// Host names to addresses, with a deadline that getaddrinfo(3) does not have.
enum Resolver {
    /// How many look-ups may hang in the system's resolver at once before new ones are refused.
    private static let maximumPending = 8
    private static let pending = Atomic<Int>(0)

    /// Finds the addresses of `host`, in the order in which to try them.
    ///
    /// Digits are converted at once. A name is looked up in a thread of its own, which is left behind if the deadline
    /// passes: the system's resolver cannot be interrupted, but has time-outs of its own.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address without brackets.
    ///   - port: 0 to 65,535.
    ///   - forListening: whether the address is for bind rather than for connect.
    ///   - deadline: a moment of `MonotonicClock`.
    ///   - isCancelled: asked every 50 ms while a look-up runs; true ends the wait with `ECANCELED`.
    /// - Returns: at least one address.
    /// - Throws: `SystemError`: `ETIMEDOUT` if the deadline passed, otherwise what the resolver says.
    static func addresses(
        of host: String,
        port: Int,
        forListening: Bool,
        deadline: UInt64,
        isCancelled: () -> Bool = { false }
    ) throws(SystemError) -> [SocketAddress] {
        precondition((0...65_535).contains(port), "a port lies between 0 and 65,535, not \(port)")
        if case .success(let addresses) = lookUp(host, port: port, flags: AI_NUMERICHOST, forListening: forListening) {
            return addresses
        }
        guard pending.add(1, ordering: .relaxed).newValue <= maximumPending else {
            pending.subtract(1, ordering: .relaxed)
            throw SystemError(
                code: EAGAIN,
                call: "getaddrinfo",
                subject: host,
                explanation: "\(maximumPending) earlier look-ups still hang in the system's resolver"
            )
        }
        let lookUp = LookUp()
        do throws(SystemError) {
            // The thread is not joined: it holds on to nothing but `lookUp`.
            _ = try PlatformThread.start(name: "resolver") {
                let outcome = Resolver.lookUp(host, port: port, flags: 0, forListening: forListening)
                Resolver.pending.subtract(1, ordering: .relaxed)
                lookUp.finish(outcome)
            }
        } catch {
            pending.subtract(1, ordering: .relaxed)
            throw error
        }
        while true {
            let now = MonotonicClock.now()
            if let outcome = lookUp.wait(deadline: min(deadline, now + 50_000_000)) {
                return try outcome.get()
            }
            if isCancelled() {
                throw SystemError(code: ECANCELED, call: "getaddrinfo", subject: host)
            }
            guard now < deadline else {
                throw SystemError(code: ETIMEDOUT, call: "getaddrinfo", subject: host)
            }
        }
    }

    private static func lookUp(
        _ host: String,
        port: Int,
        flags: Int32,
        forListening: Bool
    ) -> Result<[SocketAddress], SystemError> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags | AI_NUMERICSERV | (forListening ? AI_PASSIVE : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else {
            return .failure(failure(code, errno: errno, host: host))
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let current = entry?.pointee {
            if let address = current.ai_addr, [AF_INET, AF_INET6].contains(current.ai_family) {
                addresses.append(SocketAddress(copying: address, length: current.ai_addrlen))
            }
            entry = current.ai_next
        }
        guard !addresses.isEmpty else {
            return .failure(
                SystemError(
                    code: EADDRNOTAVAIL,
                    call: "getaddrinfo",
                    subject: host,
                    explanation: "the name has neither an IPv4 nor an IPv6 address"
                )
            )
        }
        return .success(addresses)
    }

    private static func failure(_ code: Int32, errno: Int32, host: String) -> SystemError {
        switch code {
        case EAI_SYSTEM:
            return SystemError(code: errno, call: "getaddrinfo", subject: host)
        default:
            let words = gai_strerror(code).map { String(cString: $0) } ?? "resolver error \(code)"
            return SystemError(
                code: code == EAI_AGAIN ? EAGAIN : EADDRNOTAVAIL,
                call: "getaddrinfo",
                subject: host,
                explanation: words.loweringFirstLetter
            )
        }
    }
}

extension Resolver {
    /// Where a look-up's thread leaves its outcome, whether or not anybody still waits.
    private final class LookUp: @unchecked Sendable {
        // Sendable: `outcome` is touched only with `condition` locked.
        private let condition = Condition()
        private var outcome: Result<[SocketAddress], SystemError>?

        func finish(_ result: Result<[SocketAddress], SystemError>) {
            condition.withLock {
                outcome = result
                condition.broadcast()
            }
        }

        func wait(deadline: UInt64) -> Result<[SocketAddress], SystemError>? {
            condition.withLock {
                while outcome == nil, condition.wait(untilMonotonic: deadline) {}
                return outcome
            }
        }
    }
}
