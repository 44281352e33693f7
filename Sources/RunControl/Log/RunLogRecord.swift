import LoadEngine
import Measurement
import Results

/// One line of a run's log: a JSON object with its `type` in it.
///
///     header                                   all that a result needs and that is known before the run
///     calibration                              what harness and machine can do
///     repetition                               a worker is ready
///     phase, interval …, checkpoint            each phase: its start, each second or more, its end
///     memory                                   each minute: the worker's memory in detail
///     repetition_end                           the repetition as it stands in the result
///     note                                     what a user was told meanwhile
///     failed | end                             why there is no result, or the result without its repetitions
///
/// Latencies of intervals stand in the `.hlog` file beside it, in HdrHistogram's own format.
enum RunLogRecord: Equatable {
    /// The first line.
    case header(Header)
    /// What harness and machine can do.
    case calibration(Calibration)
    /// A worker is ready.
    case repetition(RepetitionStart)
    /// A phase begins.
    case phase(PhaseStart)
    /// A second of a phase, or several in long runs.
    case interval(Interval)
    /// The worker's memory, within a phase.
    case memory(Memory)
    /// A phase is over.
    case checkpoint(PhaseEnd)
    /// A repetition is over.
    case repetitionEnd(Repetition)
    /// Something that the user was told.
    case note(Note)
    /// The run ended without a result.
    case failed(Failure)
    /// The run ended with this result, here without its repetitions.
    case end(RunResult)

    /// The first line.
    struct Header: Codable, Equatable {
        /// The format of the log.
        static let currentVersion = 1

        /// The format of the log: ``currentVersion``.
        var version = Self.currentVersion
        /// The result as far as it is known before the run.
        var result: RunResult
        /// The plan.
        var plan: Plan
        /// The thresholds of the profile.
        var thresholds: [Profile.Threshold]
        /// How many repetitions there are to be.
        var repetitions: Int
    }

    /// The start of a repetition.
    struct RepetitionStart: Codable, Equatable {
        /// Position among the repetitions, from 0.
        var repetition: Int
        /// The process id of the worker.
        var workerPID: Int
        /// When it began, in nanoseconds of the monotonic clock: what start times in the result count from.
        var startNanoseconds: UInt64
        /// What the system says of itself.
        var system: SystemDescription
        /// Whether the receiver keeps a ledger for it.
        var hasLedger: Bool

        private enum CodingKeys: String, CodingKey {
            case repetition
            case workerPID = "worker_pid"
            case startNanoseconds = "start_ns"
            case system
            case hasLedger = "ledger"
        }
    }

    /// The start of a phase.
    struct PhaseStart: Codable, Equatable {
        /// The repetition, from 0.
        var repetition: Int
        /// The phase, from 0.
        var phase: Int
        /// Its name.
        var name: String
        /// The part of the tags in the `.hlog` file that stands for it.
        var tag: String
        /// When it starts, in nanoseconds of the monotonic clock.
        var startNanoseconds: UInt64
        /// When it starts as times in the `.hlog` file have it, in seconds since the log began.
        var logSeconds: Double?
        /// Processor time that the worker had used by then, in nanoseconds.
        var cpuNanoseconds: UInt64?

        private enum CodingKeys: String, CodingKey {
            case repetition
            case phase
            case name
            case tag
            case startNanoseconds = "start_ns"
            case logSeconds = "log_s"
            case cpuNanoseconds = "cpu_ns"
        }
    }

    /// A second of a phase.
    struct Interval: Codable, Equatable {
        /// The repetition, from 0.
        var repetition: Int
        /// What the worker counted; without histograms.
        var counts: WorkerMessage.Interval
        /// Different items of the phase that had arrived; absent when nobody asked.
        var delivered: UInt64?
        /// The same of logs and spans alone, where measurements are made, too, which arrive in sums; absent elsewhere.
        var deliveredWithIDs: UInt64?
        /// Resident memory of the worker, in bytes, at the last sample.
        var residentBytes: UInt64?
        /// The same over all samples of the interval; absent without any.
        var residentExtent: TimelinePoint.Extent?
        /// What the heap was over several intervals that are one line; absent of a single one.
        var bytesInUseExtent: TimelinePoint.Extent?
        /// Processor time that the worker has used since its start, in nanoseconds.
        var cpuNanoseconds: UInt64?
        /// How old the items were that arrived in the interval; not in the log, which has it for each phase.
        var freshness: HistogramSnapshot?

        private enum CodingKeys: String, CodingKey {
            case repetition
            case counts
            case delivered
            case deliveredWithIDs = "delivered_with_ids"
            case residentBytes = "rss_bytes"
            case residentExtent = "rss_extent"
            case bytesInUseExtent = "bytes_in_use_extent"
            case cpuNanoseconds = "cpu_ns"
        }
    }

    /// The worker's memory, within a phase.
    struct Memory: Codable, Equatable {
        /// The repetition, from 0.
        var repetition: Int
        /// What was read.
        var checkpoint: CheckpointRecord
    }

    /// The end of a phase.
    struct PhaseEnd: Codable, Equatable {
        /// The repetition, from 0.
        var repetition: Int
        /// The worker's last word on the phase.
        var checkpoint: WorkerMessage.Checkpoint
        /// The sink's account of the phase.
        var ledger: LedgerSnapshot.Phase?
        /// What the sink can prove of measurements.
        var proof: MeasurementProof?
        /// What had arrived by then that no healthy system sends.
        var strays: LedgerSnapshot.Strays?
        /// What had arrived by then in all phases.
        var arrivals: LedgerSnapshot.Arrivals?
        /// The most memory that was resident in the phase, in bytes.
        var peakResidentBytes: UInt64?
        /// What the kernel said of the worker.
        var reading: OutsideReading?
        /// What the worker's address space held.
        var mappings: [MappingUsage]?
        /// What the machine and the harness did meanwhile.
        var host: HostNoise?

        private enum CodingKeys: String, CodingKey {
            case repetition
            case checkpoint
            case ledger
            case proof
            case strays
            case arrivals
            case reading
            case mappings
            case host
            case peakResidentBytes = "rss_peak_bytes"
        }
    }

    /// Something that the user was told.
    struct Note: Codable, Equatable {
        /// The text.
        var text: String
    }

    /// Why there is no result.
    struct Failure: Codable, Equatable {
        /// The error as the user saw it.
        var message: String
        /// The status that bench ended with.
        var exitStatus: Int32

        private enum CodingKeys: String, CodingKey {
            case message
            case exitStatus = "exit_status"
        }
    }
}
