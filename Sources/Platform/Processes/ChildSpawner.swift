import CLinux
import Glibc

/// The one thread that forks.
///
/// A child asks the kernel to be killed when its parent dies, and the kernel takes the *thread* that forked for the
/// parent (prctl(2), PR_SET_PDEATHSIG). Forked from a thread that ends, a child would be killed in the midst of its
/// work; so all are forked from a thread that lives as long as the process.
final class ChildSpawner: @unchecked Sendable {
    // Sendable: `queue` and `isRunning` are touched only with `condition` locked.
    static let shared = ChildSpawner()

    private let condition = Condition()
    private var queue: [Job] = []
    private var isRunning = false

    private final class Job: @unchecked Sendable {
        // Sendable: `outcome` is touched only with the spawner's condition locked.
        let work: @Sendable () -> Result<pid_t, SystemError>
        var outcome: Result<pid_t, SystemError>?

        init(_ work: @escaping @Sendable () -> Result<pid_t, SystemError>) {
            self.work = work
        }
    }

    /// Runs `work`, which forks, on the thread and waits for it: some 100 µs, and longer in a large process.
    ///
    /// - Throws: `SystemError` of the work, or if the thread cannot be started.
    func run(_ work: @escaping @Sendable () -> Result<pid_t, SystemError>) throws(SystemError) -> pid_t {
        let job = Job(work)
        condition.lock()
        defer { condition.unlock() }
        if !isRunning {
            // Where SIGCHLD is ignored, as some parents leave it, ended children vanish with their exit status.
            clinux_stop_ignoring(SIGCHLD)
            // Never joined: it serves until the process ends.
            _ = try PlatformThread.start(name: "spawner") { [self] in serve() }
            isRunning = true
        }
        queue.append(job)
        condition.broadcast()
        while true {
            if let outcome = job.outcome {
                return try outcome.get()
            }
            condition.wait()
        }
    }

    private func serve() {
        condition.lock()
        while true {
            guard !queue.isEmpty else {
                condition.wait()
                continue
            }
            let job = queue.removeFirst()
            condition.unlock()
            let outcome = job.work()
            condition.lock()
            job.outcome = outcome
            condition.broadcast()
        }
    }
}
