import HarnessCore
import Platform

/// The worker's side of the protocol: reads the controller's messages and acts on them.
///
/// It neither exits nor touches the process: ``WorkerMain`` does.
final class Worker<Clock: PacingClock> {
    private let systems: [SystemFactory]
    private let writer: MessageWriter
    private let clock: Clock
    private let host: WorkerHost
    private var session: RunSession<Clock>?

    /// How long the run may take to end after the input has ended, in nanoseconds: nobody waits for it any more.
    private static var orphanNanoseconds: UInt64 { 1_000_000_000 }

    init(systems: [SystemFactory], output: any WorkerOutput, clock: Clock, host: WorkerHost) {
        self.systems = systems
        writer = MessageWriter(output)
        self.clock = clock
        self.host = host
    }

    /// Follows the protocol until `quit`, the end of the input, or a failure.
    ///
    /// - Returns: the status with which the process should exit.
    func run(_ input: any WorkerInput) -> ExitStatus {
        while true {
            let line: [UInt8]?
            do {
                line = try input.nextLine()
            } catch {
                return fail(.protocol, "cannot read standard input: \(error)")
            }
            guard let line else { return endOfInput() }
            guard !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) else { continue }
            if let status = handle(line) { return status }
        }
    }

    private func handle(_ line: [UInt8]) -> ExitStatus? {
        let message: ControllerMessage
        do {
            message = try WorkerProtocol.message(ControllerMessage.self, from: line)
        } catch {
            return fail(.protocol, error.description)
        }
        switch (message, session) {
        case (.configure, .some):
            return fail(.protocol, "\"configure\" came twice; start another worker for another run")
        case (.configure(let configuration), nil):
            return configure(configuration)
        case (.start(let start), let session?):
            return session.start(start).flatMap { fail(.protocol, $0) }
        case (.start, nil):
            return fail(.protocol, "\"start\" came before \"configure\"")
        case (.finish, let session):
            session?.finishAtEnd()
            return nil
        case (.stop, let session):
            session?.stop()
            return nil
        case (.quit, let session):
            session?.stop()
            _ = session?.waitUntilFinished(deadline: .max)
            session?.close()
            return end(session)
        }
    }

    private func endOfInput() -> ExitStatus {
        guard let session else { return .pass }
        // After `finished` this changes nothing; before it, the controller has died.
        session.stop()
        guard session.waitUntilFinished(deadline: 0) else {
            if session.waitUntilFinished(deadline: MonotonicClock.deadline(after: Self.orphanNanoseconds)) {
                session.close()
            }
            return .interrupted
        }
        session.close()
        return end(session)
    }

    /// The status of a worker whose run is over, if it had one.
    private func end(_ session: RunSession<Clock>?) -> ExitStatus {
        if session?.hasFailed == true { return .internalError }
        return writer.isBroken ? .interrupted : .pass
    }

    // MARK: - Configuration

    private func configure(_ configuration: ControllerMessage.Configure) -> ExitStatus? {
        guard configuration.version == WorkerProtocol.version else {
            return fail(
                .protocol,
                "the controller speaks version \(configuration.version) of the worker protocol and this worker version "
                    + "\(WorkerProtocol.version); build both from the same sources"
            )
        }
        guard configuration.intervalNanoseconds > 0 else {
            return fail(.protocol, "interval_ns is 0; it has to be at least 1")
        }
        let parts = configuration.system.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let variant = parts.count > 1 ? String(parts[1]) : nil
        guard let factory = systems.first(where: { $0.name == name }) else {
            let names = systems.map(\.name)
            let nearest = Suggestion.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" }
            return fail(
                .configuration,
                "unknown system \"\(name)\"; " + (nearest ?? "this worker offers: \(names.joined(separator: ", "))")
            )
        }
        guard variant == nil || !factory.variants.isEmpty else {
            return fail(
                .configuration,
                "the system \"\(name)\" has no variants, and \"\(configuration.system)\" asks for one; "
                    + "write \"\(name)\""
            )
        }
        let system: any TelemetrySystem
        let session: RunSession<Clock>
        do {
            let settings = SystemConfiguration(
                runID: configuration.runID,
                endpoint: configuration.endpoint,
                options: configuration.options,
                variant: variant
            )
            system = try factory.make(settings)
            session = try RunSession(
                configuration: configuration,
                system: system,
                sessions: FurtherSessions(of: configuration.plan, settings, factory),
                writer: writer,
                clock: clock,
                host: host
            )
        } catch {
            return fail(.configuration, "cannot make the system \"\(factory.name)\": \(error)")
        }
        do {
            try session.open()
        } catch {
            return fail(.internal, "cannot start the worker's threads: \(error)")
        }
        self.session = session
        var ready = WorkerMessage.Ready(system: system.description, processID: host.processID)
        ready.holdsAtEnd = configuration.holdsAtEnd == true
        writer.send(.ready(ready))
        return nil
    }

    private func fail(_ kind: WorkerMessage.Failed.Kind, _ message: String) -> ExitStatus {
        if let session {
            session.stop()
            if session.waitUntilFinished(deadline: MonotonicClock.deadline(after: Self.orphanNanoseconds)) {
                session.close()
            }
        }
        writer.send(.failed(WorkerMessage.Failed(kind: kind, message: message)), isLast: true)
        return kind == .configuration ? .usage : .internalError
    }
}
