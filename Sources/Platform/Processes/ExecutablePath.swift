import Glibc

/// Where executables are.
package enum ExecutablePath {
    /// The absolute path of the running program's file.
    ///
    /// - Throws: `SystemError` if `/proc` is not mounted.
    package static func current() throws(SystemError) -> String {
        let link = "/proc/self/exe"
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            readlink(link, bytes.bindMemory(to: CChar.self).baseAddress!, bytes.count)
        }
        guard count >= 0 else {
            throw SystemError.last("readlink", link)
        }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// The path of another program in the running program's folder, whether or not it exists.
    ///
    /// - Throws: `SystemError` if `/proc` is not mounted.
    package static func sibling(_ name: String) throws(SystemError) -> String {
        let current = try current()
        return String(current[...(current.lastIndex(of: "/") ?? current.startIndex)]) + name
    }

    /// Finds a program as a shell does, in the folders of the environment variable `PATH`; nil if it is in none.
    ///
    /// A name with a slash is a path, and is returned if it can be executed.
    package static func search(_ name: String) -> String? {
        guard !name.contains("/") else {
            return access(name, X_OK) == 0 ? name : nil
        }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
