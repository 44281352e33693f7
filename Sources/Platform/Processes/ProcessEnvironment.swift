import CLinux
import Glibc

/// The environment that this process was given.
package enum ProcessEnvironment {
    /// All variables with their values.
    ///
    /// Not to be called while another thread changes the environment: glibc has no lock for that. A name that occurs
    /// twice has the first value, as for `getenv`; bytes that are not UTF-8 are repaired.
    package static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        guard let environment = clinux_environment() else { return variables }
        for index in 0... {
            guard let entry = environment[index] else { break }
            let text = String(cString: entry)
            guard let separator = text.firstIndex(of: "=") else { continue }
            let name = String(text[..<separator])
            if variables[name] == nil { variables[name] = String(text[text.index(after: separator)...]) }
        }
        return variables
    }
}
