/// How the bodies of requests are compressed.
public enum ExportCompression: String, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// By gzip, if the body is larger than the threshold.
    case gzip
}
