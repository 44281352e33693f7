package import HarnessCore

/// Where a setting's value comes from; later ones win.
package enum SettingOrigin: String, Sendable, Codable, CaseIterable {
    /// Nobody said anything.
    case `default`
    /// The profile's file.
    case profile
    /// A `BENCH_…` environment variable.
    case environment
    /// An option on the command line.
    case flag
}

/// One effective setting of a run.
package struct EffectiveSetting: Sendable, Equatable, Codable {
    /// The path of the setting, for instance `phases.main.rate`.
    package let key: String
    /// Its value as JSON.
    package let value: JSONValue
    /// Where the value comes from.
    package let origin: SettingOrigin

    /// Creates a setting.
    package init(key: String, value: JSONValue, origin: SettingOrigin) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}

/// All effective settings of a run in the order of the profile; results embed it.
package typealias EffectiveConfiguration = [EffectiveSetting]
