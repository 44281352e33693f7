import LoadEngine
import Platform

/// A short run of the system that does nothing, in a fresh worker: what remains is the harness.
enum NullRun {
    private static let operations: UInt64 = 30_000
    private static let phases = 3
    private static let leadTime: UInt64 = 2_000_000

    /// What a timed operation takes, in nanoseconds: the least of three phases of 30,000.
    ///
    /// - Parameters:
    ///   - worker: the worker's executable.
    ///   - deadline: when to give up, monotonic nanoseconds.
    /// - Returns: nil where the worker offers no such system or does not follow the protocol; the run itself will say why.
    static func operationNanoseconds(worker: String, deadline: UInt64) -> Double? {
        guard
            let process = try? ManagedProcess(role: "the worker", executable: worker, arguments: [], passOn: { _ in })
        else { return nil }
        defer { process.finish(patience: 200_000_000) }
        do {
            return try measure(process, deadline)
        } catch {
            return nil
        }
    }

    /// Why there is no figure.
    private struct NotMeasured: Error {}

    private static func measure(_ process: ManagedProcess, _ deadline: UInt64) throws -> Double {
        let plan = Plan(
            profile: "calibration",
            seed: 0,
            producers: 1,
            workload: WorkloadMix(Workload()),
            phases: (0..<phases).map { index in
                PlannedPhase(
                    name: "null-\(index)",
                    schedule: .closed(operations: operations, durationNanoseconds: nil),
                    durationNanoseconds: 0,
                    flush: false
                )
            }
        )
        let configure = ControllerMessage.Configure(
            runID: "calibration",
            system: "null",
            options: [:],
            endpoint: nil,
            plan: plan
        )
        try process.write(Array(WorkerProtocol.line(ControllerMessage.configure(configure))))
        var conversation = Conversation(process: process, deadline: deadline)
        guard case .ready = try conversation.next() else { throw NotMeasured() }
        var least = UInt64.max
        for index in 0..<phases {
            let start = ControllerMessage.Start(
                phase: index,
                startNanoseconds: MonotonicClock.deadline(after: leadTime)
            )
            try process.write(Array(WorkerProtocol.line(ControllerMessage.start(start))))
            while true {
                let message = try conversation.next()
                if case .interval = message { continue }
                guard case .checkpoint(let checkpoint) = message, checkpoint.phase == index,
                    checkpoint.attempted == operations,
                    checkpoint.operationsEndNanoseconds > checkpoint.startNanoseconds
                else { throw NotMeasured() }
                least = min(least, checkpoint.operationsEndNanoseconds - checkpoint.startNanoseconds)
                break
            }
        }
        try process.write(Array(WorkerProtocol.line(ControllerMessage.quit)))
        return Double(least) / Double(operations)
    }

    /// Reads a worker's messages one after the other.
    private struct Conversation {
        let process: ManagedProcess
        let deadline: UInt64
        var inbox: [WorkerMessage] = []

        mutating func next() throws -> WorkerMessage {
            while inbox.isEmpty {
                let ready = try readable(process.descriptors, deadline: deadline)
                for line in try process.read(ready) {
                    inbox.append(try WorkerProtocol.message(WorkerMessage.self, from: line))
                }
                guard !inbox.isEmpty || (!process.hasEnded && MonotonicClock.now() < deadline) else {
                    throw NotMeasured()
                }
            }
            return inbox.removeFirst()
        }
    }
}
