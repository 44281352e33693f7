import CLinux
import Glibc
import Synchronization

/// Signals as bytes in a pipe, so that they can be waited for together with other descriptors.
///
/// One can exist at a time. While it does, its signals do nothing else; when it goes, they do what they did before.
package final class SignalPipe: Sendable {
    /// Readable when a signal has come; the same for every instance, and never closed.
    package let descriptor: Int32

    private let previous: [(signal: Int32, action: SavedAction)]

    /// A disposition to return to.
    ///
    /// It is never changed, and the pointer in it is a function's.
    private struct SavedAction: @unchecked Sendable {
        let action: sigaction
    }

    private static let isActive = Atomic<Bool>(false)

    /// Begins to collect signals.
    ///
    /// - Parameter signals: their numbers, such as `SIGINT` and `SIGTERM`; not `SIGKILL` or `SIGSTOP`.
    /// - Throws: `SystemError`: `EBUSY` if another one exists, `EINVAL` for a signal that cannot be caught.
    package init(signals: [Int32]) throws(SystemError) {
        let (isFirst, _) = Self.isActive.compareExchange(
            expected: false,
            desired: true,
            ordering: .acquiringAndReleasing
        )
        guard isFirst else {
            throw SystemError(code: EBUSY, call: "sigaction", explanation: "another SignalPipe exists")
        }
        var previous: [(signal: Int32, action: SavedAction)] = []
        do throws(SystemError) {
            descriptor = try sharedPipe.get().read
            _ = Self.drain(descriptor)
            for signal in signals {
                var action = sigaction()
                action.__sigaction_handler.sa_handler = noteSignal
                // Restarts what it interrupts; what does not restart is repeated by our wrappers.
                action.sa_flags = SA_RESTART
                sigfillset(&action.sa_mask)
                var before = sigaction()
                guard sigaction(signal, &action, &before) == 0 else {
                    throw SystemError.last("sigaction", "signal \(signal)")
                }
                previous.append((signal, SavedAction(action: before)))
            }
        } catch {
            Self.restore(previous)
            Self.isActive.store(false, ordering: .releasing)
            throw error
        }
        self.previous = previous
    }

    deinit {
        Self.restore(previous)
        Self.isActive.store(false, ordering: .releasing)
    }

    /// Takes the signals that have come, in their order, without waiting.
    ///
    /// Many of one kind may count as fewer.
    package func take() -> [Int32] {
        Self.drain(descriptor)
    }

    private static func drain(_ descriptor: Int32) -> [Int32] {
        var signals: [Int32] = []
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            if count > 0 {
                signals += bytes[..<count].map(Int32.init)
            } else if count < 0, SystemError.last("read").code == EINTR {
                continue
            } else {
                return signals
            }
        }
    }

    private static func restore(_ previous: [(signal: Int32, action: SavedAction)]) {
        for (signal, saved) in previous {
            var action = saved.action
            sigaction(signal, &action, nil)
        }
    }
}

/// What is done about signals for the whole process.
package enum Signals {
    /// What Ctrl-C sends: `SIGINT`.
    package static let interrupt = SIGINT
    /// The terminal has gone: `SIGHUP`.
    package static let hangUp = SIGHUP
    /// The request to end: `SIGTERM`.
    package static let terminate = SIGTERM
    /// A file has reached the limit for its size: `SIGXFSZ`.
    package static let fileSizeExceeded = SIGXFSZ
    /// The end without a chance to object: `SIGKILL`.
    package static let kill = SIGKILL

    /// Makes writes to a pipe or socket without a reader fail with `EPIPE` instead of killing the process.
    ///
    /// - Throws: `SystemError`, which Linux does not give a reason for.
    package static func ignoreBrokenPipes() throws(SystemError) {
        try ignore(SIGPIPE)
    }

    /// Makes the process ignore a signal.
    ///
    /// Children start with it at its default.
    ///
    /// - Throws: `SystemError` for `SIGKILL`, `SIGSTOP` and numbers that are no signal.
    package static func ignore(_ number: Int32) throws(SystemError) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_IGN
        guard sigaction(number, &action, nil) == 0 else {
            throw SystemError.last("sigaction", "signal \(number)")
        }
    }
}

/// The pipe that handlers write to, made once and never closed: a handler that runs while a `SignalPipe` goes away must
/// not write to a descriptor that means something else by then.
private let sharedPipe: Result<(read: Int32, write: Int32), SystemError> = {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else {
        return .failure(SystemError.last("pipe"))
    }
    signalWriteEnd.store(ends[1], ordering: .releasing)
    return .success((ends[0], ends[1]))
}()

/// The pipe's writing end as the handler sees it: set before the first handler is installed.
private let signalWriteEnd = Atomic<Int32>(-1)

/// The handler: only async-signal-safe calls, and `errno` as it was.
///
/// A full pipe has signals enough.
private func noteSignal(_ number: Int32) {
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(signalWriteEnd.load(ordering: .acquiring), &byte, 1)
    errno = before
}
