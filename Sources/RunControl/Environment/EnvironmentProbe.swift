import FoundationEssentials
import Platform
import Results

/// Finds out on what machine and with what build a run takes place.
///
/// What cannot be found out stays absent.
enum EnvironmentProbe {
    /// Describes the machine and the build.
    ///
    /// - Parameters:
    ///   - worker: The path of the worker; the commit is that of the repository it lies in.
    ///   - variables: What the worker's environment has beside, or instead of, that of this process.
    /// - Returns: What could be found out.
    static func environment(worker: String, variables: [String: String] = [:]) -> RunEnvironment {
        let name = try? Host.name()
        let checkout = GitCheckout(containing: worker)
        return RunEnvironment(
            cpuModel: (try? Host.processors())?.model,
            architecture: name?.machine,
            cores: Host.usableProcessors(),
            kernel: name.map { "\($0.system) \($0.release)" },
            libc: Host.libc(),
            allocator: allocator(ProcessInfo.processInfo.environment.merging(variables) { $1 }),
            memoryLimitBytes: (try? Host.memoryLimit()) ?? nil,
            memoryBytes: (try? Host.memory())?.totalBytes,
            swiftVersion: compiler,
            buildConfiguration: buildConfiguration,
            gitCommit: checkout?.commit,
            gitDirty: checkout?.isDirty,
            loadAverage1m: (try? Host.loadAverage())?.oneMinute
        )
    }

    /// The variables by which glibc's allocator is set, or replaced, in the order of their names; `default` for none.
    static func allocator(_ environment: [String: String]) -> String {
        let names = environment.keys.filter {
            $0.hasPrefix("MALLOC_") || $0 == "GLIBC_TUNABLES" || $0 == "LD_PRELOAD"
        }
        return names.isEmpty
            ? "default" : names.sorted().map { "\($0)=\(environment[$0] ?? "")" }.joined(separator: " ")
    }

    private static var buildConfiguration: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }

    /// The version of the compiler, as far as a program can ask for it: the highest that it is known to be at least.
    private static var compiler: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3.2)
        "6.3.2 or later 6.3"
        #elseif compiler(>=6.3.1)
        "6.3.1"
        #else
        "6.3"
        #endif
    }
}
