import Platform
import Synchronization

/// What a configuration is resolved with, besides what the program said.
struct ConfigurationSources {
    /// The environment.
    var variables: [String: String]
    /// What is known of the process and its machine.
    var process: ProcessFacts
    /// Whether there is a file at a path.
    var fileExists: (String) -> Bool
    /// Takes a complaint about a variable.
    var warn: (String) -> Void

    /// The sources of the running process.
    ///
    /// Reads the environment. Complaints go to standard error, each once in the life of the process.
    static func current() -> ConfigurationSources {
        ConfigurationSources(
            variables: ProcessEnvironment.variables(),
            process: .current(),
            fileExists: FilePresence.exists(_:),
            warn: warnOnce(_:)
        )
    }

    private static let given = Mutex<Set<String>>([])

    /// Complains on standard error, unless the same was said before in the life of the process.
    @Sendable
    static func warnOnce(_ message: String) {
        guard given.withLock({ $0.insert(message).inserted }) else { return }
        // Nobody can be told if standard error is closed.
        try? StandardStreams.write(Array("telemetry: \(message)\n".utf8), to: StandardStreams.errors)
    }
}
