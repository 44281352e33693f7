package import HarnessCore

/// Why a run came to no result.
package struct RunError: Error, Sendable, CustomStringConvertible {
    /// The status that a tool ends with.
    package var exitStatus: ExitStatus
    /// What happened and what to do about it.
    package var message: String

    /// A mistake of the user: an option, a profile, an executable that does not exist.
    package static func usage(_ message: String) -> RunError {
        RunError(exitStatus: .usage, message: message)
    }

    /// A process that died, fell silent or broke the protocol, or an error of the harness itself.
    package static func `internal`(_ message: String) -> RunError {
        RunError(exitStatus: .internalError, message: message)
    }

    /// The message.
    package var description: String { message }
}
