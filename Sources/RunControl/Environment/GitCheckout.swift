import Platform

/// The state of a git working copy.
struct GitCheckout {
    /// The commit that is checked out, 40 hexadecimal digits.
    let commit: String
    /// Whether anything differs from it; nil if git did not say.
    let isDirty: Bool?

    private static let patience: UInt64 = 5_000_000_000

    /// Asks git about the working copy that a file lies in; nil without git, or outside of one.
    init?(containing file: String) {
        guard let git = ExecutablePath.search("git") else { return nil }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        guard let commit = Self.output(git, ["-C", folder, "rev-parse", "HEAD"]), commit.count == 40 else { return nil }
        self.commit = commit
        isDirty = Self.output(git, ["-C", folder, "status", "--porcelain"]).map { !$0.isEmpty }
    }

    /// What a program writes, without the line break at its end; nil unless it ends with status 0 in time.
    private static func output(_ executable: String, _ arguments: [String]) -> String? {
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
