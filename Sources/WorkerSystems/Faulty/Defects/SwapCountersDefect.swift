import LoadEngine

/// A system that says dropped where it means exported.
struct SwapCountersDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "swap_counters",
        place: .counters,
        explanation: "Swaps two counters: what was exported is called dropped, and the other way round."
    )

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        try values.none()
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        return WrappedSystem(base) { parts in
            parts.counters = {
                var counters = base.counters()
                let dropped = counters.dropped.values.reduce(0, +)
                counters.dropped = counters.exported > 0 ? ["export_failed": counters.exported] : [:]
                counters.exported = dropped
                return counters
            }
        }
    }
}
