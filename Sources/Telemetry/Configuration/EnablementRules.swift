/// Who decides whether a client records.
enum EnablementRules {
    /// Variables that continuous integration services set.
    static let continuousIntegration = ["CI", "GITHUB_ACTIONS", "TRAVIS", "JENKINS_URL", "GITLAB_CI", "CIRCLECI"]

    /// Decides.
    ///
    /// - Parameters:
    ///   - explicit: What the program said.
    ///   - optOutFile: The path of the opt-out file; nil if there is no home folder to look in.
    ///   - settings: Reads the environment.
    ///   - fileExists: Whether there is a file at a path.
    /// - Returns: The decision and its reason.
    static func decide(
        explicit: Bool?,
        optOutFile: String?,
        settings: inout SettingResolver,
        fileExists: (String) -> Bool
    ) -> TelemetryStatus.Enablement {
        if let explicit { return TelemetryStatus.Enablement(isEnabled: explicit, reason: .explicit) }
        if settings.read("OTEL_SDK_DISABLED", as: .strictBoolean) == true {
            return TelemetryStatus.Enablement(isEnabled: false, reason: .environment("OTEL_SDK_DISABLED"))
        }
        if let isEnabled = settings.read("TELEMETRY_ENABLED", as: .boolean) {
            return TelemetryStatus.Enablement(isEnabled: isEnabled, reason: .environment("TELEMETRY_ENABLED"))
        }
        if let optOutFile, fileExists(optOutFile) {
            return TelemetryStatus.Enablement(isEnabled: false, reason: .optOutFile(optOutFile))
        }
        // "CI=false" is what people write to switch the rules for CI off.
        if let variable = continuousIntegration.first(where: { name in
            settings.text(name).map { EnvironmentValue<Bool>.boolean.parse($0) != false } ?? false
        }) {
            return TelemetryStatus.Enablement(isEnabled: false, reason: .continuousIntegration(variable))
        }
        return TelemetryStatus.Enablement(isEnabled: true, reason: .byDefault)
    }
}
