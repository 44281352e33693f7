/// What a profile allows the machine and the generator before the figures of a run count as untrustworthy.
///
/// They say nothing of the load: they are no part of a plan or its hash.
package struct ValidityLimits: Sendable, Equatable {
    /// What is limited, as a profile writes it under `validity`.
    package enum Name: String, Sendable, CaseIterable {
        /// The generator's own lateness in an open model, 99th percentile.
        case lagP99 = "lag_p99"
        /// Operations of an open model that could not be started in time, in percent of those that were planned.
        case missedPercent = "missed_percent"
        /// Time that the host of this machine gave to other machines, in percent of all processors.
        case stealPercent = "steal_percent"
        /// Processor time of all other processes, in percent of all processors.
        case otherCPUPercent = "other_cpu_percent"
        /// Of the time that the worker's threads wanted a processor, the part that others kept it from them, in percent.
        case runQueueWaitPercent = "run_queue_wait_percent"
        /// How long the control group was stopped because its quota was used up, in percent of the time.
        case throttledPercent = "throttled_percent"
        /// Processor time of the sink's busiest thread, in percent of one processor.
        case sinkThreadPercent = "sink_thread_percent"
        /// The largest step of the clock for time stamps.
        case clockStep = "clock_step"
        /// What was moved to or from swap, by the machine or of the worker.
        case swapBytes = "swap_bytes"

        /// What is counted.
        package var unit: Unit {
            switch self {
            case .lagP99, .clockStep: .nanoseconds
            case .swapBytes: .bytes
            default: .percent
            }
        }
    }

    /// What a limit counts.
    package enum Unit: String, Sendable {
        case nanoseconds = "ns"
        case percent
        case bytes
    }

    /// What follows when a limit is broken and the system is not at fault.
    package enum Policy: String, Sendable, CaseIterable {
        /// The run is invalid: no verdict, unless a count is wrong.
        case invalid
        /// A warning stands in the result, and the run is judged all the same.
        case warning
    }

    /// A limit as written.
    package enum Limit: Sendable, Equatable {
        /// Must stay below the value, or may reach it as well.
        case below(Double, orEqual: Bool)
        /// Is not looked at.
        case off
    }

    /// What follows when a limit is broken.
    package var policy: Policy = .invalid

    private var limits: [Name: Limit] = [:]

    /// The limits that hold where a profile says nothing.
    package init() {}

    /// The limit that the profile sets, or the default.
    ///
    /// - Parameters:
    ///   - name: what is limited.
    ///   - processors: how many processors the run may use.
    /// - Returns: the limit in force.
    package func limit(_ name: Name, processors: Int) -> Limit {
        limits[name] ?? Self.standard(name, processors: processors)
    }

    /// Sets a limit.
    package mutating func set(_ name: Name, _ limit: Limit) {
        limits[name] = limit
    }

    /// The default of a limit: wide enough for two busy virtual processors, where a time slice costs milliseconds, and
    /// narrow enough for a process that takes one of them for itself.
    private static func standard(_ name: Name, processors: Int) -> Limit {
        switch name {
        case .lagP99: .below(10_000_000, orEqual: true)
        case .missedPercent: .below(1, orEqual: true)
        case .stealPercent: .below(3, orEqual: true)
        // One and a half processors have to be left for worker and sink; with one or two, most of what there is.
        case .otherCPUPercent:
            .below(max(25, 100 * (Double(processors) - 1.5) / Double(max(1, processors))), orEqual: true)
        case .runQueueWaitPercent: .below(20, orEqual: true)
        case .throttledPercent: .below(1, orEqual: true)
        case .sinkThreadPercent: .below(90, orEqual: true)
        case .clockStep: .below(5_000_000, orEqual: true)
        case .swapBytes: .below(1_000_000, orEqual: true)
        }
    }
}
