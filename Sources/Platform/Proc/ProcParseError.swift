/// A `/proc` file whose text is not what the kernel's documentation says.
package struct ProcParseError: Error, Equatable, Sendable {
    /// The file's name, such as `stat`.
    package let file: String

    /// What was expected, such as `field 14`.
    package let reason: String

    /// An error about a file; both texts as above.
    package init(file: String, reason: String) {
        self.file = file
        self.reason = reason
    }
}

extension ProcParseError: CustomStringConvertible {
    /// `cannot understand /proc/…/stat: no field 14`.
    package var description: String {
        "cannot understand /proc/…/\(file): \(reason)"
    }
}
