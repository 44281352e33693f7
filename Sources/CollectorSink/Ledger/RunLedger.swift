import Measurement
import OTLP
import Platform

/// The account of one run: what arrived, how often, how fresh.
///
/// Safe to use from several connections at once: one lock is taken for each request, not for each item.
internal final class RunLedger: Sendable {
    /// Name of the run.
    internal let name: String

    private let state: Guarded<State>

    /// An empty account.
    internal init(name: String, limits: LedgerLimits, budget: MemoryBudget) {
        self.name = name
        state = Guarded(State(limits: limits, budget: budget))
    }

    /// Enters what a part of one valid request of logs or spans brought for this run.
    ///
    /// - Parameters:
    ///   - signal: ``OTLPSignal/logs`` or ``OTLPSignal/traces``.
    ///   - items: The identified items in the order in which they came.
    ///   - tenant: The tenant that their resource names.
    ///   - unidentified: The counts of the others.
    ///   - request: Size of the request's body; nil when this request has been counted for this run already.
    ///   - isAtRisk: Whether the answer may well be lost: a fault strikes the request.
    ///   - now: The wall clock in nanoseconds since 1970, read after decoding.
    /// - Returns: What ``settle(_:_:_:isAnswered:)`` has to know.
    internal func commit(
        _ signal: OTLPSignal,
        _ items: Span<StagedItem>,
        tenant: Int64?,
        unidentified: StagedCounts,
        request: Int?,
        isAtRisk: Bool,
        now: UInt64
    ) -> ItemAccount.Entry {
        state.withLock { state in
            if !unidentified.violations.isEmpty { state.violations.add(unidentified.violations) }
            let freshness = state.freshness
            let oldest: UInt64
            let entry: ItemAccount.Entry
            let before = state.totals.distinct
            if signal == .traces {
                entry = state.spans.enter(items, unidentified: unidentified, request: request, isAtRisk: isAtRisk)
                oldest = state.spans.measureFreshness(of: items, now: now, in: freshness)
            } else {
                entry = state.logs.enter(items, unidentified: unidentified, request: request, isAtRisk: isAtRisk)
                oldest = state.logs.measureFreshness(of: items, now: now, in: freshness)
            }
            if oldest < state.phaseStartTime { state.drained = now }
            if state.tenancy != nil {
                let new = state.totals.distinct - before
                if let example = state.tenancy?.enter(items, under: tenant, new: new) { state.examples.keep([example]) }
            }
            if !unidentified.examples.isEmpty { state.examples.keep(unidentified.examples) }
            return entry
        }
    }

    /// Notes what became of the answer to a request of logs or spans.
    ///
    /// - Parameters:
    ///   - signal: ``OTLPSignal/logs`` or ``OTLPSignal/traces``.
    ///   - items: The identified items that it brought for this run.
    ///   - entry: What ``commit(_:_:unidentified:request:isAtRisk:now:)`` returned for them.
    ///   - isAnswered: Whether the answer was sent, as far as the sink can tell.
    internal func settle(
        _ signal: OTLPSignal,
        _ items: Span<StagedItem>,
        _ entry: ItemAccount.Entry,
        isAnswered: Bool
    ) {
        // Nearly always: nothing arrived twice, and no answer was ever lost.
        if isAnswered, entry.suspects == 0, !entry.isOpen { return }
        state.withLock { state in
            if signal == .traces {
                state.spans.settle(items, entry, isAnswered: isAnswered)
            } else {
                state.logs.settle(items, entry, isAnswered: isAnswered)
            }
        }
    }

    /// Enters the points of a metric out of a valid request.
    ///
    /// - Parameters:
    ///   - metric: The metric.
    ///   - request: The number of its request.
    /// - Returns: How often its points contradict OTLP's rules or the points before them, which has been counted.
    internal func commit(_ metric: StagedMetric, request: UInt64) -> UInt64 {
        state.withLock { state in
            let found = state.metrics.enter(metric, request: request)
            if !found.isEmpty { state.violations.add(found) }
            return found.total
        }
    }

    /// Counts violations of OTLP's rules.
    internal func note(_ violations: WireViolations) {
        if violations.isEmpty { return }
        state.withLock { $0.violations.add(violations) }
    }

    /// The violations so far, by kind.
    internal func violations() -> WireViolations {
        state.withLock { $0.violations }
    }

    /// Counts a valid metrics request with a body of this size.
    internal func countMetricsRequest(bodyBytes: Int) {
        state.withLock { $0.metrics.countRequest(bodyBytes: bodyBytes) }
    }

    /// Counts a request that turned out malformed after this run's name had been read.
    internal func countMalformedRequest(_ signal: OTLPSignal) {
        state.withLock { state in
            switch signal {
            case .logs: state.logs.totals.malformedRequests += 1
            case .traces: state.spans.totals.malformedRequests += 1
            case .metrics: state.metrics.malformedRequests += 1
            }
        }
    }

    /// Learns how many tenants the run has.
    internal func expect(tenants: Int) {
        state.withLock { $0.tenancy = Tenancy(count: tenants) }
    }

    /// Learns that canaries are planted, which nobody has found so far.
    internal func expectCanaries() {
        state.withLock { $0.canariesLeaked = $0.canariesLeaked ?? 0 }
    }

    /// Counts planted secrets that were found in a body.
    internal func countLeaks(_ count: UInt64, _ example: LedgerExample) {
        state.withLock { state in
            state.canariesLeaked = (state.canariesLeaked ?? 0) + count
            state.examples.keep([example])
        }
    }

    /// Begins a phase: the phase's figures count from here.
    ///
    /// - Parameters:
    ///   - name: The name of the phase.
    ///   - now: The wall clock in nanoseconds since 1970.
    internal func beginPhase(_ name: String, now: UInt64) {
        state.withLock { state in
            state.phaseName = name
            state.phaseStartTime = now
            state.drained = nil
            state.phaseStart = state.totals
            state.freshnessAtPhaseStart = state.freshness.snapshot()
            state.freshnessAtLook = state.freshnessAtPhaseStart
        }
    }

    /// The counts as they are now.
    internal func totals() -> LedgerTotals {
        state.withLock { $0.totals }
    }

    /// The sums of the account as they are now.
    ///
    /// - Parameter withFreshness: whether the ages of what arrived since the last such call are wanted: some ten
    ///   microseconds more.
    /// - Returns: the sums.
    internal func counts(withFreshness: Bool = false) -> LedgerCounts {
        state.withLock { state in
            let distinct = state.totals.distinct
            var phase = LedgerCounts.Phase(name: state.phaseName, distinct: distinct - state.phaseStart.distinct)
            if withFreshness {
                let now = state.freshness.snapshot()
                let recent = now.subtracting(state.freshnessAtLook)
                phase.freshnessSinceLast = recent.isEmpty ? nil : recent
                state.freshnessAtLook = now
            }
            return LedgerCounts(distinct: distinct, phase: phase)
        }
    }

    /// How many of the first items of a producer have arrived, logs and spans together.
    internal func arrived(producer: Int, below sequence: Int64) -> UInt64 {
        state.withLock { state in
            state.logs.producers.arrived(producer: producer, below: sequence)
                + state.spans.producers.arrived(producer: producer, below: sequence)
        }
    }

    /// The account as it is now.
    internal func report() -> LedgerReport {
        state.withLock { $0.report(run: name) }
    }
}

extension RunLedger {
    /// Everything behind the lock.
    private struct State: ~Copyable {
        var logs: ItemAccount
        var spans: ItemAccount
        var metrics: MetricAccount
        var violations = WireViolations()
        var phaseName = ""
        var phaseStart = LedgerTotals()
        /// When the phase began, by the wall clock; 0 before the first one.
        var phaseStartTime: UInt64 = 0
        /// The first items with which something is wrong, of each kind.
        var examples: [LedgerExample] = []
        /// Who the items belong to, where there are several tenants.
        var tenancy: Tenancy?
        /// How often a planted secret was found; nil where none is planted.
        var canariesLeaked: UInt64?
        /// When the last item made before the phase arrived.
        var drained: UInt64?
        // The lock makes whoever holds it the histogram's one writer.
        let freshness = Histogram()
        var freshnessAtPhaseStart = HistogramSnapshot()
        /// What ``counts(withFreshness:)`` has told already.
        var freshnessAtLook = HistogramSnapshot()

        init(limits: LedgerLimits, budget: MemoryBudget) {
            logs = ItemAccount(limits: limits, budget: budget)
            spans = ItemAccount(limits: limits, budget: budget)
            metrics = MetricAccount(limits: limits, budget: budget)
        }

        /// Logs and spans together; of metrics what was malformed.
        var totals: LedgerTotals {
            var totals = logs.totals
            totals.add(spans.totals)
            totals.malformedRequests += metrics.malformedRequests
            totals.metricPoints += metrics.points
            totals.violations = violations.total
            return totals
        }

        private borrowing func findings(_ totals: LedgerTotals) -> LedgerReport.Findings {
            var findings = LedgerReport.Findings(totals)
            findings.wrongTenant = tenancy?.wrong
            findings.canariesLeaked = canariesLeaked
            return findings
        }

        borrowing func report(run: String) -> LedgerReport {
            let fresh = freshness.snapshot().subtracting(freshnessAtPhaseStart)
            let totals = totals
            return LedgerReport(
                run: run,
                items: totals.items,
                distinct: totals.distinct,
                duplicated: totals.duplicated,
                foreign: totals.foreign,
                requests: totals.requests,
                bodyBytes: totals.bodyBytes,
                malformedRequests: totals.malformedRequests,
                producers: LedgerReport.Producer.merging(logs.producers.reports(), spans.producers.reports()),
                phase: LedgerReport.Phase(
                    name: phaseName,
                    items: totals.items - phaseStart.items,
                    distinct: totals.distinct - phaseStart.distinct,
                    duplicated: totals.duplicated - phaseStart.duplicated,
                    foreign: totals.foreign - phaseStart.foreign,
                    requests: totals.requests - phaseStart.requests,
                    bodyBytes: totals.bodyBytes - phaseStart.bodyBytes,
                    drainedNanoseconds: drained.map { $0 - min($0, phaseStartTime) },
                    freshness: LedgerReport.Freshness(
                        count: fresh.totalCount,
                        negative: totals.negativeFreshness - phaseStart.negativeFreshness,
                        hdr: fresh
                    )
                ),
                signals: LedgerReport.Signals(
                    logs: LedgerReport.ItemSignal(logs.totals),
                    spans: LedgerReport.ItemSignal(spans.totals),
                    metrics: metrics.report()
                ),
                findings: findings(totals),
                examples: examples,
                wireViolations: violations.report,
                tenants: tenancy?.accounts
            )
        }
    }
}
