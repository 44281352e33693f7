import HarnessCore
import Platform

/// The main function of a worker process.
///
///     WorkerMain.run(systems: [
///         SystemFactory(name: "null") { _ in NullSystem() },
///     ])
public enum WorkerMain {
    /// Hosts the systems: speaks the worker protocol on standard input and output until it is told to quit.
    ///
    /// Standard output carries protocol lines only; what else the process prints there goes to standard error. With
    /// `--help` it lists the systems instead, and with `--run FILE` it needs no controller.
    ///
    /// - Parameter systems: what the worker offers, by name.
    public static func run(systems: [SystemFactory]) -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == UnattendedCall.option { runUnattended(systems: systems, arguments) }
        if let argument = arguments.first {
            let help = WorkerHelp(systems: systems)
            let asksForHelp = ["-h", "--help"].contains(argument)
            // Where nobody reads what is written there is nobody left to tell.
            try? StandardStreams.write(
                Array((asksForHelp ? help.text : help.refusal(of: argument)).utf8),
                to: asksForHelp ? StandardStreams.output : StandardStreams.errors
            )
            StandardStreams.exit(asksForHelp ? ExitStatus.pass.rawValue : ExitStatus.usage.rawValue)
        }
        let status: ExitStatus
        do {
            // A controller that is gone shows as an error of a write, and ends the worker in order; the SDK under test
            // may write to sockets of its own.
            try Signals.ignoreBrokenPipes()
            let output = try StandardOutput()
            let worker = Worker(systems: systems, output: output, clock: SystemPacingClock(), host: .current())
            status = worker.run(StandardInput())
        } catch {
            // Where that fails too there is nobody left to tell.
            try? StandardStreams.write(Array("bench-worker: cannot start: \(error)\n".utf8), to: StandardStreams.errors)
            status = .internalError
        }
        // Without the destructors that `exit` would run while threads of the system may still be at work.
        StandardStreams.exit(status.rawValue)
    }

    /// Follows a file in place of a controller.
    private static func runUnattended(systems: [SystemFactory], _ arguments: [String]) -> Never {
        var status: ExitStatus
        do {
            let call = try UnattendedCall(arguments)
            try Signals.ignoreBrokenPipes()
            let sink = try call.sink.map { try UnattendedSink(executable: $0) }
            defer { sink?.end() }
            let run = try UnattendedRun(file: call.file, receiver: sink?.url)
            status = Worker(systems: systems, output: run, clock: SystemPacingClock(), host: .current()).run(run)
            if let failure = run.failure {
                complain(failure)
                // The worker saw its input end, and cannot know why.
                if status == .interrupted { status = .internalError }
            }
        } catch {
            complain("\(error)")
            status = error is UnattendedRun.NoReceiver ? .internalError : .usage
        }
        StandardStreams.exit(status.rawValue)
    }

    private static func complain(_ error: some CustomStringConvertible) {
        // Where that fails there is nobody left to tell.
        try? StandardStreams.write(Array("Error: \(error)\n".utf8), to: StandardStreams.errors)
    }
}
