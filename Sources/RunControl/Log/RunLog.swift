import FoundationEssentials
import HarnessCore
import LoadEngine
import Measurement
package import Platform
import Results

/// The append-only log of a run, from which `bench report` rebuilds what was measured when bench died.
///
/// Two files beside the result: `.jsonl` for everything but latencies (``RunLogRecord``), `.hlog` for the latencies of
/// intervals. Each line is written with one write(2) when its interval ends, and belongs to the kernel from then on: a
/// SIGKILL of bench at any moment loses at most the interval under way; in long runs, whose log is thinned out, a line is
/// several intervals (``IntervalThinning``, ``LatencyLog``). The files are synchronised with the disk each minute and at
/// the end of each phase and of the run; in between that is left to the kernel, because it may block, so the end of the
/// machine may lose a minute.
///
/// Both files of a day together, with its 1,440 readings of memory (0.7 MB), are at most 49 MB.
///
/// What cannot be written, as on a full disk, is left out and counted; the run goes on.
package final class RunLog {
    /// The file with everything but latencies.
    package let path: String
    /// The file with the latencies of intervals.
    package let latencyPath: String

    /// Hears once when lines begin to be missing.
    var onTrouble: (String) -> Void = { _ in }

    private let records: AppendFile
    private let latencies: AppendFile
    private let startedAt: UInt64
    private var latencyLog = LatencyLog()
    private var thinning = IntervalThinning()
    private var tags: [String] = []
    private var repetitions = 1
    private var phaseStart: UInt64 = 0
    private var previousElapsed: UInt64 = 0
    private var hasIntervals = false
    private var lostLines = 0
    private var firstError: String?
    private var notes = 0

    /// A user reads no more, and a chatty worker must not fill the disk.
    private static let maximumNotes = 1000
    private static let maximumNoteLength = 1000

    /// Creates both files.
    ///
    /// - Parameters:
    ///   - stem: the path of the result without its ending.
    ///   - wallNanoseconds: the time since 1970.
    /// - Throws: `SystemError`: `EEXIST` if there is such a log already.
    package init(stem: String, wallNanoseconds: UInt64 = WallClock.now()) throws(SystemError) {
        path = stem + ".jsonl"
        latencyPath = stem + ".hlog"
        records = try AppendFile(creating: path)
        latencies = try AppendFile(creating: latencyPath)
        startedAt = MonotonicClock.now()
        let date = Date(timeIntervalSince1970: Double(wallNanoseconds) / 1e9)
        let milliseconds = String(wallNanoseconds / 1_000_000)
        let preamble = HistogramLog.preamble(
            startSeconds: "\(milliseconds.dropLast(3)).\(milliseconds.suffix(3))",
            startText: date.formatted(.iso8601),
            comment: "Logged by bench; latencies in nanoseconds"
        )
        append(Array(preamble.utf8), to: latencies)
    }

    /// What a result has to say of the log, if anything is missing from it.
    package var trouble: String? {
        firstError.map { "the interval log is incomplete: \(lostLines) lines could not be written, the first: \($0)" }
    }

    // MARK: - What happens

    func begin(_ header: RunLogRecord.Header) {
        repetitions = header.repetitions
        tags = Self.tags(of: header.plan)
        write(.header(header))
    }

    func add(_ calibration: Calibration) {
        write(.calibration(calibration))
    }

    func begin(_ repetition: RunLogRecord.RepetitionStart) {
        write(.repetition(repetition))
    }

    func begin(
        phase index: Int,
        named name: String,
        repetition: Int,
        start: UInt64,
        cpuNanoseconds: UInt64? = nil
    ) {
        (phaseStart, previousElapsed) = (start, 0)
        write(
            .phase(
                RunLogRecord.PhaseStart(
                    repetition: repetition,
                    phase: index,
                    name: name,
                    tag: tag(index, repetition),
                    startNanoseconds: start,
                    logSeconds: seconds(start),
                    cpuNanoseconds: cpuNanoseconds
                )
            )
        )
    }

    /// Logs an interval: its counts at once, its latencies as the budget allows.
    func add(_ record: RunLogRecord.Interval) {
        hasIntervals = true
        let interval = record.counts
        let tag = tag(interval.phase, record.repetition)
        let start = seconds(phaseStart + previousElapsed)
        let end = seconds(phaseStart + interval.elapsedNanoseconds)
        previousElapsed = interval.elapsedNanoseconds
        for (metric, histogram) in interval.distributions {
            latencyLog.add("\(tag).\(metric)", from: start, to: end, histogram)
        }
        writeLatencies(at: end, isLast: false)
        var bare = record
        bare.counts = interval.withoutDistributions
        if let due = thinning.add(bare, at: end) { write(.interval(due)) }
    }

    /// Logs a reading of the worker's memory, and makes what was logged so far safe from the end of the machine.
    func add(_ memory: RunLogRecord.Memory) {
        writePending()
        write(.memory(memory))
        synchronize()
    }

    func end(_ phase: RunLogRecord.PhaseEnd) {
        writePending()
        writeLatencies(isLast: true)
        if let freshness = phase.ledger?.freshness.hdr {
            // For other tools; the checkpoint has it, too.
            let tag = tag(phase.checkpoint.phase, phase.repetition)
            let end = seconds(MonotonicClock.now())
            latencyLog.add("\(tag).freshness", from: seconds(phaseStart), to: end, freshness)
            writeLatencies(isLast: true)
        }
        write(.checkpoint(phase))
        synchronize()
    }

    func end(_ repetition: Repetition) {
        write(.repetitionEnd(repetition))
    }

    func note(_ text: String) {
        notes += 1
        if notes < Self.maximumNotes {
            write(.note(RunLogRecord.Note(text: String(text.prefix(Self.maximumNoteLength)))))
        } else if notes == Self.maximumNotes {
            write(.note(RunLogRecord.Note(text: "more notes are left out")))
        }
    }

    /// Ends the log of a run that failed; one in which nothing was measured is removed.
    ///
    /// - Parameter error: why.
    /// - Returns: the error for the user, who is told how to see what was measured.
    func close(after error: RunError) -> RunError {
        guard hasIntervals else {
            records.remove()
            latencies.remove()
            return error
        }
        writePending()
        writeLatencies(isLast: true)
        write(.failed(RunLogRecord.Failure(message: error.message, exitStatus: error.exitStatus.rawValue)))
        synchronize()
        var told = error
        told.message += "\nWhat was measured until then: bench report \(path)"
        return told
    }

    func end(_ result: RunResult) {
        var bare = result
        bare.repetitions = []
        write(.end(bare))
        synchronize()
    }

    // MARK: - Tags

    /// The phase's part of the tags; with several repetitions each has its own.
    private func tag(_ phase: Int, _ repetition: Int) -> String {
        let own = tags.indices.contains(phase) ? tags[phase] : "phase\(phase)"
        return repetitions > 1 ? "r\(repetition + 1).\(own)" : own
    }

    /// A word for each phase; a name that occurs twice gets its position.
    private static func tags(of plan: Plan) -> [String] {
        let words = plan.phases.map { HistogramLogEntry.tagWord($0.name) }
        return words.enumerated().map { index, word in
            words.count { $0 == word } > 1 ? "\(word)-\(index + 1)" : word
        }
    }

    private func seconds(_ moment: UInt64) -> Double {
        moment >= startedAt ? Double(moment - startedAt) / 1e9 : -Double(startedAt - moment) / 1e9
    }

    // MARK: - Writing

    /// - Parameters:
    ///   - moment: seconds since the log began, by the intervals' own clock; nil for the end of the last one.
    ///   - isLast: whether nothing may be held back.
    private func writeLatencies(at moment: Double? = nil, isLast: Bool) {
        do {
            let lines = try latencyLog.take(at: moment ?? seconds(phaseStart + previousElapsed), isLast: isLast)
            if !lines.isEmpty { append(Array(lines.utf8), to: latencies) }
        } catch {
            note(trouble: "\(error)")
        }
    }

    /// Writes the counts that were held back.
    private func writePending() {
        if let pending = thinning.take(at: seconds(phaseStart + previousElapsed)) { write(.interval(pending)) }
    }

    private func write(_ record: RunLogRecord) {
        do {
            append(try record.line(), to: records)
        } catch {
            note(trouble: "\(error)")
        }
    }

    private func append(_ bytes: [UInt8], to file: AppendFile) {
        do {
            try file.append(bytes)
        } catch {
            note(trouble: "\(error)")
        }
    }

    /// Every line is tried: a disk that is full now may have room later.
    private func note(trouble: String) {
        lostLines += 1
        guard firstError == nil else { return }
        firstError = trouble
        onTrouble("warning: the interval log is incomplete from here on: \(trouble); the run goes on")
    }

    private func synchronize() {
        for file in [records, latencies] {
            do {
                try file.synchronize()
            } catch {
                note(trouble: "\(error)")
            }
        }
    }
}
