import LoadEngine
import Results

extension SystemIdentity {
    /// Takes over what the system says of itself.
    mutating func describe(_ system: SystemDescription) {
        sdkName = system.sdkName
        sdkVersion = system.sdkVersion
        language = system.language
        isEnabled = system.enabled
    }
}
