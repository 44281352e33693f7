import LoadEngine

/// A process in which one client's items go out under another's name.
struct WrongTenantDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "wrong_tenant",
        form: "=1/N",
        place: .export,
        explanation: "Sends every N-th request with items under the next tenant's resource; "
            + "needs clients, and plain protobuf."
    )

    private let number: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("wrong_tenant")
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        guard case .integer(let clients)? = site.configuration.options["clients"], (2...127).contains(clients) else {
            throw SystemConfigurationError(
                option: "name",
                message: "wrong_tenant: there is no other tenant; add --set system.clients=3"
            )
        }
        try Self.checkIsPlain(site.configuration.options)
        let requests = ItemTally()
        let forwarder = try RequestForwarder(to: site.configuration.endpoint) { [number] path, body in
            // Two tenants' sums under one name would go backwards: another defect.
            guard !path.hasSuffix("/v1/metrics") else { return }
            requests.add(1)
            if requests.value % number == 0 { Self.rename(&body, of: UInt8(clients)) }
        }
        var configuration = site.configuration
        configuration.endpoint = forwarder.address
        let base = try site.make(configuration)
        return WrappedSystem(base) { parts in
            parts.shutdown = { timeout in
                let outcome = base.shutdown(timeoutNanoseconds: timeout)
                forwarder.stop()
                return outcome
            }
        }
    }

    /// Refuses forms of requests in which the tenant would not be found, and nothing be changed.
    private static func checkIsPlain(_ options: [String: OptionValue]) throws(SystemConfigurationError) {
        for (option, plain) in [("protocol", "http/protobuf"), ("compression", "none")] {
            guard case .string(let value)? = options[option], value != plain else { continue }
            throw SystemConfigurationError(
                option: "name",
                message: "wrong_tenant: requests with \(option) \"\(value)\" are not changed; "
                    + "use --set system.\(option)=\(plain)"
            )
        }
    }

    /// `bench.tenant` as an attribute in protobuf, up to its number: key = 1, value = 2 { int_value = 3 }.
    private static let mark = [0x0A, 12] + Array("bench.tenant".utf8) + [0x12, 2, 0x18]

    /// Makes the next tenant's resource of the first one in a request.
    static func rename(_ body: inout [UInt8], of clients: UInt8) {
        guard let place = body.firstRange(of: mark)?.upperBound, place < body.endIndex else { return }
        body[place] = (body[place] + 1) % clients
    }
}
