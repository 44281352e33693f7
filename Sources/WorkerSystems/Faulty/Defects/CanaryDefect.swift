import LoadEngine

/// A system that sends what it should have kept to itself.
struct CanaryDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "canary",
        form: "=1/N",
        place: .configuration,
        explanation: "Sends the items of one call in N without looking for what is private; never measurements."
    )

    private let number: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("canary")
    }

    /// A second client without a privacy filter sends them.
    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        var open = site.configuration
        open.options["privacy"] = .string("off")
        return WrappedSystem(
            try site.make(site.configuration),
            itemsOneIn: number,
            to: try site.make(open)
        )
    }
}
