import CLinux
import Glibc

extension ChildProcess {
    /// What is known of the child, shared with the thread that waits for it.
    final class State: @unchecked Sendable {
        // Sendable: `exit` and `isReaped` are touched only with `condition` locked.
        let processID: pid_t
        private let condition = Condition()
        private var exit: Exit?
        private var isReaped = false

        init(processID: pid_t) {
            self.processID = processID
        }

        /// Starts the thread that waits for the child, so that it is never a zombie for long.
        func startReaper() throws(SystemError) {
            // Not joined: it ends with the child.
            _ = try PlatformThread.start(name: "reaper", stackBytes: 64 << 10) { [self] in
                awaitEnd()
                reap()
            }
        }

        /// Kills and reaps a child that nobody will hear of.
        func abandon() {
            kill(SIGKILL)
            do throws(SystemError) {
                try startReaper()
                _ = wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
            } catch {
                // No more threads: a killed process takes this one's time, rather than stay a zombie.
                awaitEnd()
                reap()
            }
        }

        /// Waits until the child has ended and leaves it a zombie, which keeps its id from being given away.
        private func awaitEnd() {
            var info = siginfo_t()
            while waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) != 0,
                SystemError.last("waitid").code == EINTR
            {}
        }

        private func reap() {
            condition.lock()
            defer { condition.unlock() }
            // While the zombie holds its id, no other group can have it.
            Glibc.kill(-processID, SIGKILL)
            var status: Int32 = 0
            var outcome: pid_t
            repeat {
                outcome = waitpid(processID, &status, 0)
            } while outcome < 0 && SystemError.last("waitpid").code == EINTR
            precondition(outcome == processID, "process \(processID) was waited for by somebody else")
            isReaped = true
            // The layout of wait(2): the signal in the lowest seven bits, or the exit status in the second byte.
            let signal = status & 0x7F
            exit = signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
            condition.broadcast()
        }

        /// Sends a signal unless the child was reaped: until then its id cannot belong to another process.
        @discardableResult
        func kill(_ signal: Int32) -> Bool {
            condition.withLock { !isReaped && Glibc.kill(processID, signal) == 0 }
        }

        func wait(deadline: UInt64) -> Exit? {
            condition.withLock {
                while exit == nil, condition.wait(untilMonotonic: deadline) {}
                return exit
            }
        }
    }
}
