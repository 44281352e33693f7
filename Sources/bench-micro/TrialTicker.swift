import CommandLineKit
import FoundationEssentials
import Platform

/// Says on standard error how far a trial is, twice a second on a terminal.
final class TrialTicker: Sendable {
    private let stopping = Guarded(false)
    private let changed: Condition
    private let thread: PlatformThread

    /// Begins to tell.
    ///
    /// - Parameter describe: How far it is, in a few words; called from another thread.
    /// - Throws: `SystemError` if there is no thread to be had.
    init(_ describe: @escaping @Sendable () -> String) throws(SystemError) {
        let terminal = Terminal(descriptor: 2, environment: ProcessInfo.processInfo.environment)
        let changed = Condition()
        self.changed = changed
        let stopping = stopping
        let interval: UInt64 = terminal.isInteractive ? 500_000_000 : 10_000_000_000
        thread = try PlatformThread.start(name: "ticker") {
            var block = ProgressBlock(plainInterval: interval) { Terminal.write($0, to: 2) }
            while !stopping.withLock({ $0 }) {
                let text = describe()
                block.update([text], plain: text, on: terminal, now: MonotonicClock.now())
                changed.withLock {
                    if !stopping.withLock({ $0 }) {
                        _ = changed.wait(untilMonotonic: MonotonicClock.deadline(after: interval))
                    }
                }
            }
            block.clear()
        }
    }

    /// Takes the line away; a second call does nothing.
    func stop() {
        changed.withLock {
            stopping.withLock { $0 = true }
            changed.broadcast()
        }
        thread.join()
    }
}
