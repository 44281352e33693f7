/// Where the value of a setting came from.
enum ConfigurationOrigin: Sendable, Equatable {
    /// The program's `TelemetryConfiguration`.
    case explicit
    /// The environment variable of this name.
    case environment(String)
    /// Nobody said anything.
    case byDefault
}
