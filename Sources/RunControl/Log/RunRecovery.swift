import FoundationEssentials
import HarnessCore
import LoadEngine
import Measurement
package import Results

/// Rebuilds the result of a run from its log.
///
/// The log of a run that ended gives the result that bench wrote. Of any other it gives what there is up to the last
/// interval: repetitions that ended as they were, the one under way with its last phase as far as it came. Such a result
/// is partial and no pass: its outcome is `failed`, or `interrupted` if a signal ended it.
package struct RunRecovery {
    private let log: RunLogReader
    private var repetitions: [Repetition] = []
    private var current: RepetitionRecovery?
    private var system: SystemDescription?
    private var ledgers: [Bool] = []
    private var failure: RunLogRecord.Failure?
    private var warnings: [String] = []
    private var calibration: Calibration?
    private var complete: RunResult?
    private var lastMoment: UInt64?
    private var firstMoment: UInt64?

    /// Rebuilds a result.
    ///
    /// - Parameter path: the `.jsonl` file of a run; its `.hlog` file is looked for beside it.
    /// - Returns: the result.
    /// - Throws: `RunError` of usage if the file is not the log of a run.
    package static func result(from path: String) throws(RunError) -> RunResult {
        var recovery = RunRecovery(log: try RunLogReader(path: path))
        for record in recovery.log.records { recovery.add(record) }
        return try recovery.result()
    }

    private init(log: RunLogReader) {
        self.log = log
    }

    private mutating func add(_ record: RunLogRecord) {
        switch record {
        case .header: break
        case .calibration(let calibration): self.calibration = calibration
        case .repetition(let start):
            keepCurrent()
            current = RepetitionRecovery(start, log: log)
            system = system ?? start.system
            ledgers.append(start.hasLedger)
            firstMoment = firstMoment ?? start.startNanoseconds
            lastMoment = start.startNanoseconds
        case .phase(let phase): current?.begin(phase)
        case .interval(let interval):
            current?.add(interval)
            lastMoment = current?.lastMoment ?? lastMoment
        case .memory(let memory): current?.add(memory)
        case .checkpoint(let phase): current?.end(phase)
        case .repetitionEnd(let repetition):
            repetitions.append(repetition)
            current = nil
        case .note(let note):
            if note.text.hasPrefix("warning: ") { warnings.append(String(note.text.dropFirst(9))) }
        case .failed(let failure): self.failure = failure
        case .end(let result): complete = result
        }
    }

    /// A repetition of which the end is missing counts as far as it came.
    private mutating func keepCurrent() {
        if let repetition = current?.repetition { repetitions.append(repetition) }
        current = nil
    }

    private mutating func result() throws(RunError) -> RunResult {
        keepCurrent()
        if var complete {
            complete.repetitions = repetitions
            complete.warnings += log.damage
            return complete
        }
        var result = log.header.result
        let wasInterrupted = failure?.exitStatus == ExitStatus.interrupted.rawValue
        result.outcome = wasInterrupted ? .interrupted : .failed
        result.isPartial = true
        result.endedAt = ended(result.startedAt)
        if let system { result.system.describe(system) }
        // The sink is asked at the end of a phase: nobody knows what it had of one that did not end.
        let phases = repetitions.flatMap(\.phases).map(\.load)
        let isProved =
            !ledgers.isEmpty && ledgers.allSatisfy(\.self)
            && phases.allSatisfy { $0.delivered != nil || $0.accepted == 0 }
        result.delivery = system?.enabled == false ? .notApplicable : isProved ? .verified : .unverified
        result.repetitions = repetitions
        result.calibration = calibration
        result.validity.isValid = false
        result.validity.reasons = [reason]
        result.warnings = warnings + log.damage
        do {
            result.judge(
                by: try Gate.gates(log.header.thresholds, ofProfile: result.profile)
            )
        } catch {
            throw .usage("the thresholds in the log are invalid: \(error)")
        }
        return result
    }

    private var reason: String {
        if let failure { return failure.message }
        guard let firstMoment, let lastMoment, lastMoment > firstMoment else {
            return "bench did not end the run: the log stops before anything was measured"
        }
        let moment = Double(lastMoment - firstMoment)
        let phase = repetitions.last?.phases.last.map { ", in or after phase \($0.name)" } ?? ""
        return "bench did not end the run: the log stops after \(Quantity.format(durationNanoseconds: moment))\(phase)"
    }

    /// The wall clock at the last interval; the start where that cannot be worked out.
    private func ended(_ start: String) -> String {
        guard let date = try? Date(start, strategy: .iso8601), let firstMoment, let lastMoment else { return start }
        return date.addingTimeInterval(Double(lastMoment - min(lastMoment, firstMoment)) / 1e9).formatted(.iso8601)
    }
}
