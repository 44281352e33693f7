import FoundationEssentials

/// A folder of its own for a test, deleted with all that is in it when the object goes.
package final class TemporaryDirectory {
    /// The folder's absolute path, without a slash at its end.
    package let path: String

    /// Makes the folder where the system keeps such things.
    ///
    /// - Throws: what FileManager says if that is impossible.
    package init() throws {
        let name = "telemetry-bench-\(UUID().uuidString)"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        // What cannot be deleted is left to the system: a test must not fail for it.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file or folder within.
    package func path(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes a file within, and returns its path.
    package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let path = path(name)
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// The bytes of a file within.
    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }
}
