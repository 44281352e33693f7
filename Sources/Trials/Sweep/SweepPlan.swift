import HarnessCore

/// One case of the sweep: how the SDK is set up, what its threads do, and how the receiver misbehaves.
///
/// It follows from the seed and the number of the case alone.
package struct SweepPlan: Sendable, Equatable {
    /// What a thread does next; durations in microseconds.
    package enum Step: Sendable, Equatable {
        /// Tracks so many events.
        case events(Int)
        /// Tracks so many logs.
        case logs(Int)
        /// Starts and ends so many spans.
        case spans(Int)
        /// Adds to a counter so many times.
        case adds(Int)
        /// Flushes with this time-out.
        case flush(Int)
        /// Shuts the client down with this time-out.
        case shutdown(Int)
        /// Does nothing for so long.
        case pause(Int)
        /// Reads the client's counters.
        case status
    }

    /// The number of the case within its seed.
    package let number: Int
    /// How the SDK is set up.
    package let settings: SweepSettings
    /// The faults of the receiver as text; empty for none.
    package let faults: String
    /// What each thread does.
    package let threads: [[Step]]
    /// The time-out of the shutdown that ends the case, in microseconds.
    package let finalTimeout: Int

    /// Makes the case of a seed.
    package init(seed: UInt64, number: Int) {
        var random = SplitMix64(seed: seed, trial: number)
        self.number = number
        let settings = SweepSettings(&random)
        self.settings = settings
        faults = SweepFaults.text(&random, areBrief: settings.waits)
        let measures = random.happens(0.3)
        let count = random.pick([1, 1, 2, 2, 3, 4])
        threads = (0..<count).map { _ in Self.steps(measures: measures, &random) }
        finalTimeout = random.pick([0, 2_000, 20_000, 100_000, 400_000])
    }

    private static func steps(measures: Bool, _ random: inout SplitMix64) -> [Step] {
        let count = Int.random(in: 3...14, using: &random)
        return (0..<count).map { index in
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<52:
                let items = random.pick([1, 1, 2, 5, 20, 60])
                if measures, random.happens(0.3) { return .adds(items) }
                switch Int.random(in: 0..<3, using: &random) {
                case 0: return .events(items)
                case 1: return .logs(items)
                default: return .spans(items)
                }
            case 52..<78: return .flush(timeout(&random))
            // Early in a case a shutdown leaves little to try.
            case 78..<83 where index * 2 > count: return .shutdown(timeout(&random))
            case 78..<94: return .pause(Int.random(in: 10...4_000, using: &random))
            default: return .status
            }
        }
    }

    private static func timeout(_ random: inout SplitMix64) -> Int {
        random.pick([0, 100, 1_000, 5_000, 20_000, 60_000, 200_000])
    }
}
