import HarnessCore
import LoadEngine

/// Every effective setting with its value and whoever has set it.
struct ConfigurationListing: Encodable {
    /// One setting.
    struct Setting: Encodable {
        /// The path of the setting: `phases.main.rate`.
        var key: String
        /// Its value.
        var value: JSONValue
        /// The kind of source that it comes from.
        var origin: SettingOrigin
        /// The file, variable or option itself; nil for a default.
        var source: String?
    }

    /// The form of this listing.
    let schemaVersion = MachineOutput.schemaVersion
    /// What this is.
    let kind = "configuration"
    /// The name of the profile.
    let profile: String
    /// The hash of the plan that the settings lead to.
    let planHash: String
    /// The settings in the order of the profile, those of the call last.
    let settings: [Setting]

    /// The most characters of a value in the table.
    private static let widestValue = 60

    /// The listing as an aligned table, as wide as its contents need; long values are cut, and whole in the JSON.
    func table(_ painter: TextPainter) -> String {
        var table = TextTable([.init("setting"), .init("value"), .init("from")])
        table.indentation = 0
        for setting in settings {
            let style: TextStyle =
                switch setting.origin {
                case .default: .dim
                case .profile: .plain
                case .environment, .flag: .bold
                }
            let from = [setting.origin.rawValue, setting.source].compactMap(\.self).joined(separator: " ")
            let value = setting.value.description
            let shown = value.count > Self.widestValue ? value.prefix(Self.widestValue - 1) + "…" : value
            table.append([.init(setting.key), .init(shown, style), .init(from, style)])
        }
        return table.lines(painter: painter).map { $0 + "\n" }.joined()
    }
}
