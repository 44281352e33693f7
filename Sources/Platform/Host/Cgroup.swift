/// The control groups of a process, as `/proc/PID/cgroup` lists them (cgroups(7)).
package struct Cgroup: Equatable, Sendable {
    /// The path in the unified hierarchy (version 2), from its line `0::PATH`; nil if there is none.
    package let unifiedPath: String?

    /// The path in the memory controller's hierarchy (version 1), from its line `N:memory:PATH`; nil if there is none.
    package let memoryPath: String?

    /// The path in the processor controller's hierarchy (version 1), from its line `N:cpu:PATH`; nil if there is none.
    package let processorPath: String?

    /// The name of the folder in which that hierarchy is mounted: its controllers, `cpu` or `cpu,cpuacct`.
    private let processorFolder: String?

    /// Parses the file's text: lines of `hierarchy:controllers:path`.
    package init(parsing bytes: UnsafeRawBufferPointer) {
        var unified: String?
        var memory: String?
        var processor: (path: String, folder: String)?
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else {
                continue
            }
            if parts[0] == "0", parts[1].isEmpty {
                unified = String(parts[2])
                continue
            }
            let controllers = parts[1].split(separator: ",")
            if controllers.contains("memory") { memory = String(parts[2]) }
            if controllers.contains("cpu") { processor = (String(parts[2]), String(parts[1])) }
        }
        unifiedPath = unified
        memoryPath = memory
        processorPath = processor?.path
        processorFolder = processor?.folder
    }

    /// Parses the text of a file with a memory limit; nil if there is no limit, or it is not a number.
    ///
    /// `max` (version 2), and a number that no machine reaches (version 1 writes 2^63 rounded down to a page), mean that
    /// there is none.
    package static func limit(parsing bytes: UnsafeRawBufferPointer) -> UInt64? {
        var text = ProcText(bytes)
        guard let number = text.number(), number < 1 << 60 else {
            return nil
        }
        return number
    }

    /// The files that may hold a limit for a process in these groups: its own groups' first, then those above.
    ///
    /// A limit of a group above holds as well. In a container the path may be that of the host, which is not visible
    /// there; the container's own group then is the root of what is mounted.
    package var limitFiles: [String] {
        var files: [String] = []
        if let unifiedPath {
            files += Self.ancestors(unifiedPath).map { "/sys/fs/cgroup\($0)/memory.max" }
        }
        if let memoryPath {
            files += Self.ancestors(memoryPath).map { "/sys/fs/cgroup/memory\($0)/memory.limit_in_bytes" }
        }
        return files
    }

    /// The files that say how a process in these groups was throttled: its own groups' first, then those above.
    package var throttlingFiles: [String] {
        var files: [String] = []
        if let unifiedPath {
            files += Self.ancestors(unifiedPath).map { "/sys/fs/cgroup\($0)/cpu.stat" }
        }
        if let processorPath, let processorFolder {
            files += Self.ancestors(processorPath).map { "/sys/fs/cgroup/\(processorFolder)\($0)/cpu.stat" }
        }
        return files
    }

    /// `/a/b` → `/a/b`, `/a` and the empty path.
    private static func ancestors(_ path: String) -> [String] {
        var parts = path.split(separator: "/").filter { $0 != ".." }
        var paths: [String] = []
        while !parts.isEmpty {
            paths.append(parts.map { "/" + $0 }.joined())
            parts.removeLast()
        }
        return paths + [""]
    }
}
