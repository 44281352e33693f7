import Platform
import RunControl

/// `bench micro`: hands over to `bench-micro`, so that `bench` itself links neither the SDK nor the sink.
enum MicroCommand {
    /// Becomes the other program; returns only by an error.
    ///
    /// - Parameter arguments: What follows `micro`.
    /// - Throws: `RunError` of usage if the program cannot be started.
    static func run(_ arguments: [String]) throws -> Never {
        let path = try ExecutablePath.sibling("bench-micro")
        throw RunError.usage("cannot start \(Execution.replaceProcess(path, arguments)); build it with: make build")
    }
}
