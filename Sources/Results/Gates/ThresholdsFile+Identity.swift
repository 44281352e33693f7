import FoundationEssentials

extension ThresholdsFile {
    /// Reads a file together with what it can be recognised by later.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - isRequired: whether a file that does not exist is an error; otherwise there is none.
    ///   - digest: works out the SHA-256 digest of some bytes, 64 hexadecimal digits.
    /// - Returns: the file and its identity; nil where there is none.
    /// - Throws: when it is missing and required, or wrong in any way.
    package static func identified(
        _ path: String,
        isRequired: Bool,
        digest: ([UInt8]) -> String
    ) throws(ResultFileError) -> (identity: ThresholdsIdentity, file: ThresholdsFile)? {
        guard isRequired || FileManager.default.fileExists(atPath: path) else { return nil }
        let contents = try FileAccess.read(path)
        return (
            ThresholdsIdentity(path: path, sha256: digest(contents)), try ThresholdsFile(contents: contents, path: path)
        )
    }
}
