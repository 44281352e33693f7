/// The version of the harness.
package enum ToolVersion {
    /// `major.minor.patch`.
    package static let current = "0.1.0"
}
