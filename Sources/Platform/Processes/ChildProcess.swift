import CLinux
import Glibc

/// A process started by this one.
///
/// It is in a process group of its own, so a terminal's SIGINT does not reach it; it is killed by the kernel when this
/// process dies, however that happens; and it never becomes a zombie, because a thread waits for it. When it ends, what
/// it has left running in its group is killed too. Releasing the object kills it.
///
/// Any thread may call anything; writes are one after the other.
package final class ChildProcess: Sendable {
    /// What a standard stream of the child is.
    package enum Stream: Sendable {
        /// A pipe whose other end this object has.
        case pipe
        /// The same as this process's.
        case inherit
        /// Nothing: reads end at once, writes vanish.
        case null
    }

    /// How a process ended.
    package enum Exit: Equatable, Sendable {
        /// It called exit with this status, 0 to 255.
        case status(Int32)
        /// This signal killed it.
        case signal(Int32)
    }

    /// The child's process id; it belongs to another process some time after the child has ended.
    package var processID: Int32 {
        state.processID
    }

    private let state: State
    private let input: Guarded<OwnedDescriptor?>
    private let output: OwnedDescriptor?
    private let errors: OwnedDescriptor?

    private init(
        state: State,
        input: consuming OwnedDescriptor?,
        output: consuming OwnedDescriptor?,
        errors: consuming OwnedDescriptor?
    ) {
        self.state = state
        self.input = Guarded(input)
        self.output = output
        self.errors = errors
    }

    deinit {
        if state.kill(SIGKILL) {
            // Only a process that hangs in the kernel survives this for long; its thread then waits on.
            _ = state.wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
        }
    }

    /// The reading end of the child's standard output, valid as long as this object; nil unless it is a pipe.
    package var standardOutput: Int32? {
        OwnedDescriptor.raw(output)
    }

    /// The reading end of the child's standard error, valid as long as this object; nil unless it is a pipe.
    package var standardError: Int32? {
        OwnedDescriptor.raw(errors)
    }
}

// MARK: - Starting

extension ChildProcess {
    /// How long the child may take from fork to exec.
    private static let startNanoseconds: UInt64 = 10_000_000_000

    /// Starts a process.
    ///
    /// - Parameters:
    ///   - executable: the path of the file to execute; it is not searched (see `ExecutablePath`).
    ///   - arguments: without the name of the program, which is `executable`.
    ///   - environment: the whole environment of the child; nil for this process's own.
    ///   - workingDirectory: where the child runs; nil for this process's own.
    ///   - standardInput: the child's standard input.
    ///   - standardOutput: the child's standard output.
    ///   - standardError: the child's standard error.
    /// - Returns: the process, which has begun to execute the file.
    /// - Throws: `SystemError` of the step that failed, such as `execve PATH: no such file or directory`.
    package static func start(
        executable: String,
        arguments: [String] = [],
        environment: [String: String]? = nil,
        workingDirectory: String? = nil,
        standardInput: Stream = .pipe,
        standardOutput: Stream = .pipe,
        standardError: Stream = .pipe
    ) throws(SystemError) -> ChildProcess {
        let input = try Channel(standardInput, descriptor: 0, childReads: true)
        let output = try Channel(standardOutput, descriptor: 1, childReads: false)
        let errors = try Channel(standardError, descriptor: 2, childReads: false)
        let report = try Pipe()

        let description = Description(
            executable: executable,
            arguments: arguments,
            environment: environment,
            workingDirectory: workingDirectory,
            streams: [input.childSide, output.childSide, errors.childSide],
            report: report.writeDescriptor
        )
        let processID = try ChildSpawner.shared.run { description.fork() }
        let state = State(processID: processID)

        // Only the child holds these from here on: when it ends, the pipes do.
        let ownInput = input.takeOwnSide()
        let ownOutput = output.takeOwnSide()
        let ownErrors = errors.takeOwnSide()
        let reportEnd = report.takeReadEnd()

        do throws(SystemError) {
            try Self.readReport(reportEnd.raw, description)
            if let descriptor = OwnedDescriptor.raw(ownInput) {
                try Self.setNonBlocking(descriptor)
            }
            try state.startReaper()
        } catch {
            state.abandon()
            throw error
        }
        return ChildProcess(state: state, input: ownInput, output: ownOutput, errors: ownErrors)
    }

    /// Waits until the child has executed its file: end of file without a report.
    private static func readReport(_ descriptor: Int32, _ description: Description) throws(SystemError) {
        let deadline = MonotonicClock.deadline(after: startNanoseconds)
        guard try Poll.wait(descriptor, for: .readable, deadline: deadline) else {
            throw SystemError(code: ETIMEDOUT, call: "execve", subject: description.executable)
        }
        var report = clinux_child_report()
        var count: Int
        repeat {
            // A report is smaller than PIPE_BUF: it arrives whole.
            count = read(descriptor, &report, MemoryLayout<clinux_child_report>.size)
        } while count < 0 && SystemError.last("read").code == EINTR
        guard count > 0 else {
            return
        }
        throw description.failure(report)
    }

    private static func setNonBlocking(_ descriptor: Int32) throws(SystemError) {
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw SystemError.last("fcntl", "O_NONBLOCK")
        }
    }

    /// A standard stream while the child is being started.
    private struct Channel: ~Copyable {
        let childSide: Int32
        private var child: OwnedDescriptor?
        private var own: OwnedDescriptor?

        init(_ stream: Stream, descriptor: Int32, childReads: Bool) throws(SystemError) {
            switch stream {
            case .inherit:
                childSide = descriptor
                child = nil
                own = nil
            case .null:
                let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
                childSide = null.raw
                child = consume null
                own = nil
            case .pipe:
                let (readEnd, writeEnd) = try Pipe.ends()
                childSide = childReads ? readEnd : writeEnd
                child = OwnedDescriptor(childReads ? readEnd : writeEnd)
                own = OwnedDescriptor(childReads ? writeEnd : readEnd)
            }
        }

        /// Closes the child's side and hands out the own one.
        consuming func takeOwnSide() -> OwnedDescriptor? {
            own
        }
    }
}

// MARK: - Talking

extension ChildProcess {
    /// Writes all of `bytes` to the child's standard input, which must be a pipe.
    ///
    /// Never raises SIGPIPE.
    ///
    /// - Throws: `SystemError`: `ETIMEDOUT` if the child did not read them in time, `EPIPE` if it never will, `EBADF`
    ///   after `closeInput()`. Some of the bytes may have been written.
    package func write(_ bytes: [UInt8], deadline: UInt64) throws(SystemError) {
        try input.withLock { input throws(SystemError) in
            guard let descriptor = OwnedDescriptor.raw(input) else {
                throw SystemError(code: EBADF, call: "write", subject: "standard input of process \(processID)")
            }
            var written = 0
            while written < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    clinux_write_without_signal(descriptor, buffer.baseAddress! + written, buffer.count - written)
                }
                if count >= 0 {
                    written += count
                    continue
                }
                let failure = SystemError.last("write", "standard input of process \(processID)")
                switch failure.code {
                case EINTR:
                    continue
                case EAGAIN:
                    guard try Poll.wait(descriptor, for: .writable, deadline: deadline) else {
                        throw SystemError(code: ETIMEDOUT, call: "write", subject: failure.subject)
                    }
                default:
                    throw failure
                }
            }
        }
    }

    /// Closes the child's standard input: it reads the end of the file.
    ///
    /// Waits for a write in progress.
    package func closeInput() {
        input.withLock { $0 = nil }
    }
}

// MARK: - Ending

extension ChildProcess {
    /// Whether the child has not ended, as far as is known.
    package var isRunning: Bool {
        state.wait(deadline: 0) == nil
    }

    /// Waits until the child has ended; nil if the deadline, a moment of `MonotonicClock`, passed.
    ///
    /// It may be called any number of times, and by several threads.
    package func wait(deadline: UInt64) -> Exit? {
        state.wait(deadline: deadline)
    }

    /// Sends a signal to the child, unless it has ended; whether it was sent.
    ///
    /// No other process can be hit.
    @discardableResult
    package func kill(_ signal: Int32) -> Bool {
        state.kill(signal)
    }

    /// Asks the child to end with SIGTERM, and kills it if it has not by the deadline.
    ///
    /// - Parameter deadline: a moment of `MonotonicClock`, for the child's own way out; killing comes after it.
    /// - Returns: how it ended; nil only if it hangs in the kernel.
    package func terminate(deadline: UInt64) -> Exit? {
        kill(SIGTERM)
        if let exit = wait(deadline: deadline) {
            return exit
        }
        kill(SIGKILL)
        return wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
    }
}
