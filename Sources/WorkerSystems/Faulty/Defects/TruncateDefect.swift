import LoadEngine

/// A system that cuts values off.
struct TruncateDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "truncate",
        form: "=1/N",
        parameters: [("to", "=LENGTH")],
        place: .configuration,
        explanation: "Cuts the attributes of one call in N off after 8 characters, or after LENGTH; "
            + "never of measurements."
    )

    private let number: UInt64
    private let length: Int

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("truncate")
        length = try values.integer("to", in: 1...65_536) ?? 8
    }

    /// A second client with a limit does the cutting: the calls know nothing of it.
    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        var cutting = site.configuration
        cutting.options["value_length_limit"] = .integer(Int64(length))
        return WrappedSystem(
            try site.make(site.configuration),
            itemsOneIn: number,
            to: try site.make(cutting)
        )
    }
}
