package import FoundationEssentials
import HarnessCore
package import Results

/// Where a report comes from, so that it can be committed and made again: tool, time, call, machine and build.
package struct ReportOrigin: Codable, Sendable, Equatable {
    /// What produced the report.
    package var tool: ToolIdentity
    /// When it was begun, RFC 3339 in UTC.
    package var startedAt: String
    /// The command line, with the program's name in place of its path.
    package var command: [String]
    /// The machine and the build.
    package var environment: RunEnvironment

    /// Looks around.
    ///
    /// - Parameters:
    ///   - command: the command line; of its first word the last path component is kept, because a path is the machine's.
    ///   - worker: the path of the worker; the commit is that of the repository that it lies in.
    ///   - startedAt: when the report was begun.
    package init(command: [String], worker: String, startedAt: Date = Date()) {
        tool = ToolIdentity(name: "bench", version: ToolVersion.current)
        self.startedAt = startedAt.formatted(.iso8601)
        let program = command.first?.split(separator: "/").last.map(String.init)
        self.command = [program].compactMap { $0 } + command.dropFirst()
        environment = EnvironmentProbe.environment(worker: worker)
    }

    private enum CodingKeys: String, CodingKey {
        case tool
        case startedAt = "started_at"
        case command
        case environment
    }
}
