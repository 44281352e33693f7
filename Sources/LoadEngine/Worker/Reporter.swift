import Measurement
import Platform

/// Sends an interval message at regular times of a phase, from a thread of its own.
///
/// `@unchecked Sendable` is sound: everything that changes is touched with the condition's mutex held.
final class Reporter<Clock: PacingClock>: @unchecked Sendable {
    private let writer: MessageWriter
    private let clock: Clock
    private let intervalNanoseconds: UInt64
    private let gauges: IntervalGauges?

    private let condition = Condition()
    private var collector: IntervalCollector
    private var phase: (index: Int, start: UInt64)?
    private var nextReport: UInt64 = .max
    private var drainedBytesInUse: UInt64?
    private var isWarm = false
    private var isClosed = false
    private var thread: PlatformThread?

    /// Creates a reporter without its thread; call ``open()`` next.
    ///
    /// - Parameters:
    ///   - collector: what the producers recorded.
    ///   - gauges: what is read at the end of each interval; nil for nothing.
    ///   - writer: where the messages go.
    ///   - clock: tells the time.
    ///   - intervalNanoseconds: the distance of two messages.
    init(
        collector: IntervalCollector,
        gauges: IntervalGauges?,
        writer: MessageWriter,
        clock: Clock,
        intervalNanoseconds: UInt64
    ) {
        self.collector = collector
        self.gauges = gauges
        self.writer = writer
        self.clock = clock
        self.intervalNanoseconds = intervalNanoseconds
    }

    /// Starts the thread, and waits until it has everything that a report needs.
    ///
    /// - Throws: when the system refuses it.
    func open() throws(SystemError) {
        thread = try PlatformThread.start(name: "reporter") { self.work() }
        condition.withLock {
            while !isWarm { condition.wait() }
        }
    }

    /// Ends the thread.
    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
        thread?.join()
        thread = nil
    }

    /// Begins to report on a phase.
    func begin(_ index: Int, from start: UInt64) {
        condition.withLock {
            phase = (index, start)
            drainedBytesInUse = nil
            nextReport = start + intervalNanoseconds
            condition.broadcast()
        }
    }

    /// Reports what is left of the phase, at once, and ends its reports.
    func end() {
        condition.withLock {
            report(at: clock.now())
            phase = nil
            nextReport = .max
        }
    }

    /// Measures something while no report is made: a report takes memory for as long as it lasts.
    func quietly<Result>(_ measure: () -> Result) -> Result {
        condition.withLock(measure)
    }

    /// Reads the heap right after a flush that delivered everything, while no report takes memory.
    func noteDrained() {
        condition.withLock {
            guard let bytes = gauges?.bytesInUse() else { return }
            drainedBytesInUse = min(drainedBytesInUse ?? .max, bytes)
        }
    }

    /// Makes a report of the largest size and throws it away, so that its memory is there before the first phase.
    ///
    /// On the reporter's own thread, because every thread allocates from an arena of its own.
    private func warmUp() {
        let full = HistogramSnapshot(counts: Array(repeating: 1, count: HistogramLayout.slotCount))
        var message = collector.take(phase: 0, elapsed: 0)
        let latencies = OperationLatencies(response: full, service: full, lag: full)
        message.kinds = collector.reportedKinds.reduce(into: [:]) { $0[$1] = latencies }
        (message.response, message.service, message.lag) = (full, full, full)
        writer.rehearse(.interval(message))
    }

    /// The mutex is held while a report is made and sent: the last one of a phase is the last one on the line, too.
    private func work() {
        condition.lock()
        defer { condition.unlock() }
        warmUp()
        isWarm = true
        condition.broadcast()
        while !isClosed {
            if nextReport == .max {
                condition.wait()
            } else if clock.now() < nextReport {
                _ = condition.wait(untilMonotonic: nextReport)
            } else {
                report(at: clock.now())
            }
        }
    }

    private func report(at now: UInt64) {
        guard let phase else { return }
        // A phase that was ended before its start has lasted no time.
        let elapsed = now > phase.start ? now - phase.start : 0
        // Before the message is made, which takes memory for as long as it lasts.
        let bytesInUse = gauges?.bytesInUse()
        var interval = collector.take(phase: phase.index, elapsed: elapsed)
        interval.bytesInUse = bytesInUse
        interval.drainedBytesInUse = drainedBytesInUse
        drainedBytesInUse = nil
        if let counters = gauges?.counters() {
            (interval.queuedItems, interval.queuedBytes) = (counters.queued, counters.queuedBytes)
        }
        writer.send(.interval(interval))
        // From the time after the report: should one take longer than an interval, the next is left out, and others get
        // at the mutex meanwhile.
        let after = max(clock.now(), phase.start) - phase.start
        nextReport = phase.start + (after / intervalNanoseconds + 1) * intervalNanoseconds
    }
}
