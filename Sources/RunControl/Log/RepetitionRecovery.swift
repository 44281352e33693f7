import LoadEngine
import Measurement
import Platform
import Results

/// Rebuilds a repetition from the records of a log.
struct RepetitionRecovery {
    /// The end of the last interval, as a moment of the monotonic clock.
    private(set) var lastMoment: UInt64

    private let start: RunLogRecord.RepetitionStart
    private let log: RunLogReader
    private var accounts: [PhaseAccount] = []
    private var phase: RunLogRecord.PhaseStart?
    private var counters = SystemCounters()
    private var delivered: UInt64?
    private var residentBytes: [UInt64] = []
    private var series = TimeSeries(capacity: 600, windowNanoseconds: 1_000_000_000)
    private var peak: UInt64?
    private var builder: TimelineBuilder
    private var begun: [RunLogRecord.PhaseStart] = []
    private var minutes = MinuteReadings()

    init(_ start: RunLogRecord.RepetitionStart, log: RunLogReader) {
        self.start = start
        self.log = log
        builder = TimelineBuilder(plan: log.header.plan, repetitionStart: start.startNanoseconds)
        lastMoment = start.startNanoseconds
    }

    mutating func begin(_ phase: RunLogRecord.PhaseStart) {
        // A log with lines missing may name a phase that the plan does not have: then it is not of this plan.
        guard log.header.plan.phases.indices.contains(phase.phase) else { return }
        let planned = log.header.plan.phases[phase.phase]
        accounts.append(PhaseAccount(planned: planned, countersBefore: counters, after: accounts.last))
        self.phase = phase
        begun.append(phase)
        builder.begin(phase: phase.phase, start: phase.startNanoseconds, cpuNanoseconds: phase.cpuNanoseconds)
        (delivered, residentBytes) = (nil, [])
        // The histograms of all its intervals, at once.
        let latencies = log.latencies
        accounts[accounts.count - 1].add(
            WorkerMessage.Interval(phase: phase.phase) { latencies?["\(phase.tag).\($0)"] }
        )
    }

    mutating func add(_ interval: RunLogRecord.Interval) {
        guard let phase, phase.phase == interval.counts.phase else { return }
        accounts[accounts.count - 1].add(interval.counts)
        builder.add(interval)
        lastMoment = phase.startNanoseconds + interval.counts.elapsedNanoseconds
        delivered = interval.delivered ?? delivered
        guard let bytes = interval.residentBytes else { return }
        residentBytes.append(bytes)
        peak = max(peak ?? 0, bytes)
        series.append(Double(bytes), at: lastMoment - min(lastMoment, start.startNanoseconds))
    }

    mutating func add(_ memory: RunLogRecord.Memory) {
        minutes.add(memory.checkpoint)
    }

    mutating func end(_ record: RunLogRecord.PhaseEnd) {
        guard let phase, phase.phase == record.checkpoint.phase else { return }
        accounts[accounts.count - 1].checkpoint = record.checkpoint
        accounts[accounts.count - 1].ledger = record.ledger
        accounts[accounts.count - 1].proof = record.proof
        accounts[accounts.count - 1].strays = record.strays
        accounts[accounts.count - 1].arrivals = record.arrivals
        accounts[accounts.count - 1].host = record.host
        accounts[accounts.count - 1].reading = record.reading
        accounts[accounts.count - 1].mappings = record.mappings
        accounts[accounts.count - 1].peakResidentBytes = record.peakResidentBytes
        peak = [peak, record.peakResidentBytes].compactMap(\.self).max()
        counters = record.checkpoint.counters
        self.phase = nil
    }

    /// The repetition as far as it came.
    var repetition: Repetition {
        var phases = accounts.compactMap { $0.result(repetitionStart: start.startNanoseconds) }
        if let phase, let account = accounts.last,
            let partial = account.partialResult(
                repetitionStart: start.startNanoseconds,
                phaseStart: phase.startNanoseconds,
                delivered: delivered,
                residentBytes: residentBytes
            )
        {
            phases.append(partial)
        }
        var repetition = Repetition(
            index: start.repetition,
            workerPID: start.workerPID,
            phases: phases,
            memory: series.count > 0
                ? MemoryTrace(rssBytes: series, rssPeakBytes: peak, samplePeriodSeconds: 1) : nil,
            checkpoints: minutes.merged(
                with: accounts.compactMap { $0.checkpointRecord(repetitionStart: start.startNanoseconds) }
            )
        )
        repetition.timeline = timeline
        repetition.mappings = MappingTrace(accounts)
        repetition.queue = QueueAccounting(phases)
        return repetition
    }

    /// The timeline of the intervals, with the latencies of the file beside them.
    private var timeline: Timeline? {
        var builder = builder
        for phase in begun {
            guard let origin = phase.logSeconds else { continue }
            let elapsed = { (seconds: Double) in UInt64(max(0, (seconds - origin) * 1e9)) }
            for distribution in TimelineBuilder.Distribution.allCases {
                for stretch in log.latencySeries["\(phase.tag).\(distribution.rawValue)"] ?? [] {
                    let from = elapsed(stretch.startSeconds)
                    builder.add(
                        stretch.histogram,
                        to: distribution,
                        ofPhase: phase.phase,
                        over: from...max(from, elapsed(stretch.endSeconds))
                    )
                }
            }
        }
        return builder.timeline
    }
}
