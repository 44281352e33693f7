import HarnessCore
import LoadEngine
package import Results

/// The variables of the environment that SDKs read, and so can change what is measured.
///
/// The worker inherits them: an SDK is used as it would be anywhere. The result says so, because another environment may
/// give other figures.
package enum SystemVariables {
    private static let prefixes = ["OTEL_", "TELEMETRY_"]
    private static let secrets = ["HEADERS", "TOKEN", "SECRET", "PASSWORD"]

    /// The variables that are set, by name, with values that may be secret hidden.
    ///
    /// - Parameter environment: the variables of the process.
    /// - Returns: entries for a result, in the order of their names.
    package static func entries(of environment: [String: String]) -> [ConfigurationEntry] {
        let found = environment.filter { variable in prefixes.contains { variable.key.hasPrefix($0) } }
        return found.sorted { $0.key < $1.key }.map { name, value in
            let isSecret = secrets.contains { name.contains($0) }
            return ConfigurationEntry(
                key: name,
                value: .string(isSecret ? "(hidden)" : value),
                origin: SettingOrigin.environment.rawValue
            )
        }
    }
}
