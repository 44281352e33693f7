import FoundationEssentials

/// Whole files, with errors that people understand.
package enum FileAccess {
    /// Larger files than this are no result: reading them would only fill the memory.
    static let maximumBytes = 512 << 20

    /// Reads a file into memory.
    static func read(_ path: String) throws(ResultFileError) -> [UInt8] {
        let attributes = try attempt("cannot be read", path) { try FileManager.default.attributesOfItem(atPath: path) }
        if attributes[.type] as? FileAttributeType == .typeDirectory {
            throw ResultFileError(path: path, reason: "is a folder", hint: "name a file in it")
        }
        if let size = attributes[.size] as? UInt64, size > maximumBytes {
            throw ResultFileError(path: path, reason: "is larger than \(maximumBytes >> 20) MiB")
        }
        return [UInt8](try attempt("cannot be read", path) { try Data(contentsOf: URL(filePath: path)) })
    }

    /// Looks whether a file can be made, so that nobody works for one that nothing can be written to.
    ///
    /// - Parameter path: the file; it need not exist, its folder must.
    /// - Throws: ``ResultFileError`` with the reason and what to do.
    package static func checkDestination(_ path: String) throws(ResultFileError) {
        guard !path.isEmpty else {
            throw ResultFileError(path: "\"\"", reason: "names no file", hint: "name the file to be written")
        }
        if ResultPaths.isFolder(path) {
            throw ResultFileError(path: path, reason: "is a folder", hint: "name a file in it")
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
        guard FileManager.default.fileExists(atPath: folder) else {
            throw ResultFileError(
                path: path,
                reason: "cannot be written: there is no folder \(folder)",
                hint: "make it with \(ShellWords.line(["mkdir", "-p", folder])), or name another file"
            )
        }
        guard ResultPaths.isFolder(folder) else {
            throw ResultFileError(
                path: path,
                reason: "cannot be written: \(folder) is no folder",
                hint: "name another file"
            )
        }
        let existing = FileManager.default.fileExists(atPath: path)
        guard FileManager.default.isWritableFile(atPath: existing ? path : folder) else {
            throw ResultFileError(
                path: path,
                reason: "cannot be written: permission denied",
                hint: "name another file"
            )
        }
    }

    /// Writes a file as a whole: into a temporary file beside it, flushed to disk and renamed.
    ///
    /// A reader sees the old contents or the new, and after a power failure there is no half of a file.
    /// `Data.WritingOptions.atomic` does these steps (checked with strace: `openat` with `O_EXCL`, `fsync`, `rename`).
    /// What is there and is no regular file, such as `/dev/stdout` or a link, is written to, not replaced.
    static func write(_ bytes: some DataProtocol, to path: String) throws(ResultFileError) {
        let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        let isReplaced = type == nil || type == .typeRegular
        try attempt("cannot be written", path) {
            try Data(bytes).write(to: URL(filePath: path), options: isReplaced ? .atomic : [])
        }
    }

    /// Writes a text as a file, in the same way.
    ///
    /// - Parameters:
    ///   - text: the contents.
    ///   - path: where to.
    /// - Throws: ``ResultFileError`` with the system's reason in words.
    package static func write(_ text: String, to path: String) throws(ResultFileError) {
        try write(Array(text.utf8), to: path)
    }

    /// Runs a call of Foundation and puts its error into words.
    static func attempt<Value>(
        _ what: String,
        _ path: String,
        _ body: () throws -> Value
    ) throws(ResultFileError) -> Value {
        do {
            return try body()
        } catch {
            throw ResultFileError(path: path, reason: "\(what): \(reason(of: error))")
        }
    }

    private static func reason(of error: any Error) -> String {
        guard let error = error as? CocoaError else { return "\(error)" }
        switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: return "no such file or folder"
        case .fileReadNoPermission, .fileWriteNoPermission: return "permission denied"
        case .fileWriteVolumeReadOnly: return "the file system is read-only"
        case .fileWriteOutOfSpace: return "no space is left"
        case .fileWriteFileExists: return "it exists already"
        default: return (error.underlying as? POSIXError).map { "system error \($0.code)" } ?? "\(error)"
        }
    }
}
