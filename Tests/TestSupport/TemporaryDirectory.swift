import FoundationEssentials
import Platform

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

    /// Writes a program within, and returns its path.
    ///
    /// Another process writes the file. While this one had it open for writing, a child that another test begins in the
    /// same moment would have it open, too, and who executes it meanwhile is told that the file is busy.
    package func writeExecutable(_ text: String, to name: String) throws -> String {
        let source = try write(text.utf8, to: "\(name).source")
        defer { try? FileManager.default.removeItem(atPath: source) }
        let install = try ChildProcess.start(
            executable: "/usr/bin/install",
            arguments: ["-m", "755", source, path(name)],
            standardInput: .null
        )
        let exit = install.wait(deadline: Waiting.deadline())
        guard exit == .status(0) else { throw NotInstalled(exit: exit) }
        return path(name)
    }

    /// A program could not be written.
    private struct NotInstalled: Error {
        let exit: ChildProcess.Exit?
    }

    /// The bytes of a file within.
    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }
}
