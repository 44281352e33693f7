/// What a system says of itself.
public struct SystemDescription: Sendable, Equatable, Codable {
    /// The name of the SDK, for instance `Telemetry`.
    public var sdkName: String
    /// The version of the SDK.
    public var sdkVersion: String
    /// The programming language of the SDK, for instance `swift`.
    public var language: String
    /// Whether the SDK records anything; a disabled one accepts every call and does nothing.
    public var enabled: Bool

    /// Creates a description.
    public init(sdkName: String, sdkVersion: String, language: String, enabled: Bool = true) {
        self.sdkName = sdkName
        self.sdkVersion = sdkVersion
        self.language = language
        self.enabled = enabled
    }

    enum CodingKeys: String, CodingKey {
        case sdkName = "sdk_name"
        case sdkVersion = "sdk_version"
        case language
        case enabled
    }
}
