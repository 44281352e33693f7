import HTTP
import HarnessCore
package import Platform

/// Runs a sink until it is told to stop.
package enum SinkService {
    /// What the service is asked to do.
    package struct Options: Equatable, Sendable {
        /// Address or name to listen on.
        package var host = "127.0.0.1"
        /// Port to listen on; 0 lets the system choose.
        package var port = 4318
        /// Whether nothing is said between start and end.
        package var isQuiet = false
        /// Whether a line is printed for every item that arrives.
        package var printsItems = false
        /// Whether the end of standard input ends the service: it does when the process that holds the other end dies.
        package var exitsWithParent = false

        /// The defaults described at each property.
        package init() {}
    }

    /// How long requests at hand may take when the service ends.
    private static let stopNanoseconds: UInt64 = 2_000_000_000

    private static let standardInput: Int32 = 0

    /// Listens, and returns when SIGTERM or SIGINT has come or, if asked for, standard input has ended.
    ///
    /// Changes what the process does about SIGTERM, SIGINT and SIGPIPE; blocks the calling thread.
    ///
    /// - Parameters:
    ///   - options: What to do.
    ///   - output: Takes the line that says where the sink listens, and at the end the line of totals.
    ///   - log: Takes a line for every second in which something arrived, unless quiet.
    /// - Throws: `SystemError` when the address cannot be bound, or a system call fails.
    package static func run(
        _ options: Options,
        output: @escaping @Sendable (String) -> Void,
        log: (String) -> Void
    ) throws(SystemError) {
        try Signals.ignoreBrokenPipes()
        let signals = try SignalPipe(signals: [Signals.terminate, Signals.interrupt])
        var configuration = SinkServer.defaultConfiguration
        configuration.host = options.host
        configuration.port = options.port
        var show: (@Sendable (String) -> Void)?
        // The output ends each text with a line feed of its own.
        if options.printsItems { show = { text in if !text.isEmpty { output(String(text.dropLast())) } } }
        let server = SinkServer(configuration: configuration, print: show)
        try server.start()
        output(SinkAnnouncement.line(url: "\(server.url)"))

        let parent = options.exitsWithParent ? LineReader(descriptor: standardInput, maximumLineBytes: 4096) : nil
        let descriptors = [signals.descriptor] + (parent.map { [$0.descriptor] } ?? [])
        var activity = SinkActivity(now: MonotonicClock.now())
        var shown: Set<WireViolationKind> = []
        var deadline = MonotonicClock.deadline(after: 1_000_000_000)
        while true {
            // A quiet sink with nothing to say sleeps until it is told to stop.
            let ready = try Poll.readable(descriptors, deadline: options.isQuiet ? .max : deadline)
            if ready.contains(signals.descriptor), !signals.take().isEmpty { break }
            if let parent, ready.contains(parent.descriptor), hasEnded(parent) { break }
            let now = MonotonicClock.now()
            if !options.isQuiet, now >= deadline {
                deadline = now + 1_000_000_000
                if let line = activity.line(totals: server.ledger.totals(), hasRuns: server.ledger.hasRuns, now: now) {
                    log(line)
                    // Each kind once, when it is new; all of them with their counts at the end.
                    for violation in server.ledger.violations() where shown.insert(violation.kind).inserted {
                        log("violation: \(violation.description)")
                    }
                }
            }
        }
        if !server.stop(deadline: MonotonicClock.deadline(after: stopNanoseconds)) {
            log("some connections had not ended \(stopNanoseconds / 1_000_000_000) s after the sink was told to stop")
        }
        output("bench-sink received \(SinkActivity.describe(server.ledger.totals(), hasRuns: server.ledger.hasRuns))")
        for violation in server.ledger.violations() { output("violation: \(violation.description)") }
    }

    /// Reads and forgets what the parent wrote; returns whether it has closed its end.
    private static func hasEnded(_ parent: LineReader) -> Bool {
        do throws(LineReader.Failure) {
            try parent.readAvailable()
            while try parent.takeLine() != nil {}
            return parent.isAtEnd
        } catch {
            // Standard input cannot be read: whoever held it cannot be told from one that is gone.
            return true
        }
    }
}
