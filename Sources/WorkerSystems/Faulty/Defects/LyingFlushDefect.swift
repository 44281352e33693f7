import LoadEngine

/// A system whose flush promises what it does not do.
struct LyingFlushDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "lying_flush",
        place: .flush,
        explanation: "Says of every flush that it succeeded, at once, and sends nothing."
    )

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        try values.none()
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        WrappedSystem(try site.make(site.configuration)) { parts in
            parts.flush = { _ in .success }
        }
    }
}
