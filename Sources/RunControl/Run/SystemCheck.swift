package import LoadEngine
import Platform

/// Asks a worker whether its system takes the options of a profile, and lets it go again.
package enum SystemCheck {
    private static let patience: UInt64 = 10_000_000_000

    /// Makes the system of a profile in a fresh worker, and ends it before it has done anything.
    ///
    /// The system is told an address at which nobody listens; it has nothing to send there.
    ///
    /// - Parameters:
    ///   - profile: Names the system and its options.
    ///   - plan: The plan of the profile.
    ///   - worker: The path of the worker.
    /// - Returns: What the worker says against the configuration, or nil if it takes it.
    /// - Throws: `RunError` if the worker cannot be started, dies, or breaks the protocol.
    package static func objection(to profile: Profile, plan: Plan, worker: String) throws(RunError) -> String? {
        let process = try ManagedProcess(role: "the worker", executable: worker, arguments: []) { _ in }
        defer { process.finish(patience: 2_000_000_000) }
        try process.write(
            line(
                .configure(
                    ControllerMessage.Configure(
                        runID: "check",
                        system: profile.system,
                        options: profile.options,
                        endpoint: "http://127.0.0.1:9",
                        plan: plan,
                        flushTimeoutNanoseconds: 1_000_000_000
                    )
                )
            )
        )
        switch try answer(of: process) {
        case .ready:
            try process.write(line(.quit))
            return nil
        case .failed(let failure) where failure.kind == .configuration:
            return failure.message
        case .failed(let failure):
            throw .internal("the worker failed: \(failure.message)")
        case .interval, .checkpoint, .finished:
            throw .internal("the worker broke the protocol: it answered something else than \"ready\"")
        }
    }

    private static func answer(of process: ManagedProcess) throws(RunError) -> WorkerMessage {
        let deadline = MonotonicClock.deadline(after: patience)
        while true {
            let ready = try readable(process.descriptors, deadline: deadline)
            if let line = try process.read(ready).first {
                do {
                    return try WorkerProtocol.message(WorkerMessage.self, from: line)
                } catch {
                    throw .internal("the worker broke the protocol: \(error)")
                }
            }
            if process.hasEnded { throw process.ended() }
            if MonotonicClock.now() >= deadline { throw process.ended(because: "it did not answer in time") }
        }
    }

    private static func line(_ message: ControllerMessage) throws(RunError) -> [UInt8] {
        do {
            return Array(try WorkerProtocol.line(message))
        } catch {
            throw .internal("cannot encode a message to the worker: \(error)")
        }
    }
}
