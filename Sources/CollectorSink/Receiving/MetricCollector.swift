import OTLP

/// The visitor that, in a first pass, only lets the decoder find faults, and in a second enters every point.
internal struct MetricCollector: OTLPVisitor, ~Copyable {
    /// Whether points are entered: only once the whole request is known to be valid.
    internal var isEntering = false
    /// The number of the request.
    internal var request: UInt64 = 0
    /// How often the points entered contradict OTLP's rules or the points before them.
    internal private(set) var pointViolations: UInt64 = 0
    /// The runs of the request's resources, in order; consecutive ones of one run are one.
    internal private(set) var runs: [RunLedger] = []

    /// What each of ``runs`` has against OTLP's rules in the request.
    internal private(set) var violations: [WireViolations] = []
    /// Looks for what OTLP forbids.
    internal var check = WireCheck(.metrics)

    private let isChecking: Bool
    private var finder: RunFinder
    private var run: RunLedger
    private var scope: OTLPText?

    /// A collector for a connection to this ledger.
    ///
    /// - Parameters:
    ///   - ledger: Where the points go.
    ///   - isChecking: Whether what OTLP forbids is looked for.
    internal init(ledger: DeliveryLedger, isChecking: Bool) {
        self.isChecking = isChecking
        finder = RunFinder(ledger: ledger)
        run = ledger.unattributed
    }

    /// Forgets the request.
    internal mutating func reset() {
        runs.removeAll(keepingCapacity: runs.capacity <= 1024)
        violations.removeAll(keepingCapacity: violations.capacity <= 1024)
        scope = nil
        pointViolations = 0
    }

    /// Ends the first pass.
    internal mutating func finish() {
        if !violations.isEmpty { violations[violations.count - 1].add(check.takeViolations()) }
    }

    internal mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError) {
        run = try finder.run(of: resource)
        if isEntering { return }
        if runs.last !== run {
            finish()
            runs.append(run)
            violations.append(WireViolations())
        }
        if isChecking { check.begin(resource) }
    }

    internal mutating func scope(_ scope: ScopeView) {
        self.scope = scope.name
        if isChecking, !isEntering { check.beginScope() }
    }

    internal mutating func field(
        _ tag: UInt32,
        of level: EnvelopeLevel,
        value: ProtobufCursor
    ) throws(OTLPDecodingError) {
        if isChecking, !isEntering { try check.field(tag, of: level, value: value) }
    }

    internal mutating func end(_ level: EnvelopeLevel) {
        if isChecking, !isEntering { check.end(level) }
    }

    internal mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        let view = try MetricView(message)
        try metric(view)
        guard isChecking, !isEntering else { return }
        check.beginItem()
        try check.walk(message, .metric, depth: 3)
    }

    private mutating func metric(_ metric: borrowing MetricView) throws(OTLPDecodingError) {
        if !isEntering {
            // The ledger's only text that must be right.
            _ = try metric.name.string()
            return
        }
        guard let scope else { preconditionFailure("the decoder shows a scope before its metrics") }
        let staged = StagedMetric(scope: scope, name: metric.name, unit: metric.unit, data: metric.data)
        pointViolations += run.commit(staged, request: request)
    }
}
