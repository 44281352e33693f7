/// What a leak check found: whether bytes in use grow from cycle to cycle of the same work, and with what.
package struct LeakReport: Codable, Equatable, Sendable {
    /// The answer.
    package enum Verdict: String, Codable, Sendable {
        /// Growth beyond the tolerance is excluded.
        case ok
        /// Bytes in use grow beyond the tolerance, and growth does not fade.
        case leak
        /// They grew, and growth fades: something fills up.
        case growingBounded = "growing-bounded"
        /// The measurements cannot tell.
        case inconclusive
    }

    /// The answer.
    package var verdict: Verdict
    /// The answer in a sentence, with figures.
    package var sentence: String
    /// What grows: `bytes`, `descriptors` or `threads`; absent where nothing does.
    package var resource: String?
    /// What the growth goes with: `item`, `flush`, `session` or `thread`; absent where none was found.
    package var growsPer: String?
    /// Growth of one of them, in bytes; absent where none was found, and where it is not bytes that grow.
    package var bytesPerUnit: Double?
    /// Descriptors or threads more at the end of each cycle; absent where it is bytes that grow, or nothing.
    package var handlesPerCycle: Double?
    /// Growth for an item of the first trial beyond the control's, in bytes.
    package var bytesPerItem: Double?
    /// Growth of a cycle of the first trial beyond the control's, in bytes.
    package var bytesPerCycle: Double?
    /// The most that a cycle may grow, in bytes.
    package var toleranceBytesPerCycle: Double
    /// Each series of cycles, in the order in which they ran.
    package var trials: [LeakTrial]
    /// Command lines that find the place of a leak; empty without one.
    package var commands: [String]

    /// Makes the value.
    package init(
        verdict: Verdict,
        sentence: String,
        toleranceBytesPerCycle: Double,
        trials: [LeakTrial],
        commands: [String] = []
    ) {
        self.verdict = verdict
        self.sentence = sentence
        self.toleranceBytesPerCycle = toleranceBytesPerCycle
        self.trials = trials
        self.commands = commands
    }

    private enum CodingKeys: String, CodingKey {
        case verdict
        case sentence
        case resource
        case growsPer = "grows_per"
        case bytesPerUnit = "bytes_per_unit"
        case handlesPerCycle = "handles_per_cycle"
        case bytesPerItem = "bytes_per_item"
        case bytesPerCycle = "bytes_per_cycle"
        case toleranceBytesPerCycle = "tolerance_bytes_per_cycle"
        case trials
        case commands
    }
}

/// One series of cycles in a worker of its own.
package struct LeakTrial: Codable, Equatable, Sendable {
    /// What it is for, such as `check` or `control`.
    ///
    /// Beside these `sessions`, `threads`, `double-items`, `double-flushes`, `double-sessions` and `double-threads`, with
    /// `-longer` where one was repeated with twice the cycles.
    package var name: String
    /// The system that ran.
    package var system: String
    /// What each cycle did.
    package var itemsPerCycle: UInt64
    /// Explicit flushes in each cycle.
    package var flushesPerCycle: UInt64
    /// Systems made and shut down in each cycle.
    package var sessionsPerCycle: UInt64
    /// Threads begun and ended in each cycle.
    package var threadsPerCycle: UInt64
    /// How many of the first checkpoints do not count.
    package var discarded: Int
    /// The checkpoint at the end of each cycle, in order.
    package var checkpoints: [CheckpointRecord]
    /// Growth from cycle to cycle, in bytes: the Theil–Sen slope; absent where there were too few cycles.
    package var slopeBytesPerCycle: Double?
    /// The lower end of its 99 % interval.
    package var slopeLow: Double?
    /// The upper end of its 99 % interval.
    package var slopeHigh: Double?
    /// Kendall's τ-b of bytes in use over the cycles, from −1 to 1.
    package var kendallTau: Double?
    /// Bytes in use where the fitted line meets the first counted cycle.
    package var intercept: Double?
    /// The most that a cycle of this series may grow, in bytes; absent from results of before it was noted.
    package var toleranceBytesPerCycle: Double?
    /// What this series alone says, the control's growth taken off; absent from the control itself.
    package var verdict: LeakReport.Verdict?
    /// Open descriptors more at the last counted checkpoint than at the first, where none of them went away again.
    package var descriptorGrowth: Int64?
    /// Threads more at the last counted checkpoint than at the first, where none of them went away again.
    package var threadGrowth: Int64?
    /// How long it took, in seconds, with everything that it needs.
    package var elapsedSeconds: Double?

    /// Makes the value.
    package init(
        name: String,
        system: String,
        itemsPerCycle: UInt64,
        flushesPerCycle: UInt64,
        sessionsPerCycle: UInt64 = 0,
        threadsPerCycle: UInt64 = 0,
        discarded: Int,
        checkpoints: [CheckpointRecord]
    ) {
        self.name = name
        self.system = system
        self.itemsPerCycle = itemsPerCycle
        self.flushesPerCycle = flushesPerCycle
        self.sessionsPerCycle = sessionsPerCycle
        self.threadsPerCycle = threadsPerCycle
        self.discarded = discarded
        self.checkpoints = checkpoints
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case system
        case itemsPerCycle = "items_per_cycle"
        case flushesPerCycle = "flushes_per_cycle"
        case sessionsPerCycle = "sessions_per_cycle"
        case threadsPerCycle = "threads_per_cycle"
        case discarded
        case checkpoints
        case slopeBytesPerCycle = "slope_bytes_per_cycle"
        case slopeLow = "slope_low_bytes_per_cycle"
        case slopeHigh = "slope_high_bytes_per_cycle"
        case kendallTau = "kendall_tau"
        case intercept = "intercept_bytes"
        case toleranceBytesPerCycle = "tolerance_bytes_per_cycle"
        case verdict
        case descriptorGrowth = "descriptor_growth"
        case threadGrowth = "thread_growth"
        case elapsedSeconds = "elapsed_s"
    }
}
