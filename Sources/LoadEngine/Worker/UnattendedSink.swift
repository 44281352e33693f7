import HarnessCore
import Platform

/// A receiver of a worker's own, for a run without a controller: on a port that is free, and gone with the worker.
struct UnattendedSink {
    private static let patience: UInt64 = 10_000_000_000

    /// Where it listens.
    let url: String
    private let process: ChildProcess

    /// Starts `bench-sink` and waits until it listens, for at most ten seconds.
    ///
    /// - Parameter executable: its path.
    /// - Throws: ``UnattendedRun/Refusal`` if it cannot be started or says no address.
    init(executable: String) throws {
        do {
            process = try ChildProcess.start(
                executable: executable,
                arguments: ["--port", "0", "--quiet", "--exit-with-parent"],
                standardError: .inherit
            )
        } catch {
            throw UnattendedRun.Refusal(description: "cannot start the sink: \(error); check the path after --sink")
        }
        let deadline = MonotonicClock.deadline(after: Self.patience)
        guard let descriptor = process.standardOutput,
            case .line(let line) = try LineReader(descriptor: descriptor).next(deadline: deadline),
            let url = SinkAnnouncement.url(in: String(decoding: line, as: UTF8.self))
        else {
            throw UnattendedRun.Refusal(
                description: "\(executable) did not say where it listens; name a bench-sink after --sink"
            )
        }
        self.url = url
    }

    /// Tells the sink to end, and waits for that, so that its port and its memory are free for the next.
    func end() {
        process.closeInput()
        if process.wait(deadline: MonotonicClock.deadline(after: Self.patience)) == nil { process.kill(Signals.kill) }
    }
}
