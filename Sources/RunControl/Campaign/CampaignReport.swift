package import HarnessCore

/// What a campaign came to, as `bench campaign --json` prints it.
package struct CampaignReport: Codable, Sendable, Equatable {
    /// How a rule or a run was judged.
    package enum Verdict: String, Codable, Sendable, CaseIterable {
        /// It holds.
        case passed
        /// It is broken.
        case failed
        /// The host was so noisy that nothing follows from a broken rule about time.
        case noisy
        /// It is not asked of this run.
        case notApplicable = "not_applicable"
    }

    /// One rule about one run.
    package struct Rule: Codable, Sendable, Equatable {
        /// Its name: `caller`, `accounted`, `duplicates`, `memory`, `recovery` or `retry_after`.
        package var name: String
        /// Whether it holds.
        package var verdict: Verdict
        /// The figures that decided.
        package var finding: String
    }

    /// The figures of one run; absent is what was not measured.
    package struct Figures: Codable, Sendable, Equatable {
        /// The caller's median service time while the receiver was well, in nanoseconds.
        package var healthyP50: UInt64?
        /// The 99.9th percentile of the same.
        package var healthyP999: UInt64?
        /// The caller's median service time during the fault, in nanoseconds.
        package var faultP50: UInt64?
        /// The 99.9th percentile of the same.
        package var faultP999: UInt64?
        /// The longest call during the fault, in nanoseconds.
        package var faultMaximum: UInt64?
        /// Items that the SDK took.
        package var accepted: UInt64
        /// Items that it refused at the call, by reason.
        package var rejected: [String: UInt64]
        /// Items that it took and that never arrived.
        package var lost: Int64
        /// What the SDK says it gave up, by reason.
        package var dropped: [String: UInt64]
        /// Lost items for which there is no reason.
        package var unaccounted: Int64
        /// Arrivals of items that had arrived.
        package var duplicated: UInt64
        /// Of these, those that were sent again although the answer was sent; absent where the sink does not tell.
        package var duplicatedByBug: UInt64?
        /// Items that were taken without their sender being told: so many may arrive twice.
        package var unanswered: UInt64
        /// How often the faults struck.
        package var struck: UInt64
        /// The longest queue of the whole run, in items, as the SDK counts it.
        package var queued: UInt64?
        /// The same in bytes.
        package var queuedBytes: UInt64?
        /// Most resident memory from the fault on, in bytes.
        package var peakResident: UInt64?
        /// How much more that is than before the fault.
        package var residentGrowth: Int64?
        /// From the end of the fault until everything from before had arrived, in seconds.
        package var recoverySeconds: Double?
        /// The 99th percentile of freshness before the fault, in nanoseconds.
        package var freshnessBefore: UInt64?
        /// The same in the last phase.
        package var freshnessAfter: UInt64?
        /// Requests that the SDK repeated, as it counts them.
        package var retries: UInt64?
        /// How often it was asked to come back later.
        package var retryAfterSent: UInt64
        /// How often it came back earlier.
        package var retryAfterEarly: UInt64

        private enum CodingKeys: String, CodingKey {
            case healthyP50 = "healthy_service_time_p50_ns"
            case healthyP999 = "healthy_service_time_p99_9_ns"
            case faultP50 = "fault_service_time_p50_ns"
            case faultP999 = "fault_service_time_p99_9_ns"
            case faultMaximum = "fault_service_time_max_ns"
            case accepted, rejected, lost, dropped, unaccounted, duplicated, struck, retries
            case duplicatedByBug = "duplicated_by_bug"
            case queued = "queued_peak"
            case unanswered = "unanswered_items"
            case queuedBytes = "queued_bytes_peak"
            case peakResident = "rss_peak_bytes"
            case residentGrowth = "rss_growth_bytes"
            case recoverySeconds = "recovery_s"
            case freshnessBefore = "freshness_before_p99_ns"
            case freshnessAfter = "freshness_after_p99_ns"
            case retryAfterSent = "retry_after_sent"
            case retryAfterEarly = "retry_after_early"
        }
    }

    /// One run.
    package struct Row: Codable, Sendable, Equatable {
        /// The case.
        package var name: String
        /// Its faults as text.
        package var faults: String
        /// What the SDK does when its queue is full.
        package var overflow: String
        /// How it encodes.
        package var encoding: String
        /// The figures; absent where there was no result.
        package var figures: Figures?
        /// The rules.
        package var rules: [Rule] = []
        /// Why there was no result.
        package var failure: String?
        /// How often it was run.
        package var attempts = 0
        /// How long it took, all attempts together, in seconds.
        package var seconds = 0.0

        private enum CodingKeys: String, CodingKey {
            case name = "case"
            case faults, overflow, figures, rules, failure, attempts
            case encoding = "protocol"
            case seconds = "duration_s"
        }

        /// The worst of its rules.
        package var verdict: Verdict {
            if failure != nil || rules.contains(where: { $0.verdict == .failed }) { return .failed }
            return rules.contains { $0.verdict == .noisy } ? .noisy : .passed
        }
    }

    /// Version of the form.
    package private(set) var reportVersion = 1
    /// How it was called; empty in reports from before this was noted.
    package var command: [String] = []
    /// All runs, in their order.
    package var rows: [Row] = []
    /// Whether the user ended it before its end.
    package var isInterrupted = false

    /// A report of nothing.
    package init() {}

    /// The status that a tool ends with.
    package var exitStatus: ExitStatus {
        if isInterrupted { return .interrupted }
        if rows.contains(where: { $0.verdict == .failed }) { return .gateFailed }
        return rows.isEmpty || rows.contains { $0.verdict == .noisy } ? .noVerdict : .pass
    }

    private enum CodingKeys: String, CodingKey {
        case reportVersion = "report_version"
        case command, rows
        case isInterrupted = "interrupted"
    }
}
