import OTLP

/// The visitor that, in a first pass, only lets the decoder find faults, and in a second enters every point.
internal struct MetricCollector: OTLPMetricsVisitor {
    /// Whether points are entered: only once the whole request is known to be valid.
    internal var isEntering = false
    /// The runs of the request's resources, in order; consecutive ones of one run are one.
    internal private(set) var runs: [RunLedger] = []

    private var finder: RunFinder
    private var run: RunLedger
    private var scope: OTLPText?

    /// A collector for a connection to this ledger.
    internal init(ledger: DeliveryLedger) {
        finder = RunFinder(ledger: ledger)
        run = ledger.unattributed
    }

    /// Forgets the request.
    internal mutating func reset() {
        runs.removeAll(keepingCapacity: runs.capacity <= 1024)
        scope = nil
    }

    internal mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError) {
        run = try finder.run(of: resource)
        if !isEntering, runs.last !== run { runs.append(run) }
    }

    internal mutating func scope(_ scope: ScopeView) {
        self.scope = scope.name
    }

    internal mutating func metric(_ metric: borrowing MetricView) throws(OTLPDecodingError) {
        if !isEntering {
            // The ledger's only text that must be right.
            _ = try metric.name.string()
            return
        }
        guard let scope else { preconditionFailure("the decoder shows a scope before its metrics") }
        run.commit(StagedMetric(scope: scope, name: metric.name, unit: metric.unit, data: metric.data))
    }
}
