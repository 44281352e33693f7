import HarnessCore
import LoadEngine
import Results

/// Compares what three parties say of the same items: the producers, the system and the ledger.
///
/// Differences within the reported phases are a matter of gates; what is found here concerns whole repetitions, warm-up
/// and shutdown included, and makes a result untrustworthy.
struct RunAudit {
    /// What makes the result invalid, each a sentence with numbers.
    private(set) var faults: [String] = []
    /// What a reader should know.
    private(set) var warnings: [String] = []

    /// What was looked at beside the accounts.
    let checks: [ValidityCheck]
    private let policy: ValidityLimits.Policy

    /// Audits a run.
    ///
    /// - Parameters:
    ///   - outcomes: what the repetitions brought.
    ///   - system: what the system says of itself.
    ///   - judge: what machine and generator are allowed.
    init(outcomes: [RepetitionOutcome], system: SystemDescription, judge: ValidityJudge) {
        checks = judge.checks(outcomes.map(\.repetition))
        policy = judge.limits.policy
        faults = checks.filter { $0.verdict == .fail }.map(\.sentence)
        warnings = checks.filter { $0.verdict == .warning }.map(\.sentence)
        for outcome in outcomes {
            let place = outcomes.count > 1 ? "repetition \(outcome.repetition.index + 1): " : ""
            checkFlushes(outcome, place)
            checkPace(outcome, place, producers: outcome.finished.accepted.count)
            guard system.enabled else { continue }
            let said = faults.count
            checkCounters(outcome, place)
            checkLedger(outcome, place)
            checkMetrics(outcome, place)
            if outcome.ledger == nil { checkConfession(outcome, place) }
            if faults.count == said { checkTable(outcome, place) }
        }
    }

    /// Whatever does not balance, where nothing before has said so with its reason.
    private mutating func checkTable(_ outcome: RepetitionOutcome, _ place: String) {
        guard let audit = outcome.repetition.audit else { return }
        faults += audit.relations.filter { !$0.holds }.map { "\(place)\($0.sentence)" }
    }

    /// The system's account must agree with the producers' and with itself.
    private mutating func checkCounters(_ outcome: RepetitionOutcome, _ place: String) {
        let counters = outcome.finished.counters
        // Logs and spans: measurements are aggregated, and no system counts them one by one.
        let accepted = outcome.finished.acceptedItems.reduce(0, +)
        if counters.accepted != accepted {
            faults.append("\(place)the producers count \(accepted) accepted items, the system \(counters.accepted)")
        }
        let dropped = counters.dropped.values.reduce(0, +)
        if counters.accepted != counters.exported + dropped + counters.queued {
            faults.append(
                "\(place)the system's account does not balance: \(counters.accepted) accepted, "
                    + "\(counters.exported) exported, \(dropped) dropped, \(counters.queued) queued"
            )
        }
    }

    /// What arrived must be what was accepted, less what the system admits to have dropped, producer by producer.
    private mutating func checkLedger(_ outcome: RepetitionOutcome, _ place: String) {
        guard let ledger = outcome.ledger else { return }
        let counters = outcome.finished.counters
        let accepted = outcome.finished.acceptedItems
        let missing = Int64(clamping: accepted.reduce(0, +)) - Int64(clamping: ledger.distinct)
        let admitted = Int64(clamping: counters.dropped.values.reduce(0, +)) + Int64(clamping: counters.queued)
        if missing != admitted {
            faults.append(
                "\(place)of \(accepted.reduce(0, +)) accepted items \(ledger.distinct) arrived and the system accounts "
                    + "for \(admitted) others"
            )
        }
        for producer in ledger.producers where !accepted.indices.contains(producer.producer) {
            faults.append("\(place)items of a producer \(producer.producer) arrived, which the plan does not have")
        }
        for producer in ledger.producers where accepted.indices.contains(producer.producer) {
            let own = accepted[producer.producer]
            if producer.distinct > own {
                faults.append(
                    "\(place)producer \(producer.producer) had \(own) items accepted and \(producer.distinct) arrived"
                )
            }
        }
        if missing == admitted {
            // All of it came in the end, so the flush was what did not tell the truth.
            for flush in outcome.lateFlushes {
                faults.append(
                    "\(place)the flush of phase \(flush.phase) reported success while \(flush.items) accepted items had "
                        + "not arrived; they came later"
                )
            }
        }
        if let invalid = ledger.strays.invalid, invalid > 0 {
            faults.append("\(place)\(invalid) items that arrived break OpenTelemetry's specification")
        }
        // The limit on them makes the run fail; these are its reasons.
        for violation in ledger.wireViolations ?? [] {
            warnings.append("\(place)requests break OTLP's rules: \(violation.description)")
        }
        if ledger.malformedRequests > 0 {
            faults.append("\(place)the sink could not decode \(ledger.malformedRequests) requests")
        }
    }

    /// What the metrics add up to must be what was accepted, and no point may contradict another.
    private mutating func checkMetrics(_ outcome: RepetitionOutcome, _ place: String) {
        guard let metrics = outcome.ledger?.signals?.metrics else { return }
        if metrics.violations > 0 {
            let first = metrics.violationMessages?.first.map { "; the first: \($0)" } ?? ""
            faults.append("\(place)\(metrics.violations) data points contradict the specification or others\(first)")
        }
        // A last export that failed is a loss that the system has admitted; the gates judge it.
        guard outcome.finished.shutdownOutcome == .success, outcome.flushFailures.isEmpty else { return }
        let proof = MeasurementProof(metrics)
        for kind in Workload.Operation.allCases where kind.signal == .metrics {
            let accepted = outcome.finished.accepted(kind)
            let delivered = proof.delivered(
                kind,
                accepted: accepted,
                since: MeasurementProof(),
                gauges: outcome.finished.kinds[.gauge]?.map { $0.last ?? 0 } ?? []
            )
            if delivered != accepted {
                faults.append("\(place)of \(accepted) accepted \(kind.rawValue) measurements \(delivered) arrived")
            }
        }
    }

    /// Without a ledger the system's own word is all there is: what it admits to have lost is lost.
    private mutating func checkConfession(_ outcome: RepetitionOutcome, _ place: String) {
        let dropped = outcome.finished.counters.dropped
        guard !dropped.isEmpty else { return }
        let reasons = dropped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        warnings.append("\(place)the system says that it dropped items after accepting them: \(reasons)")
    }

    /// An open model that overran was not the load that was asked for.
    ///
    /// Whose fault it was shows in where the producers spent the time: in the system's calls, or in keeping the plan.
    private mutating func checkPace(_ outcome: RepetitionOutcome, _ place: String, producers: Int) {
        for overrun in outcome.overruns {
            let planned = Quantity.format(durationNanoseconds: overrun.plannedSeconds * 1e9)
            let actual = Quantity.format(durationNanoseconds: overrun.actualSeconds * 1e9)
            let what = "\(place)phase \(overrun.phase) took \(actual) instead of \(planned)"
            let share = 100 * overrun.callShare / Double(max(1, producers))
            if share >= 50 {
                warnings.append(
                    "\(what): the system was too slow for the rate, its calls took "
                        + "\(Quantity.format(number: share, decimals: 0)) % of the producers' time"
                )
            } else {
                let fault = "\(what): the generator could not keep its plan; lower the rate or add producers"
                if policy == .invalid { faults.append(fault) } else { warnings.append(fault) }
            }
        }
    }

    private mutating func checkFlushes(_ outcome: RepetitionOutcome, _ place: String) {
        for failure in outcome.flushFailures {
            note(failure.outcome, of: "\(place)the flush of phase \(failure.phase)")
        }
        note(outcome.finished.shutdownOutcome, of: "\(place)the shutdown")
    }

    private mutating func note(_ outcome: FlushOutcome, of what: String) {
        switch outcome {
        case .success: break
        case .failure(let reason): warnings.append("\(what) reported a failure: \(reason)")
        case .timedOut: warnings.append("\(what) did not finish in time")
        }
    }
}
