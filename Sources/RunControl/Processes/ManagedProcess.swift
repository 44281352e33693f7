import Platform

/// A child process whose output is read line by line as it comes, and whose first and last words are kept.
final class ManagedProcess {
    /// What the process is to the run, for messages: "the worker".
    let role: String
    /// The process id.
    var processID: Int32 { child.processID }

    private let child: ChildProcess
    private let output: LineReader
    private let errors: LineReader
    private let passOn: (String) -> Void
    private var firstWords: [String] = []
    private var lastWords: [String] = []
    private var omittedLines = 0
    private static let keptLines = 10

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - role: What the process is to the run.
    ///   - executable: The program's path.
    ///   - arguments: Without the program's name.
    ///   - variables: Variables of its environment beside those of this process.
    ///   - passOn: Takes each line of its standard error.
    /// - Throws: `RunError`; of usage if the program is not there or cannot be executed.
    init(
        role: String,
        executable: String,
        arguments: [String],
        variables: [String: String] = [:],
        passOn: @escaping (String) -> Void
    ) throws(RunError) {
        self.role = role
        self.passOn = passOn
        do {
            child = try ChildProcess.start(
                executable: executable,
                arguments: arguments,
                environment: variables.isEmpty ? nil : ProcessEnvironment.variables().merging(variables) { $1 }
            )
        } catch {
            throw .usage("cannot start \(role): \(error); check the path of the executable")
        }
        guard let outputDescriptor = child.standardOutput, let errorDescriptor = child.standardError else {
            throw .internal("\(role) has no standard streams")
        }
        output = LineReader(descriptor: outputDescriptor)
        errors = LineReader(descriptor: errorDescriptor)
    }

    /// The descriptors to wait for: those that have not ended.
    var descriptors: [Int32] {
        [output, errors].filter { !$0.isAtEnd }.map(\.descriptor)
    }

    /// Whether nothing will come any more, because the process ended or closed its output.
    var hasEnded: Bool {
        output.isAtEnd
    }

    /// Reads what is there.
    ///
    /// - Parameter ready: Descriptors that can be read without waiting.
    /// - Returns: Whole lines of standard output.
    /// - Throws: `RunError` if a line is too long or cannot be read.
    func read(_ ready: [Int32]) throws(RunError) -> [[UInt8]] {
        do {
            if ready.contains(errors.descriptor) {
                try errors.readAvailable()
                while let line = try errors.takeLine() { note(String(decoding: line, as: UTF8.self)) }
            }
            var lines: [[UInt8]] = []
            if ready.contains(output.descriptor) {
                try output.readAvailable()
                while let line = try output.takeLine() { lines.append(line) }
            }
            return lines
        } catch {
            throw .internal("cannot read what \(role) writes: \(error)" + lastWordsText)
        }
    }

    /// Sends bytes to its standard input.
    ///
    /// - Throws: `RunError` if it does not take them within five seconds.
    func write(_ bytes: [UInt8]) throws(RunError) {
        do {
            try child.write(bytes, deadline: MonotonicClock.deadline(after: 5_000_000_000))
        } catch {
            throw ended(because: "it does not read its input (\(error))")
        }
    }

    /// The error for a process that is gone or useless, with how it ended and its last words.
    ///
    /// - Parameters:
    ///   - reason: what it did wrong, if it is not its end alone.
    ///   - work: what it was doing when it ended.
    /// - Returns: an internal error.
    func ended(because reason: String? = nil, while work: String? = nil) -> RunError {
        // The exit may follow the end of output by a moment; what it wrote to standard error comes before both.
        let exit = child.wait(deadline: MonotonicClock.deadline(after: 500_000_000))
        drainErrors()
        let how =
            switch exit {
            case .status(let status): "ended with status \(status)"
            case .signal(let signal): "was killed by signal \(signal)"
            case nil: reason == nil ? "closed its output" : "is still running"
            }
        let context = (work.map { " while \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
        return .internal("\(role) (process \(processID)) \(how)\(context)" + lastWordsText)
    }

    /// Closes its input and waits for its end; kills it if that takes longer than the time given.
    ///
    /// - Parameter patience: In nanoseconds.
    func finish(patience: UInt64) {
        child.closeInput()
        if child.wait(deadline: MonotonicClock.deadline(after: patience)) == nil {
            child.kill(Signals.kill)
            _ = child.wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
        }
        drainErrors()
    }

    /// Closes its input and waits for its end, which has to be one with status 0.
    ///
    /// - Parameter patience: in nanoseconds.
    /// - Throws: `RunError` if it ends otherwise, or not in time; then it is killed.
    func finishInGoodOrder(patience: UInt64) throws(RunError) {
        child.closeInput()
        let exit = child.wait(deadline: MonotonicClock.deadline(after: patience))
        if exit == .status(0) { return drainErrors() }
        let error = exit == nil ? ended(because: "it did not end when told to quit") : ended(while: "quitting")
        finish(patience: 0)
        throw error
    }

    private func drainErrors() {
        // The process has ended or is not listened to any more: what cannot be read now was never written.
        while !errors.isAtEnd, let outcome = try? errors.next(deadline: MonotonicClock.now()) {
            guard case .line(let line) = outcome else { return }
            note(String(decoding: line, as: UTF8.self))
        }
    }

    private func note(_ line: String) {
        // A crash says what it is in its first line, and everything else ends with why.
        if firstWords.count < Self.keptLines {
            firstWords.append(line)
        } else {
            lastWords.append(line)
            if lastWords.count > Self.keptLines {
                lastWords.removeFirst()
                omittedLines += 1
            }
        }
        passOn(line)
    }

    private var lastWordsText: String {
        guard !firstWords.isEmpty else { return "; it wrote nothing to standard error" }
        let omitted = omittedLines > 0 ? ["… \(omittedLines) lines …"] : []
        return "; its standard error:\n"
            + (firstWords + omitted + lastWords).map { "    \($0)" }.joined(separator: "\n")
    }
}
