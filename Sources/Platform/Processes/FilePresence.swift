import Glibc

/// Whether files are there.
package enum FilePresence {
    /// Whether a path leads to something; false also if a folder on the way cannot be searched.
    package static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }
}
