import HTTP
import Platform
import Results

extension Calibration {
    /// Finds out what harness and machine can do, in about a fifth of a second.
    ///
    /// - Parameters:
    ///   - worker: the worker's executable.
    ///   - sink: our own sink; nil for a receiver that others use as well, which is left alone.
    ///   - run: the name under which the sink is sent items.
    /// - Returns: what could be measured.
    static func measure(worker: String, sink: HTTPEndpoint?, run: String) -> Calibration {
        let start = MonotonicClock.now()
        let spin = SpinGauge(nanoseconds: 50_000_000)
        let memory = MemoryGauge.bytesPerSecond(nanoseconds: 15_000_000)
        let gauge = sink.map { SinkGauge(endpoint: $0, run: run) }
        let echo = gauge?.echo(nanoseconds: 15_000_000)
        let items = gauge?.itemsPerSecond(nanoseconds: 30_000_000)
        let null = NullRun.operationNanoseconds(
            worker: worker,
            deadline: MonotonicClock.deadline(after: 1_000_000_000)
        )
        return Calibration(
            durationSeconds: Double(MonotonicClock.now() - start) / 1e9,
            nullOperationNanoseconds: null,
            sinkEchoNanoseconds: echo,
            sinkItemsPerSecond: items,
            memoryBytesPerSecond: memory,
            spinSeconds: Double(spin.watched) / 1e9,
            spinLostPercent: 100 * Double(spin.lost) / Double(spin.watched),
            spinGapP99Nanoseconds: spin.gapP99,
            spinGapMaximumNanoseconds: spin.maximumGap
        )
    }
}
