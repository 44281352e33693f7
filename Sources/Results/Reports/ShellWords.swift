/// Words of a command line, as text for a shell.
enum ShellWords {
    /// Words as a shell takes them (POSIX.1-2024, section 2.2.2: nothing in single quotes means anything).
    static func line(_ words: [String]) -> String {
        words.map { word in
            let isPlain =
                !word.isEmpty
                && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:@%+,".contains($0)) }
            return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
        }.joined(separator: " ")
    }
}
