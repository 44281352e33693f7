import HTTP
import HarnessCore
import Platform

/// The receiver that `bench` starts for a run of its own.
enum SinkProcess {
    private static let patience: UInt64 = 10_000_000_000

    /// Starts `bench-sink` on a free port of the loopback interface and waits until it listens.
    ///
    /// - Parameters:
    ///   - executable: The path of `bench-sink`.
    ///   - passOn: Takes each line of its standard error.
    /// - Returns: The process and its address.
    /// - Throws: `RunError` if it cannot be started or says nothing within ten seconds.
    static func start(
        executable: String,
        passOn: @escaping (String) -> Void
    ) throws(RunError) -> (process: ManagedProcess, endpoint: HTTPEndpoint) {
        let process = try ManagedProcess(
            role: "the sink",
            executable: executable,
            arguments: ["--port", "0", "--quiet", "--exit-with-parent"],
            passOn: passOn
        )
        let deadline = MonotonicClock.deadline(after: patience)
        while true {
            let ready = try readable(process.descriptors, deadline: deadline)
            guard !ready.isEmpty else { throw process.ended(because: "it did not say its address within 10 s") }
            for line in try process.read(ready) {
                guard let url = SinkAnnouncement.url(in: String(decoding: line, as: UTF8.self)) else { continue }
                do {
                    return (process, try HTTPEndpoint(parsing: url))
                } catch {
                    throw .internal("the sink announced an address that cannot be used: \(error)")
                }
            }
            if process.hasEnded { throw process.ended() }
        }
    }
}

/// Waits until one of the descriptors can be read, or until the deadline.
func readable(_ descriptors: [Int32], deadline: UInt64) throws(RunError) -> [Int32] {
    do {
        return try Poll.readable(descriptors, deadline: deadline)
    } catch {
        throw .internal("cannot wait for the worker and the sink: \(error)")
    }
}
