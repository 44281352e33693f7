/// The program that produced a result.
package struct ToolIdentity: Codable, Equatable, Sendable {
    /// Name of the program.
    package var name: String
    /// Its version.
    package var version: String

    /// Makes the value from its parts.
    package init(
        name: String,
        version: String
    ) {
        self.name = name
        self.version = version
    }
}

/// The machine a run took place on and the build that ran.
package struct RunEnvironment: Codable, Equatable, Sendable {
    /// Model name of the processor.
    package var cpuModel: String?
    /// Instruction set: `x86_64`, `aarch64`.
    package var architecture: String?
    /// Processors that the run may use.
    package var cores: Int?
    /// Name and release of the kernel.
    package var kernel: String?
    /// The C library, whose allocator the worker uses: `glibc 2.36`.
    package var libc: String?
    /// What the environment tells the allocator: `MALLOC_ARENA_MAX=2`, or `default` for nothing.
    package var allocator: String?
    /// Limit of the control group, in bytes; absent where there is none.
    package var memoryLimitBytes: UInt64?
    /// Memory of the machine, in bytes.
    package var memoryBytes: UInt64?
    /// Version of the compiler.
    package var swiftVersion: String
    /// `release` or `debug`.
    package var buildConfiguration: String
    /// Commit that was built.
    package var gitCommit: String?
    /// Whether the working copy had changes.
    package var gitDirty: Bool?
    /// Load average over one minute when the run began.
    package var loadAverage1m: Double?

    /// Makes the value; what was not measured is left out.
    package init(
        cpuModel: String? = nil,
        architecture: String? = nil,
        cores: Int? = nil,
        kernel: String? = nil,
        libc: String? = nil,
        allocator: String? = nil,
        memoryLimitBytes: UInt64? = nil,
        memoryBytes: UInt64? = nil,
        swiftVersion: String,
        buildConfiguration: String,
        gitCommit: String? = nil,
        gitDirty: Bool? = nil,
        loadAverage1m: Double? = nil
    ) {
        self.cpuModel = cpuModel
        self.architecture = architecture
        self.cores = cores
        self.kernel = kernel
        self.libc = libc
        self.allocator = allocator
        self.memoryLimitBytes = memoryLimitBytes
        self.memoryBytes = memoryBytes
        self.swiftVersion = swiftVersion
        self.buildConfiguration = buildConfiguration
        self.gitCommit = gitCommit
        self.gitDirty = gitDirty
        self.loadAverage1m = loadAverage1m
    }

    private enum CodingKeys: String, CodingKey {
        case cpuModel = "cpu_model"
        case architecture
        case cores
        case kernel
        case libc
        case allocator
        case memoryLimitBytes = "memory_limit_bytes"
        case memoryBytes = "memory_bytes"
        case swiftVersion = "swift_version"
        case buildConfiguration = "build_configuration"
        case gitCommit = "git_commit"
        case gitDirty = "git_dirty"
        case loadAverage1m = "load_average_1m"
    }
}
