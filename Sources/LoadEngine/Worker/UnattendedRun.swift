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
    /// The option that asks for it.
    static let option = "--run"

    private let phases: [String]
    private let condition = Condition()
    private var lines: [[UInt8]]
    private var isOver = false
    private var reason: String?

    /// Why there is nothing to run.
    struct Refusal: Error, CustomStringConvertible {
        /// The sentence for the user.
        let description: String
    }

    /// Reads the file.
    ///
    /// - Throws: ``Refusal`` if it cannot be read, or holds something else than the first message of a controller.
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Self.usage("\(file) cannot be read")
        }
        let message: ControllerMessage
        do {
            message = try WorkerProtocol.message(ControllerMessage.self, from: data)
        } catch {
            throw Self.usage("\(file): \(error)")
        }
        guard case .configure(let configuration) = message else {
            throw Self.usage("\(file) does not begin with \"configure\"")
        }
        phases = configuration.plan.phases.map(\.name)
        lines = [Array(data)]
    }

    /// The error for a call that names no file to follow.
    static func usage(_ reason: String) -> Refusal {
        Refusal(
            description: "\(reason); write one with 'bench plan --worker-input URL > FILE' and pass \(option) FILE"
        )
    }

    /// Why the worker gave up; nil where it did not.
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
        case .failed(let failure): return "Error: \(failure.message)"
        case .ready, .interval, .finished: return nil
        }
    }
}
