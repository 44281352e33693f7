package import HarnessCore

/// The system under test, as the worker described it.
package struct SystemIdentity: Codable, Equatable, Sendable {
    /// Name by which the worker knows it: `telemetry`, `null`.
    package var name: String
    /// Name that the SDK gives itself.
    package var sdkName: String?
    /// Its version.
    package var sdkVersion: String?
    /// Language it is written in.
    package var language: String?
    /// Whether it records anything.
    package var isEnabled: Bool
    /// The options it was configured with.
    package var options: JSONObject

    /// Makes the value; what was not measured is left out.
    package init(
        name: String,
        sdkName: String? = nil,
        sdkVersion: String? = nil,
        language: String? = nil,
        isEnabled: Bool = true,
        options: JSONObject = [:]
    ) {
        self.name = name
        self.sdkName = sdkName
        self.sdkVersion = sdkVersion
        self.language = language
        self.isEnabled = isEnabled
        self.options = options
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case sdkName = "sdk_name"
        case sdkVersion = "sdk_version"
        case language
        case isEnabled = "enabled"
        case options
    }
}

/// One setting in force.
package struct ConfigurationEntry: Codable, Equatable, Sendable {
    /// Name of the setting: `system.batch_size`.
    package var key: String
    /// Its value.
    package var value: JSONValue
    /// Where it came from: `default`, `profile`, `environment` or `flag`.
    package var origin: String

    /// Makes the value from its parts.
    package init(
        key: String,
        value: JSONValue,
        origin: String
    ) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}
