extension Host {
    /// What this process's control groups say of throttling, as files to be kept open; empty without such groups.
    ///
    /// - Returns: only files that can be read.
    package static func throttlingFiles() -> [ProcFile] {
        guard let file = try? ProcFile("/proc/self/cgroup", capacity: 64 << 10),
            let cgroup = try? file.read({ Cgroup(parsing: $0) })
        else {
            return []
        }
        return cgroup.throttlingFiles.compactMap { path in
            guard let file = try? ProcFile(path, capacity: 4096),
                (try? file.parse { bytes throws(ProcParseError) in try CgroupCPUStat(parsing: bytes) }) != nil
            else {
                return nil
            }
            return file
        }
    }
}
