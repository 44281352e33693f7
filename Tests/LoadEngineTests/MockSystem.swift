import FoundationEssentials
import HarnessCore
import Platform

@testable import LoadEngine

/// A system that notes what it is asked for; each producer's first operation is refused.
///
/// `@unchecked Sendable` is sound: everything that changes is touched with the lock held, or before the run.
final class MockSystem: TelemetrySystem, @unchecked Sendable {
    let description = SystemDescription(sdkName: "mock", sdkVersion: "0", language: "swift")
    var flushOutcome = FlushOutcome.success
    var makesProducers = true

    private let lock = Lock()
    private var performed: Set<Int64> = []
    private var accepted: UInt64 = 0
    private var shutdownCount = 0

    struct NoSpans: Error, CustomStringConvertible {
        let description = "no spans here"
    }

    private final class Producer: TelemetryProducer {
        let system: MockSystem
        let context: ProducerContext

        init(system: MockSystem, context: ProducerContext) {
            self.system = system
            self.context = context
        }

        func perform(_ sequence: UInt64) -> Int {
            system.lock.withLock {
                system.performed.insert(context.itemIdentifier(of: sequence))
                system.accepted += sequence == 0 ? 0 : 1
            }
            return sequence == 0 ? 0 : 1
        }
    }

    func makeProducer(_ context: ProducerContext) throws -> any TelemetryProducer {
        guard makesProducers else { throw NoSpans() }
        return Producer(system: self, context: context)
    }

    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome { flushOutcome }

    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome {
        lock.withLock { shutdownCount += 1 }
        return .success
    }

    func counters() -> SystemCounters {
        lock.withLock { SystemCounters(accepted: accepted, exported: accepted) }
    }

    var identifiers: Set<Int64> { lock.withLock { performed } }
    var shutdowns: Int { lock.withLock { shutdownCount } }

    static func factory(_ system: MockSystem) -> SystemFactory {
        SystemFactory(name: "mock") { _ in system }
    }

    /// Refuses its configuration.
    static let brokenFactory = SystemFactory(name: "broken") { (configuration) throws(SystemConfigurationError) in
        throw SystemConfigurationError(option: "size", message: "\(configuration.options["size"]!) is too small")
    }

    static let host = WorkerHost(processID: 77) { WorkerMessage.ProcessUsage(bytesInUse: 5) }
}

/// Input from a list.
final class ListInput: WorkerInput {
    private var lines: [[UInt8]]

    init(lines: [[UInt8]]) {
        self.lines = lines
    }

    func nextLine() throws -> [UInt8]? {
        lines.isEmpty ? nil : lines.removeFirst()
    }
}

/// Keeps the lines, and lets a test wait for the next.
///
/// `@unchecked Sendable` is sound: everything that changes is touched with the condition's mutex held.
final class RecordingOutput: WorkerOutput, @unchecked Sendable {
    private let condition = Condition()
    private var lines: [Data] = []
    private let failsAfter: Int

    struct Broken: Error {}

    init(failsAfter: Int = .max) {
        self.failsAfter = failsAfter
    }

    func write(_ line: Data) throws {
        try condition.withLock {
            guard lines.count < failsAfter else { throw Broken() }
            lines.append(line)
            condition.broadcast()
        }
    }

    /// The line at an index, when it has come; nil when it has not within a minute.
    func line(at index: Int) -> Data? {
        let deadline = MonotonicClock.deadline(after: 60_000_000_000)
        condition.lock()
        defer { condition.unlock() }
        while lines.count <= index {
            guard condition.wait(untilMonotonic: deadline) || lines.count > index else { return nil }
        }
        return lines[index]
    }

    func messages() throws -> [WorkerMessage] {
        try condition.withLock { lines }.map { try WorkerProtocol.message(WorkerMessage.self, from: $0) }
    }
}

/// Plays the controller: configures, starts each phase after the checkpoint of the one before, and quits.
final class Conversation: WorkerInput {
    let system = MockSystem()
    private(set) var status: ExitStatus?

    private let output = RecordingOutput()
    private let plan: Plan
    private let startsPhases: Bool
    private let afterStart: [ControllerMessage]
    private var queue: [ControllerMessage] = []
    private var read = 0
    private var isDone = false

    init(
        plan: Plan,
        startsPhases: Bool = true,
        afterStart: [ControllerMessage] = [],
        samplesMemory: Bool? = nil
    ) {
        self.plan = plan
        self.startsPhases = startsPhases
        self.afterStart = afterStart
        queue = [
            .configure(
                ControllerMessage.Configure(
                    runID: "run",
                    system: "mock",
                    options: [:],
                    endpoint: nil,
                    plan: plan,
                    intervalNanoseconds: 50_000_000,
                    samplesMemory: samplesMemory
                )
            )
        ]
    }

    func run() throws -> [WorkerMessage] {
        let worker = Worker(
            systems: [MockSystem.factory(system)],
            output: output,
            clock: SystemPacingClock(),
            host: MockSystem.host
        )
        status = worker.run(self)
        return try output.messages()
    }

    func nextLine() throws -> [UInt8]? {
        while queue.isEmpty {
            guard !isDone, let line = output.line(at: read) else { return nil }
            read += 1
            react(to: try WorkerProtocol.message(WorkerMessage.self, from: line))
        }
        return Array(try WorkerProtocol.line(queue.removeFirst()).dropLast())
    }

    private func react(to message: WorkerMessage) {
        switch message {
        case .ready:
            if startsPhases { start(0) } else { quit() }
        case .checkpoint(let checkpoint) where checkpoint.phase + 1 < plan.phases.count && !checkpoint.stopped:
            start(checkpoint.phase + 1)
        case .finished, .failed:
            quit()
        case .checkpoint, .interval:
            break
        }
    }

    private func start(_ phase: Int) {
        let start = ControllerMessage.Start(phase: phase, startNanoseconds: MonotonicClock.now())
        queue = [.start(start)] + afterStart
    }

    private func quit() {
        queue = [.quit]
        isDone = true
    }
}
