import FoundationEssentials
import HarnessCore
import Platform

/// Takes a controller's part for a worker that runs by itself, under a profiler for instance.
///
/// It says what stands in a file, which `bench plan --worker-input` writes, starts each phase when the one before is over,
/// and prints a line for each.
///
/// `@unchecked Sendable` is sound: everything that changes is touched with the condition's mutex held.
final class UnattendedRun: WorkerInput, WorkerOutput, @unchecked Sendable {
    /// How many intervals, of a second each, may pass without an operation or a flush before the receiver is looked for.
    private static let silentIntervals = 10

    private let phases: [String]
    private let endpoint: String?
    private let condition = Condition()
    private var lines: [[UInt8]]
    private var isOver = false
    private var silence = 0
    private var reason: String?

    /// Why there is nothing to run.
    struct Refusal: Error, CustomStringConvertible {
        /// The sentence for the user.
        let description: String
    }

    /// Nobody receives what the worker would send.
    struct NoReceiver: Error, CustomStringConvertible {
        /// The sentence for the user.
        let description: String

        /// - Parameter trouble: what was tried, and why it failed.
        init(_ trouble: String) {
            description =
                "\(trouble); start a bench-sink there, or pass --sink with the path of one, which then runs "
                + "as long as the worker"
        }
    }

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - file: its path.
    ///   - receiver: where to send in place of the address in the file; nil for that.
    /// - Throws: ``Refusal`` if it cannot be read, or holds something else than the first message of a controller;
    ///   ``NoReceiver`` if nobody listens.
    init(file: String, receiver: String? = nil) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Self.usage("\(file) cannot be read")
        }
        let message: ControllerMessage
        do {
            message = try WorkerProtocol.message(ControllerMessage.self, from: data)
        } catch {
            throw Self.usage("\(file): \(error)")
        }
        guard case .configure(var configuration) = message else {
            throw Self.usage("\(file) does not begin with \"configure\"")
        }
        configuration.endpoint = receiver ?? configuration.endpoint
        endpoint = configuration.endpoint
        phases = configuration.plan.phases.map(\.name)
        lines = [Array(try WorkerProtocol.line(ControllerMessage.configure(configuration)))]
        if let trouble = endpoint.flatMap(ReceiverCheck.trouble) { throw NoReceiver(trouble) }
    }

    /// The error for a call that names no file to follow.
    static func usage(_ reason: String) -> Refusal {
        Refusal(
            description: "\(reason); write a file with 'bench plan --worker-input URL > FILE' and pass "
                + "\(UnattendedCall.option) FILE"
        )
    }

    /// Why the worker gave up, or was made to because the receiver was gone; nil where neither was.
    var failure: String? { condition.withLock { reason } }

    func nextLine() throws -> [UInt8]? {
        condition.lock()
        defer { condition.unlock() }
        while lines.isEmpty, !isOver { condition.wait() }
        return lines.isEmpty ? nil : lines.removeFirst()
    }

    func write(_ line: Data) throws {
        let message = try WorkerProtocol.message(WorkerMessage.self, from: line)
        if let text = text(of: message) {
            try StandardStreams.write(Array((text + "\n").utf8), to: StandardStreams.errors)
        }
        let answer = try answer(to: message).map { Array(try WorkerProtocol.line($0)) }
        condition.withLock {
            if let answer { lines.append(answer) }
            if case .failed(let failure) = message { (isOver, reason) = (true, failure.message) }
            condition.broadcast()
        }
        if case .interval(let interval) = message { try watch(interval) }
    }

    /// A system that waits for room in its queue waits for ever where nobody receives: such a run is given up.
    private func watch(_ interval: WorkerMessage.Interval) throws {
        let isSilent = interval.operations == 0 && interval.flushLatency == nil
        let isDue = condition.withLock {
            silence = isSilent ? silence + 1 : 0
            return silence > 0 && silence.isMultiple(of: Self.silentIntervals)
        }
        // Idle phases are silent, too: only a receiver that is gone is a reason to end.
        guard isDue, let trouble = endpoint.flatMap(ReceiverCheck.trouble) else { return }
        condition.withLock {
            (isOver, reason) = (true, NoReceiver(trouble).description)
            condition.broadcast()
        }
    }

    private func answer(to message: WorkerMessage) -> ControllerMessage? {
        switch message {
        case .ready: start(0)
        case .checkpoint(let checkpoint) where checkpoint.phase + 1 < phases.count: start(checkpoint.phase + 1)
        case .finished: .quit
        case .checkpoint, .interval, .failed: nil
        }
    }

    private func start(_ phase: Int) -> ControllerMessage {
        .start(ControllerMessage.Start(phase: phase, startNanoseconds: MonotonicClock.now()))
    }

    private func text(of message: WorkerMessage) -> String? {
        switch message {
        case .checkpoint(let checkpoint):
            let items = Quantity.format(count: checkpoint.attempted)
            let bytes = checkpoint.end.bytesInUse.map { ", \(Quantity.format(count: $0)) bytes in use" } ?? ""
            return "\(phases[checkpoint.phase]): \(items) items\(bytes)"
        case .ready, .interval, .finished, .failed: return nil
        }
    }
}
