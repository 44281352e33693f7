import LoadEngine

/// A system that gives one client's items to another.
struct WrongRunDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "wrong_run",
        form: "=1/N",
        place: .export,
        explanation: "Sends the items of every N-th call under the id of another run."
    )

    private let number: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("wrong_run")
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        var stranger = site.configuration
        stranger.runID += "-other"
        return WrappedSystem(
            try site.make(site.configuration),
            to: try site.make(stranger)
        ) { [number] _ in OneIn(number) }
    }
}
