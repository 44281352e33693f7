import Glibc

/// Becoming another program.
package enum Execution {
    /// Replaces this process by a program; all descriptors but the standard streams should be close-on-exec.
    ///
    /// - Parameters:
    ///   - executable: the path of the file to execute; it is not searched.
    ///   - arguments: without the name of the program, which is `executable`.
    /// - Returns: why it could not be done; otherwise never.
    package static func replaceProcess(_ executable: String, _ arguments: [String]) -> SystemError {
        var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
        words.append(nil)
        execv(executable, words)
        let failure = SystemError.last("execv", executable)
        for word in words { free(word) }
        return failure
    }
}
