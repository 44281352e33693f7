/// How long the texts of a record may be, in characters.
enum TextLimits {
    /// The body of a log record.
    static let logBody = 1000
    /// The message of an error.
    static let errorMessage = 500
}
