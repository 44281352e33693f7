package import HTTP
package import Platform

/// The receiver as a server: OTLP/HTTP in, ledger out.
///
/// Every connection has a thread and a decoder of its own; they meet in the ledger, once a request.
package final class SinkServer: Sendable {
    /// What has arrived.
    package let ledger: DeliveryLedger

    /// How it misbehaves.
    package let faults = FaultBoard()

    /// The address on which it listens, as in ``HTTPServerConfiguration``.
    package let host: String

    private let server: HTTPServer
    private let gate = Guarded<ListenerGate?>(nil)

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and the limits.
    ///   - ledger: Where items are entered.
    ///   - isChecking: Whether what OTLP forbids is looked for; to measure what that costs, it can be left.
    ///   - print: Takes a line for each item of each request, from the threads of the connections; nil for none.
    package init(
        configuration: HTTPServerConfiguration = SinkServer.defaultConfiguration,
        ledger: DeliveryLedger = DeliveryLedger(),
        isChecking: Bool = true,
        print: (@Sendable (String) -> Void)? = nil
    ) {
        self.ledger = ledger
        host = configuration.host
        let tally = SinkTally()
        // The same limit before and after decompression, 64 MiB by default, as
        // https://opentelemetry.io/docs/specs/otlp/#otlphttp-request recommends.
        let limit = configuration.maximumBodyBytes
        let board = faults
        let log = RequestLog()
        server = HTTPServer(configuration: configuration) {
            SinkConnection(
                ledger: ledger,
                board: board,
                log: log,
                tally: tally,
                maximumInflatedBytes: limit,
                isChecking: isChecking,
                print: print
            )
        }
    }

    /// The server's defaults, but patient with silent connections: an SDK that exports rarely keeps its own.
    package static var defaultConfiguration: HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration()
        configuration.idleTimeoutNanoseconds = 600_000_000_000
        return configuration
    }

    /// Listens from now on.
    ///
    /// - Throws: `SystemError` when the address cannot be bound or no thread can be started.
    package func start() throws(SystemError) {
        try server.start()
        let gate = try ListenerGate(board: faults, server: server)
        self.gate.withLock { $0 = gate }
    }

    /// The port on which it listens; the server must have been started.
    package var port: Int { server.port }

    /// Where to reach it, without a path; the server must have been started.
    package var url: String {
        host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }

    /// Stops listening, lets requests at hand finish, and ends all connections.
    ///
    /// - Parameter deadline: A moment of `MonotonicClock`.
    /// - Returns: Whether all threads have ended in time.
    @discardableResult
    package func stop(deadline: UInt64) -> Bool {
        gate.withLock { $0 }?.stop()
        return server.stop(deadline: deadline)
    }
}
