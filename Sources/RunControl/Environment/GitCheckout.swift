import Platform

/// The state of a git working copy.
struct GitCheckout {
    /// The commit that is checked out, 40 hexadecimal digits.
    let commit: String
    /// Whether anything differs from it; nil if git did not say.
    let isDirty: Bool?

    /// Asks git about the working copy that a file lies in; nil without git, or outside of one.
    init?(containing file: String) {
        guard let git = ExecutablePath.search("git") else { return nil }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        guard let commit = ProgramOutput.read(git, ["-C", folder, "rev-parse", "HEAD"]), commit.count == 40 else {
            return nil
        }
        self.commit = commit
        isDirty = ProgramOutput.read(git, ["-C", folder, "status", "--porcelain"]).map { !$0.isEmpty }
    }
}
