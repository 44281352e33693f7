import LoadEngine
import Results

extension AuditReport {
    /// Draws up the table of a repetition.
    ///
    /// - Parameter outcome: what it brought.
    init(_ outcome: RepetitionOutcome) {
        self.init()
        let ledger = outcome.ledger
        addTotals(outcome.finished, ledger)
        for (subject, signal, account) in [
            ("logs", Workload.Signal.logs, ledger?.signals?.logs), ("spans", .spans, ledger?.signals?.spans),
        ] {
            add(subject, of: signal, outcome.finished, account)
        }
        addMetrics(outcome)
        addTenants(outcome.finished, ledger?.tenants)
    }

    /// Logs and spans together: measurements are aggregated, and no system counts them one by one.
    private mutating func addTotals(_ finished: WorkerMessage.Finished, _ ledger: LedgerSnapshot?) {
        let counters = finished.counters
        let accepted = finished.acceptedItems.reduce(0, +)
        let hasMeasurements = finished.kinds.keys.contains { $0.signal == .metrics }
        let (attempted, rejected) = (finished.attempted.reduce(0, +), finished.rejected.reduce(0, +))
        let dropped = counters.dropped.values.reduce(0, +)
        let findings = ledger?.findings
        if !hasMeasurements {
            add("total", "attempted", producers: attempted)
            add("total", "rejected", producers: rejected, system: counters.rejected.values.reduce(0, +))
        }
        add("total", "accepted", producers: accepted, system: counters.accepted)
        add("total", "delivered", system: counters.exported, ledger: ledger?.distinct)
        for (reason, count) in counters.dropped.sorted(by: { $0.key < $1.key }) {
            add("total", "dropped: \(reason)", system: count)
        }
        add("total", "queued", system: counters.queued)
        add("total", "lost", ledger: ledger.map { accepted - min(accepted, $0.distinct + counters.queued) })
        add("total", "duplicated", ledger: ledger?.duplicated)
        add("total", "duplicated by retry", ledger: findings?.duplicatedByRetry)
        add("total", "duplicated by bug", ledger: findings?.duplicatedByBug)
        add("total", "corrupted", ledger: (findings?.checksummed ?? 0) > 0 ? findings?.corrupted : nil)
        add("total", "foreign", ledger: ledger?.foreign)
        add("total", "reordered", ledger: findings?.reordered)
        add("total", "wrong tenant", ledger: findings?.wrongTenant)
        add("total", "secrets leaked", ledger: findings?.canariesLeaked)

        require(
            hasMeasurements ? "all" : "total",
            "producers' attempted = accepted + rejected",
            attempted,
            finished.accepted.reduce(0, +) + rejected
        )
        require("total", "producers' accepted = system's accepted", accepted, counters.accepted)
        require(
            "total",
            "system's accepted = exported + dropped + queued",
            counters.accepted,
            counters.exported + dropped + counters.queued
        )
        guard let ledger else { return }
        require(
            "total",
            "producers' accepted = ledger's delivered + system's dropped + queued",
            accepted,
            ledger.distinct + dropped + counters.queued
        )
        require("total", "system's exported <= ledger's delivered", counters.exported, ledger.distinct, atMost: true)
        require(
            "total",
            "ledger's arrivals = delivered + duplicated + foreign",
            ledger.items,
            ledger.distinct + ledger.duplicated + ledger.foreign
        )
    }

    /// A system does not tell its own counts by signal: where it admits to nothing missing, all of each must be there.
    private mutating func add(
        _ subject: String,
        of signal: Workload.Signal,
        _ finished: WorkerMessage.Finished,
        _ account: LedgerSnapshot.ItemSignal?
    ) {
        let tallies = finished.kinds.filter { $0.key.signal == signal }.values.joined()
        guard !tallies.isEmpty || account.map({ $0.distinct + $0.duplicated > 0 }) == true, !finished.kinds.isEmpty
        else { return }
        let accepted = tallies.reduce(0) { $0 + $1.accepted }
        add(subject, "attempted", producers: tallies.reduce(0) { $0 + $1.attempted })
        add(subject, "rejected", producers: tallies.reduce(0) { $0 + $1.rejected })
        add(subject, "accepted", producers: accepted)
        guard let account else { return }
        let findings = account.findings
        add(subject, "delivered", ledger: account.distinct)
        add(subject, "duplicated", ledger: account.duplicated)
        add(subject, "duplicated by retry", ledger: findings?.duplicatedByRetry)
        add(subject, "duplicated by bug", ledger: findings?.duplicatedByBug)
        add(subject, "corrupted", ledger: (findings?.checksummed ?? 0) > 0 ? findings?.corrupted : nil)
        add(subject, "reordered", ledger: findings?.reordered)
        requireDelivery(subject, accepted, account.distinct, finished)
    }

    private mutating func requireDelivery(
        _ subject: String,
        _ accepted: UInt64,
        _ delivered: UInt64,
        _ finished: WorkerMessage.Finished
    ) {
        let missing = finished.counters.dropped.values.reduce(finished.counters.queued, +)
        let name = "ledger's delivered \(missing == 0 ? "=" : "<=") producers' accepted"
        require(subject, name, delivered, accepted, atMost: missing > 0)
    }

    /// Measurements are proved by what they add up to.
    private mutating func addMetrics(_ outcome: RepetitionOutcome) {
        let kinds = outcome.finished.kinds
        guard let metrics = outcome.ledger?.signals?.metrics else { return }
        let proof = MeasurementProof(metrics)
        for kind in Workload.Operation.allCases where kind.signal == .metrics && kinds[kind] != nil {
            let accepted = outcome.finished.accepted(kind)
            let delivered = proof.delivered(
                kind,
                accepted: accepted,
                since: MeasurementProof(),
                gauges: kinds[.gauge]?.map { $0.last ?? 0 } ?? []
            )
            add("metrics", "\(kind.rawValue) accepted", producers: accepted)
            add("metrics", "\(kind.rawValue) delivered", ledger: delivered)
            // A last export that failed is a loss that the system has admitted.
            if outcome.finished.shutdownOutcome == .success, outcome.flushFailures.isEmpty {
                require("metrics", "ledger's \(kind.rawValue)s = producers' accepted", delivered, accepted)
            }
        }
    }

    private mutating func addTenants(_ finished: WorkerMessage.Finished, _ tenants: [TenantLedger]?) {
        guard let tenants, !tenants.isEmpty else { return }
        let items = finished.acceptedItems
        for tenant in tenants {
            let subject = "tenant \(tenant.tenant)"
            let accepted = items.indices.filter { $0 % tenants.count == tenant.tenant }.reduce(0) { $0 + items[$1] }
            add(subject, "accepted", producers: accepted)
            add(subject, "delivered", ledger: tenant.distinct)
            add(subject, "of other tenants", ledger: tenant.wrong)
            requireDelivery(subject, accepted, tenant.distinct, finished)
        }
    }
}
