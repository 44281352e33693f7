import HarnessCore
import LoadEngine

/// What a bounded queue means for the load of a plan: bounds that hold without knowing how fast anything is.
///
/// Only what the profile itself says counts. Where it does not say how long the queue is or what a full one does, and
/// where nobody knows how many items there will be, nothing is said.
struct QueueArithmetic {
    private let plan: Plan
    private let options: [String: OptionValue]
    private let isIdleSystem: Bool

    /// Looks at a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - system: The name of the system; the one that does nothing has no queue.
    ///   - options: Its options as the profile gives them.
    init(plan: Plan, system: String, options: [String: OptionValue]) {
        self.plan = plan
        self.options = options
        isIdleSystem = system == "null" || options["enabled"] == .bool(false)
    }

    /// The bounds, phase by phase for each signal with a queue.
    var bounds: [LossBound] {
        isIdleSystem ? [] : [Workload.Signal.logs, .spans].flatMap(bounds)
    }

    private func bounds(of signal: Workload.Signal) -> [LossBound] {
        guard plan.workload.signals.contains(signal) else { return [] }
        let isWaiting = options["overflow"] == .string("wait")
        guard isWaiting || options["overflow"] == .string("drop") else { return [] }
        let setting = ["\(signal == .logs ? "log" : "span")_queue_limit", "queue_limit"].first { options[$0] != nil }
        guard case .integer(let limit)? = setting.flatMap({ options[$0] }), limit > 0, let setting else { return [] }
        var bounds: [LossBound] = []
        // Items that may still be in the queue from the phases before; nil where nobody knows.
        var carried: UInt64? = 0
        for (index, phase) in plan.phases.enumerated() {
            let items = itemsBetweenFlushes(signal, index)
            if items != 0, isWaiting {
                bounds.append(bound(phase, signal, atMost: 0, Self.waiting, ["system.overflow = wait"]))
            } else if let items, items > 0, let before = carried {
                let basis = [
                    "system.\(setting) = \(limit)", "system.overflow = drop", "flushes that succeed",
                    "items alone (a limit of the queue in bytes comes on top)",
                ]
                let held = Held(items: items, before: before, limit: UInt64(limit))
                bounds.append(self.bound(phase, signal, index, held, basis))
            }
            carried = phase.flush ? 0 : items.flatMap { items in carried.map { min($0 + items, UInt64(limit)) } }
        }
        return bounds
    }

    private static let waiting = "nothing is dropped for want of room: calls wait until there is some"

    // MARK: - One phase

    /// What meets the queue.
    private struct Held {
        /// Items that the phase hands over between two flushes, at most.
        var items: UInt64
        /// Items that may be there from before.
        var before: UInt64
        /// Items that the queue takes.
        var limit: UInt64

        var total: UInt64 { items + before }
        var excess: UInt64 { total - min(total, limit) }
    }

    private func bound(
        _ phase: PlannedPhase,
        _ signal: Workload.Signal,
        _ index: Int,
        _ held: Held,
        _ basis: [String]
    ) -> LossBound {
        guard held.excess > 0 else {
            return bound(
                phase,
                signal,
                atMost: 0,
                "none: the queue of \(Self.text(held.limit)) takes all items that come before they are flushed, "
                    + (!isExact ? "at most " : "") + Self.text(held.total),
                basis
            )
        }
        let isManual = options["export"] == .string("manual") && phase.flushIntervalNanoseconds == nil
        if isManual, held.before == 0, isExact, phase.flushEvery == nil {
            var exact = bound(
                phase,
                signal,
                atMost: held.excess,
                "exactly \(Self.text(held.excess)): nothing leaves before the flush, and the queue takes "
                    + "\(Self.text(held.limit)) of \(Self.text(held.total)) items",
                basis + ["system.export = manual"]
            )
            exact.itemsAtLeast = held.excess
            return exact
        }
        let worst = "at most \(Self.text(held.excess)), if nothing leaves the queue before the flush"
        let pace = [burst(phase, signal, held), endurance(phase, signal, held)].compactMap(\.self)
        return bound(phase, signal, atMost: held.excess, ([worst] + pace).joined(separator: "; "), basis)
    }

    /// What can be said of bursts that the queue does not take as a whole.
    private func burst(_ phase: PlannedPhase, _ signal: Workload.Signal, _ held: Held) -> String? {
        guard case .burst(let size, _, _) = phase.schedule, plan.scenarios.count == 1 else { return nil }
        let items = min(size * most(signal), held.items)
        guard items > held.limit else { return nil }
        let excess = Self.text(items - held.limit)
        return
            "of each burst of \(Self.text(items)) up to \(excess) find no room, none if \(excess) leave while it is issued"
    }

    /// For how long the queue can take the load while nothing leaves it.
    private func endurance(_ phase: PlannedPhase, _ signal: Workload.Signal, _ held: Held) -> String? {
        guard plan.scenarios.count == 1 else { return nil }
        let nanoseconds: Double
        switch phase.schedule {
        case .constant(let events, let perNanoseconds, _, _):
            nanoseconds = Double(held.limit) / Double(most(signal)) * Double(perNanoseconds) / Double(events)
        case .curve(let curve, _, _, _):
            nanoseconds = Double(held.limit) / Double(most(signal)) * Double(curve.perNanoseconds) / Double(curve.peak)
        case .burst(let size, let every, _):
            let bursts = held.limit / max(1, size * most(signal))
            guard bursts > 0, every > 0 else { return nil }
            nanoseconds = Double(bursts) * Double(every)
        case .closed, .idle:
            return nil
        }
        let time = Quantity.format(durationNanoseconds: nanoseconds)
        let bound = !isExact ? "at least " : ""
        return "an empty queue takes the load for \(bound)\(time) while the receiver takes nothing"
    }

    private func bound(
        _ phase: PlannedPhase,
        _ signal: Workload.Signal,
        atMost: UInt64,
        _ statement: String,
        _ basis: [String]
    ) -> LossBound {
        LossBound(
            phase: phase.name,
            signal: signal.rawValue,
            itemsAtMost: atMost,
            statement: statement,
            restsOn: basis
        )
    }

    // MARK: - Items

    /// The most items that a phase hands to the queue of a signal before they are flushed; nil where nobody knows.
    private func itemsBetweenFlushes(_ signal: Workload.Signal, _ index: Int) -> UInt64? {
        let phase = plan.phases[index]
        // A producer that flushes waits for it. Of several, the others go on meanwhile: nobody knows how far.
        if let every = phase.flushEvery, plan.ownProducers.count == 1, plan.scenarios.count == 1 {
            return min(every, plan.operations(inPhase: index) ?? every) * most(signal)
        }
        return plan.scenarios.indices.reduce(0) { sum, scenario in
            let items = Self.most(signal, plan.scenarios[scenario].workload)
            guard let sum, items > 0 else { return sum }
            return plan.operations(ofScenario: scenario, inPhase: index).map { sum + $0 * items }
        }
    }

    /// Whether the number of items follows from the number of operations, whatever a mix draws.
    private var isExact: Bool { plan.scenarios.allSatisfy { $0.workload.single != nil } }

    /// The most items that one operation hands to the queue of a signal.
    private func most(_ signal: Workload.Signal) -> UInt64 { Self.most(signal, plan.workload) }

    private static func most(_ signal: Workload.Signal, _ workload: WorkloadMix) -> UInt64 {
        let own = workload.components.map(\.workload).filter { $0.operation.signal == signal }
        return UInt64(own.map(\.itemsPerOperation).max() ?? 0)
    }

    private static func text(_ count: UInt64) -> String { Quantity.format(count: count) }
}
