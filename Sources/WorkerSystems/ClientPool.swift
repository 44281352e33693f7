import LoadEngine
import Platform

/// Several clients of one SDK in one process, as programs have them that serve several tenants.
///
/// Producer `p` uses client `p mod n`; the resource of client `i` carries `bench.tenant` = `i`. Nothing of one client may
/// ever appear under another's resource, which the sink checks.
final class ClientPool: TelemetrySystem {
    /// The most clients.
    static let maximumClients = 64
    /// The option that asks for them.
    static let option = "clients"

    let description: SystemDescription
    private let clients: [any TelemetrySystem]

    /// Makes the clients.
    ///
    /// - Parameters:
    ///   - configuration: what each is made from; `clients` says how many.
    ///   - make: makes one client.
    /// - Returns: the one client itself where there are not several.
    /// - Throws: `SystemConfigurationError` for a number out of range, and what `make` throws.
    static func make(
        _ configuration: SystemConfiguration,
        _ make: (SystemConfiguration) throws(SystemConfigurationError) -> any TelemetrySystem
    ) throws(SystemConfigurationError) -> any TelemetrySystem {
        var reader = OptionReader(configuration.options)
        var single = configuration
        guard let count = try reader.integer(option, in: 1...maximumClients) else { return try make(configuration) }
        single.options[option] = nil
        var clients: [any TelemetrySystem] = []
        for tenant in 0..<count {
            single.tenant = tenant
            clients.append(try make(single))
        }
        return ClientPool(clients)
    }

    private init(_ clients: [any TelemetrySystem]) {
        self.clients = clients
        description = clients[0].description
    }

    func makeProducer(_ context: ProducerContext) throws -> any TelemetryProducer {
        try clients[context.producer % clients.count].makeProducer(context)
    }

    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome {
        each(timeoutNanoseconds) { $0.flush(timeoutNanoseconds: $1) }
    }

    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome {
        each(timeoutNanoseconds) { $0.shutdown(timeoutNanoseconds: $1) }
    }

    func counters() -> SystemCounters {
        clients.dropFirst().reduce(clients[0].counters()) { $0 + $1.counters() }
    }

    /// One after the other within one time-out; the first outcome that is no success is that of all.
    private func each(
        _ timeout: UInt64,
        _ act: (any TelemetrySystem, UInt64) -> FlushOutcome
    ) -> FlushOutcome {
        let deadline = MonotonicClock.deadline(after: timeout)
        return clients.reduce(FlushOutcome.success) { outcome, client in
            let now = MonotonicClock.now()
            let next = act(client, deadline > now ? deadline - now : 0)
            return outcome == .success ? next : outcome
        }
    }
}
