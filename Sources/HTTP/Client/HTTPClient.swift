import Glibc
import Platform
import Synchronization

/// A client with one kept-alive connection to one endpoint, for `http://`.
///
/// One thread at a time may send; `cancel` may be called from any. A call blocks the thread until the answer is
/// complete or the time is up.
package final class HTTPClient: @unchecked Sendable {
    // Sendable: `connection`, `head` and `resentRequests` are touched only within `send` and `close`, which `isInUse` makes exclusive: a
    // second thread is stopped by a precondition, and the acquire-release pair on the flag orders their accesses.
    // `shared` is guarded; the rest never changes.

    /// Where requests go.
    package let endpoint: HTTPEndpoint

    private let configuration: HTTPClientConfiguration
    private let isInUse = Atomic<Bool>(false)
    private let shared = Guarded(Shared())
    private var connection: Connection?
    private var head: [UInt8] = []

    /// Requests that were sent a second time because their kept connection proved dead.
    ///
    /// For the thread that sends.
    package private(set) var resentRequests: UInt64 = 0

    /// What `cancel` needs from another thread.
    private struct Shared {
        var socket: TCPSocket?
        var isCancelled = false
    }

    /// An open connection and what has been read from it.
    private final class Connection {
        let socket: TCPSocket
        var reader = HTTPResponseReader()

        init(_ socket: TCPSocket) {
            self.socket = socket
        }
    }

    /// A client that connects with its first request.
    package init(endpoint: HTTPEndpoint, configuration: HTTPClientConfiguration = HTTPClientConfiguration()) {
        configuration.check()
        self.endpoint = endpoint
        self.configuration = configuration
    }

    /// Makes a send in progress end soon, and all later ones at once: they throw `cancelled`.
    ///
    /// It cannot be undone.
    package func cancel() {
        let socket = shared.withLock { shared in
            shared.isCancelled = true
            return shared.socket
        }
        // The reference keeps the descriptor from being closed and reused meanwhile.
        socket?.shutdown()
    }

    /// Closes the kept connection, if there is one; the next request opens another.
    ///
    /// Not while another thread sends.
    package func close() {
        enter()
        defer { leave() }
        drop()
    }

    private func enter() {
        let (wasFree, _) = isInUse.compareExchange(expected: false, desired: true, ordering: .acquiring)
        precondition(wasFree, "an HTTPClient sends for one thread at a time")
    }

    private func leave() {
        isInUse.store(false, ordering: .releasing)
    }

    private func drop() {
        connection = nil
        shared.withLock { $0.socket = nil }
    }
}

// MARK: - Sending

extension HTTPClient {
    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// If the connection was kept from an earlier request and turns out dead before any byte of the answer, the request
    /// is sent once more over a new one, and counted in `resentRequests`. The server may have acted on the first already: `requestMayHaveArrived` of
    /// an error counts both attempts, but a success does not tell, so repeated items must be recognisable.
    ///
    /// - Parameters:
    ///   - method: such as `POST`; a token.
    ///   - path: the request target as it is sent, such as `/v1/logs`; begins with `/`, visible ASCII only. The
    ///     endpoint's own path is not added (see `HTTPEndpoint.path(appending:)`).
    ///   - headers: further fields; `Host`, `User-Agent`, `Content-Length`, `Transfer-Encoding`, `Connection` and
    ///     `Expect` are the client's own business.
    ///   - body: the body's segments, sent in order without being copied together; valid during the call.
    ///   - timeoutNanoseconds: how long this request may take in all; nil for the configuration's time-out.
    /// - Returns: the answer, with its body decoded if it came in chunks.
    /// - Throws: `HTTPClientError`.
    package func send(
        method: String,
        path: String,
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UnsafeRawBufferPointer] = [],
        timeoutNanoseconds: UInt64? = nil
    ) throws(HTTPClientError) -> HTTPResponse {
        enter()
        defer { leave() }
        let timeout = timeoutNanoseconds ?? configuration.requestTimeoutNanoseconds
        let deadline = MonotonicClock.deadline(after: timeout)
        makeHead(method: method, path: path, headers: headers, body: body)

        var mayHaveArrived = false
        var failure: Failure
        do throws(Failure) {
            try checkCancelled()
            if let kept = keptConnection() {
                do throws(Failure) {
                    return try exchange(kept, method, body, deadline, &mayHaveArrived)
                } catch  where error.isDeadConnection {
                    drop()
                    try checkCancelled()
                }
                let fresh = try connect(deadline: deadline)
                resentRequests += 1
                return try exchange(fresh, method, body, deadline, &mayHaveArrived)
            }
            return try exchange(connect(deadline: deadline), method, body, deadline, &mayHaveArrived)
        } catch {
            failure = error
        }
        drop()
        if shared.withLock({ $0.isCancelled }) {
            failure = Failure(kind: .cancelled, cause: failure.cause)
        }
        throw HTTPClientError(
            kind: failure.kind,
            endpoint: endpoint,
            requestMayHaveArrived: mayHaveArrived,
            cause: failure.cause
        )
    }

    /// Why one attempt failed.
    private struct Failure: Error {
        var kind: HTTPClientError.Kind
        var cause: SystemError?
        /// The connection ended or broke before any byte of the answer.
        var isDeadConnection = false
    }

    private func checkCancelled() throws(Failure) {
        if shared.withLock({ $0.isCancelled }) {
            throw Failure(kind: .cancelled)
        }
    }

    /// The connection of the request before, unless a look at it shows that it cannot be used any more.
    private func keptConnection() -> Connection? {
        guard let connection else {
            return nil
        }
        guard connection.reader.isReusable, connection.socket.idleState() == .quiet else {
            drop()
            return nil
        }
        return connection
    }

    private func connect(deadline: UInt64) throws(Failure) -> Connection {
        let deadline = min(deadline, MonotonicClock.deadline(after: configuration.connectTimeoutNanoseconds))
        do throws(SystemError) {
            let addresses = try TCPSocket.resolve(host: endpoint.host, port: endpoint.port, deadline: deadline) {
                shared.withLock { $0.isCancelled }
            }
            var failure = SystemError(code: 0, call: "connect", explanation: "the name has no address")
            for address in addresses {
                do throws(SystemError) {
                    let socket = try TCPSocket(for: address)
                    guard publish(socket) else {
                        break
                    }
                    try socket.connect(to: address, deadline: deadline) {
                        shared.withLock { $0.isCancelled }
                    }
                    let opened = Connection(socket)
                    connection = opened
                    return opened
                } catch {
                    failure = error
                }
            }
            throw failure
        } catch {
            throw Failure(kind: error.isTimeout ? .connectTimedOut : .connectFailed(error), cause: error)
        }
    }

    /// Lets `cancel` end the socket; false if it came before.
    private func publish(_ socket: TCPSocket) -> Bool {
        shared.withLock { shared in
            shared.socket = socket
            return !shared.isCancelled
        }
    }

    private func exchange(
        _ connection: Connection,
        _ method: String,
        _ body: [UnsafeRawBufferPointer],
        _ deadline: UInt64,
        _ mayHaveArrived: inout Bool
    ) throws(Failure) -> HTTPResponse {
        var broken: SystemError?
        do throws(SystemError) {
            try write(body, to: connection.socket, deadline: deadline)
            mayHaveArrived = true
        } catch {
            guard error.code == EPIPE || error.code == ECONNRESET else {
                throw Failure(kind: error.isTimeout ? .timedOut : .connectionClosed, cause: error)
            }
            // A server that refuses a body answers and closes before it has read it: the answer is worth more than the
            // broken pipe. Nothing is waited for: the connection has ended, so reading says at once what there is.
            broken = error
        }
        do throws(HTTPResponseReader.Failure) {
            let response = try connection.reader.read(
                from: connection.socket,
                isAnswerToHead: method == "HEAD",
                configuration: configuration,
                deadline: deadline
            )
            if broken != nil || !connection.reader.isReusable {
                drop()
            }
            return response
        } catch {
            switch error {
            case .closed(let beforeAnyByte, let cause):
                throw Failure(kind: .connectionClosed, cause: broken ?? cause, isDeadConnection: beforeAnyByte)
            case .timedOut:
                throw Failure(kind: .timedOut, cause: broken)
            case .malformed(let detail):
                throw Failure(kind: .malformedResponse(detail), cause: broken)
            case .tooLarge:
                throw Failure(kind: .responseTooLarge, cause: broken)
            }
        }
    }

    private func write(
        _ body: [UnsafeRawBufferPointer],
        to socket: TCPSocket,
        deadline: UInt64
    ) throws(SystemError) {
        var failure: SystemError?
        head.withUnsafeBytes { head in
            do throws(SystemError) {
                try socket.write(head, body, deadline: deadline)
            } catch {
                failure = error
            }
        }
        if let failure {
            throw failure
        }
    }

    // MARK: - Head

    private static let ownFields = [
        "Host", "User-Agent", "Content-Length", "Transfer-Encoding", "Connection", "Expect",
    ]

    private func makeHead(method: String, path: String, headers: HTTPHeaders, body: [UnsafeRawBufferPointer]) {
        precondition(HTTPHeaders.isValidName(method), "not a method: \(method.debugDescription)")
        precondition(
            path.utf8.first == UInt8(ascii: "/") && path.utf8.allSatisfy(\.isTargetCharacter),
            "not a path: \(path.debugDescription)"
        )
        head.removeAll(keepingCapacity: true)
        append(method, " ", path, " HTTP/1.1\r\nHost: ", endpoint.authority, "\r\n")
        append("User-Agent: ", configuration.userAgent, "\r\n")
        for index in headers.fields.indices {
            precondition(
                !Self.ownFields.contains { headers.hasName($0, at: index) },
                "the client sets Host, User-Agent, Content-Length, Transfer-Encoding, Connection and Expect itself"
            )
            head.append(contentsOf: headers.nameBytes(at: index))
            append(": ")
            head.append(contentsOf: headers.valueBytes(at: index))
            append("\r\n")
        }
        let length = body.reduce(0) { $0 + $1.count }
        // "A user agent SHOULD send Content-Length in a request when the method defines a meaning for enclosed content …
        // even when the value is 0" (RFC 9110, section 8.6).
        if length > 0 || ["POST", "PUT", "PATCH"].contains(method) {
            append("Content-Length: ", String(length), "\r\n")
        }
        append("\r\n")
    }

    private func append(_ texts: String...) {
        for text in texts {
            head.append(contentsOf: text.utf8)
        }
    }
}
