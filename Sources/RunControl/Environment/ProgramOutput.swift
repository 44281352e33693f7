import Platform

/// What other programs know, such as git.
enum ProgramOutput {
    /// What a program writes, without the line break at its end.
    ///
    /// - Parameters:
    ///   - executable: its path.
    ///   - arguments: without the program's name.
    ///   - patience: how long it may take, in nanoseconds.
    /// - Returns: its standard output; nil unless it ends with status 0 in time.
    static func read(_ executable: String, _ arguments: [String], patience: UInt64 = 5_000_000_000) -> String? {
        // Every failure here means the same: nothing is known.
        guard
            let child = try? ChildProcess.start(
                executable: executable,
                arguments: arguments,
                standardInput: .null,
                standardError: .null
            ), let descriptor = child.standardOutput
        else { return nil }
        let deadline = MonotonicClock.deadline(after: patience)
        let reader = LineReader(descriptor: descriptor)
        var lines: [String] = []
        while let outcome = try? reader.next(deadline: deadline), case .line(let line) = outcome {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        guard child.wait(deadline: deadline) == .status(0) else { return nil }
        return lines.joined(separator: "\n")
    }
}
