import FoundationEssentials
import Platform

/// The package's own programs, as they were built for this test run.
package enum BuiltExecutable {
    /// There is no such program beside the test program.
    package struct Missing: Error, CustomStringConvertible {
        /// Where it should be.
        package let path: String

        /// Says what to do.
        package var description: String {
            "no executable at \(path): make the test target depend on it, or run `swift build`"
        }
    }

    /// The path of a program: the test program lies in the folder of all that was built.
    ///
    /// - Throws: `Missing`, or `SystemError` if the test program's own path is unknown.
    package static func path(_ name: String) throws -> String {
        let path = try ExecutablePath.sibling(name)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Missing(path: path)
        }
        return path
    }
}
