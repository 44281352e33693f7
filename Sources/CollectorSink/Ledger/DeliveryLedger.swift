import Platform

/// The sink's account of everything that arrived, run by run.
///
/// Safe to use from any thread. Bounded by ``LedgerLimits``.
package final class DeliveryLedger: Sendable {
    /// How much is remembered at most.
    package let limits: LedgerLimits

    /// The account of what belongs to no run: its name is empty.
    internal let unattributed: RunLedger

    /// Looks for planted secrets.
    internal let canaries = CanaryWatch()

    private let runs = Guarded<[String: RunLedger]>([:])
    private let budget: MemoryBudget
    private let lastAnnounced = Guarded<RunLedger?>(nil)

    /// An empty ledger.
    package init(limits: LedgerLimits = LedgerLimits()) {
        self.limits = limits
        budget = MemoryBudget(bytes: limits.maximumBytes)
        unattributed = RunLedger(name: "", limits: limits, budget: budget)
    }

    /// The account of a run, made when it is new.
    ///
    /// - Parameter name: The run's name.
    /// - Returns: Its account, or nil when the name is too long or too many runs are remembered.
    internal func run(_ name: String) -> RunLedger? {
        if name.isEmpty { return unattributed }
        return runs.withLock { runs in
            if let run = runs[name] { return run }
            guard runs.count < limits.maximumRuns, name.utf8.count <= limits.maximumRunNameBytes else { return nil }
            let run = RunLedger(name: name, limits: limits, budget: budget)
            runs[name] = run
            return run
        }
    }

    /// Begins a phase of a run, made when it is new: the `phase` section of its report counts from here.
    ///
    /// - Parameters:
    ///   - phase: Name of the phase.
    ///   - run: Name of the run.
    /// - Returns: False when the run is new and exceeds the limits.
    package func beginPhase(_ phase: String, ofRun run: String) -> Bool {
        guard let ledger = self.run(run) else { return false }
        ledger.beginPhase(phase, now: WallClock.now())
        lastAnnounced.withLock { $0 = ledger }
        return true
    }

    /// Learns what a run is to be checked for beyond its items.
    ///
    /// - Parameters:
    ///   - run: Name of the run, which is made when it is new.
    ///   - tenants: How many tenants it has, 1 to 4,096; nil for one that names none.
    ///   - canary: The word that all of its planted secrets contain, 8 to 64 bytes; nil where none is planted.
    /// - Returns: False when a value is out of range, or the run is new and exceeds the limits.
    package func expect(ofRun run: String, tenants: Int?, canary: String?) -> Bool {
        guard tenants.map({ (1...Tenancy.maximumCount).contains($0) }) ?? true,
            canary.map({ CanaryWatch.lengths.contains($0.utf8.count) }) ?? true, let ledger = self.run(run)
        else { return false }
        if let tenants { ledger.expect(tenants: tenants) }
        if let canary { canaries.add(Array(canary.utf8), of: ledger) }
        return true
    }

    /// The account of a run as it is now; an empty one for a run of which nothing has been heard.
    package func report(run name: String) -> LedgerReport {
        if name.isEmpty { return unattributed.report() }
        let known = runs.withLock { runs in runs[name] }
        return (known ?? RunLedger(name: name, limits: limits, budget: budget)).report()
    }

    /// The sums of the account of a run, for a few microseconds.
    ///
    /// - Parameters:
    ///   - name: Name of the run.
    ///   - withFreshness: Whether the ages of what arrived since the last such call are wanted.
    /// - Returns: The sums; zeros for a run of which nothing has been heard.
    package func counts(run name: String, withFreshness: Bool = false) -> LedgerCounts {
        if name.isEmpty { return unattributed.counts(withFreshness: withFreshness) }
        return runs.withLock { runs in runs[name] }?.counts(withFreshness: withFreshness) ?? LedgerCounts()
    }

    /// How many of the first items of a producer have arrived, logs and spans together.
    ///
    /// - Parameters:
    ///   - name: Name of the run.
    ///   - producer: Index of the producer, not negative.
    ///   - sequence: How many items are looked for: those with smaller sequence numbers; not negative.
    /// - Returns: How many different ones of them have arrived.
    package func arrived(run name: String, producer: Int, below sequence: Int64) -> UInt64 {
        let known: RunLedger? = name.isEmpty ? unattributed : runs.withLock { runs in runs[name] }
        return known?.arrived(producer: producer, below: sequence) ?? 0
    }

    /// The run of which a phase was begun last: what cannot be attributed otherwise is most likely its.
    internal var announced: RunLedger? { lastAnnounced.withLock { $0 } }

    /// What broke OTLP's rules over all runs, by kind.
    package func violations() -> [WireViolation] {
        var all = WireViolations()
        for run in runs.withLock({ Array($0.values) }) + [unattributed] { all.add(run.violations()) }
        return all.report
    }

    /// Whether anything was heard of a run: only then can an item be foreign to all of them.
    package var hasRuns: Bool { runs.withLock { !$0.isEmpty } }

    /// What has arrived over all runs.
    package func totals() -> LedgerTotals {
        var totals = LedgerTotals()
        for run in runs.withLock({ Array($0.values) }) + [unattributed] {
            totals.add(run.totals())
        }
        return totals
    }
}
