import LoadEngine

/// A system that counts items again when it sends them again.
struct DoubleCountDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "double_count",
        place: .counters,
        explanation: "Counts the items of a request as exported once more for each time that it was repeated."
    )

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        try values.none()
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        return WrappedSystem(base) { parts in
            parts.counters = { base.counters().countingRetries() }
        }
    }
}
