/// Patterns with `*` (any characters) and `?` (one character), for names.
package enum Glob {
    /// Whether the whole of `name` fits `pattern`, in O(n·m).
    package static func matches(_ name: String, pattern: String) -> Bool {
        let name = Array(name)
        let pattern = Array(pattern)
        var (position, next) = (0, 0)
        var retry: (pattern: Int, name: Int)?
        while position < name.count {
            if next < pattern.count, pattern[next] == "*" {
                retry = (next, position)
                next += 1
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == name[position] {
                next += 1
                position += 1
            } else if let star = retry {
                // The last star takes one character more.
                retry = (star.pattern, star.name + 1)
                next = star.pattern + 1
                position = star.name + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}
