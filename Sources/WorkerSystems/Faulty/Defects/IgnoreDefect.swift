import LoadEngine

/// A system that takes a setting and does not heed it.
struct IgnoreDefect: PlantedDefect {
    /// The settings that can be ignored.
    static let settings = [
        "batch_size", "flush_interval", "compression", "queue_limit", "request_timeout", "overflow",
    ]

    static let manual = DefectManual(
        name: "ignore",
        form: "=SETTING",
        place: .configuration,
        explanation: "Keeps its default whatever the profile says of a setting: \(settings.joined(separator: ", "))."
    )

    private let setting: String

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        setting = try values.choice("ignore", of: Self.settings)
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        var configuration = site.configuration
        guard configuration.options.removeValue(forKey: setting) != nil else {
            throw SystemConfigurationError(
                option: "name",
                message: "ignore=\(setting): the profile does not set it, so there is nothing to ignore; "
                    + "add --set system.\(setting)=…"
            )
        }
        return try site.make(configuration)
    }
}
