import Platform

/// The producer threads of a run: made once and parked between phases, or made anew for a phase that asks for it.
///
/// `@unchecked Sendable` is sound: what changes after `init` is touched with the condition's mutex held, and each
/// producer by its own thread only.
final class ProducerPool<Clock: PacingClock>: @unchecked Sendable {
    /// What the producers record, in their order.
    let recorders: [ProducerRecorder]

    private let producers: [Producer<Clock>]
    private let clock: Clock
    private var threads: [PlatformThread] = []

    private let condition = Condition()
    private var job: Job?
    /// Counts the phases started, so that a thread takes each of them once.
    private var generation = 0
    private var running = 0
    private var outcomes: [Producer<Clock>.Outcome] = []
    private var isClosed = false

    private struct Job {
        let phase: Int
        let start: UInt64
    }

    /// What is to be done from time to time while the producers are at work.
    struct Timed {
        /// The distance, in nanoseconds.
        let interval: UInt64
        /// The moment from which on it is done no more.
        let end: UInt64
        /// What to do.
        let action: () -> Void
    }

    /// Creates a pool without threads; call ``open()`` next.
    init(producers: [Producer<Clock>], clock: Clock) {
        self.producers = producers
        self.clock = clock
        recorders = producers.map(\.recorder)
        outcomes.reserveCapacity(producers.count)
    }

    /// Starts the threads.
    ///
    /// - Throws: when the system refuses a thread; those that were started are ended again.
    func open() throws(SystemError) {
        // What ran before is done: a thread that is made later does not take it again.
        let done = condition.withLock { () -> Int in
            isClosed = false
            return generation
        }
        do {
            for index in producers.indices {
                threads.append(
                    try PlatformThread.start(name: "producer-\(producers[index].index)") {
                        self.work(as: index, after: done)
                    }
                )
            }
        } catch {
            close()
            throw error
        }
    }

    /// Runs a phase on all producers and waits until they are done.
    ///
    /// - Parameters:
    ///   - phase: the index of the phase.
    ///   - start: its start, in nanoseconds of the clock.
    ///   - timed: what to do from time to time meanwhile, on the calling thread; nil for nothing.
    /// - Returns: when the last of them ended, and whether operations were performed since the last flush.
    func run(_ phase: Int, from start: UInt64, meanwhile timed: Timed? = nil) -> Producer<Clock>.Outcome {
        condition.lock()
        defer { condition.unlock() }
        outcomes.removeAll(keepingCapacity: true)
        job = Job(phase: phase, start: start)
        running = producers.count
        generation += 1
        condition.broadcast()
        var next = timed.map { start + $0.interval } ?? .max
        while running > 0 {
            guard let timed, next < timed.end else {
                condition.wait()
                continue
            }
            guard clock.now() >= next else {
                _ = condition.wait(untilMonotonic: next)
                continue
            }
            condition.unlock()
            timed.action()
            condition.lock()
            // What took longer than its distance is not made up for.
            next = start + ((clock.now() - start) / timed.interval + 1) * timed.interval
        }
        return Producer<Clock>.Outcome(
            endNanoseconds: outcomes.map(\.endNanoseconds).max() ?? start,
            hasUnflushed: outcomes.contains(where: \.hasUnflushed)
        )
    }

    /// Sees to it that there are threads for the next phase.
    ///
    /// - Parameter fresh: whether they must not have run before.
    /// - Throws: when the system refuses a thread; there are none then.
    func prepare(fresh: Bool) throws(SystemError) {
        guard fresh || threads.isEmpty else { return }
        close()
        try open()
    }

    /// Ends the threads, which must not be in a phase; ``open()`` starts others.
    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
        for thread in threads { thread.join() }
        threads = []
    }

    private func work(as index: Int, after generation: Int) {
        clock.prepareThread()
        var done = generation
        while let job = nextJob(after: done) {
            done += 1
            let outcome = producers[index].run(job.phase, from: job.start)
            condition.withLock {
                outcomes.append(outcome)
                running -= 1
                if running == 0 { condition.broadcast() }
            }
        }
    }

    private func nextJob(after done: Int) -> Job? {
        condition.lock()
        defer { condition.unlock() }
        while generation == done, !isClosed { condition.wait() }
        return isClosed ? nil : job
    }
}
