import Platform
import RunControl

/// Standard output: where a tool's answer goes.
enum StandardOutput {
    /// Writes a text.
    ///
    /// A reader that has seen enough, such as `head`, is no error.
    ///
    /// - Throws: `RunError` if the text cannot be written for any other reason: whoever asked for it does not have it.
    static func write(_ text: String) throws(RunError) {
        do {
            try StandardStreams.write(Array(text.utf8), to: StandardStreams.output)
        } catch {
            guard !error.isBrokenPipe else { return }
            throw .internal("cannot write to standard output: \(error.reason)")
        }
    }
}
