import HarnessCore
import RunControl

/// How long a run waits for a worker, set by the environment for workers that are slow, or tests that are not.
enum Patience {
    /// The variable: how long a worker may say nothing.
    static let variable = "BENCH_PATIENCE"

    /// Applies `BENCH_PATIENCE`, a duration such as `30s`, to all waits for the worker.
    ///
    /// - Parameters:
    ///   - environment: the variables of the process.
    ///   - request: what is to be run.
    /// - Throws: `RunError` of usage if the value is not a duration of at least 1 ms.
    static func apply(_ environment: [String: String], to request: inout RunRequest) throws(RunError) {
        guard let text = environment[variable] else { return }
        let nanoseconds: UInt64
        do {
            nanoseconds = try Quantity.durationNanoseconds(text)
        } catch {
            throw .usage("\(variable): \(error)")
        }
        guard nanoseconds >= 1_000_000 else { throw .usage("\(variable) is \(text); it has to be at least 1ms") }
        request.silenceLimit = nanoseconds
        request.flushTimeout = nanoseconds
        request.readyLimit = nanoseconds
        request.quitLimit = min(request.quitLimit, nanoseconds)
    }
}
