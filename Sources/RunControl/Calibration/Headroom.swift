import HarnessCore
import Measurement
import Results

/// How far the run stayed from what the harness and the sink had been able to do just before.
enum Headroom {
    /// Below this the figures may be those of the harness.
    private static let least = 2.0

    /// Finds the parts with too little headroom.
    ///
    /// - Parameters:
    ///   - calibration: what they had been able to do.
    ///   - result: the run; its plan and repetitions.
    /// - Returns: a sentence for each part, about the phase in which it was closest to its limit.
    static func warnings(_ calibration: Calibration, _ result: RunResult) -> [String] {
        // Of a system that does nothing only the harness remains, and that is what such a run is for.
        guard result.system.isEnabled else { return [] }
        let phases = result.repetitions.flatMap(\.reportedPhases).filter { !$0.isIdle && $0.durationSeconds > 0 }
        let generator = phases.compactMap { phase in
            Self.generator(phase, calibration, result.plan).map { (phase, $0.could, $0.did) }
        }
        let sink = phases.compactMap { phase in
            Self.sink(phase, calibration, result).map { (phase, $0.could, $0.did) }
        }
        return [
            sentence(generator, "the generator", "operations", "a producer"),
            sentence(sink, "the sink", "items", "one connection"),
        ].compactMap(\.self)
    }

    /// Operations a second of one producer: possible, and issued.
    private static func generator(
        _ phase: PhaseResult,
        _ calibration: Calibration,
        _ plan: PlanSummary
    ) -> (could: Double, did: Double)? {
        // In a closed model with one operation in N timed, the cost of a timed one says nothing of the others.
        let timedEvery = plan.phases.first { $0.name == phase.name }?.timedEvery ?? 1
        guard let cost = calibration.nullOperationNanoseconds, cost > 0, timedEvery == 1 else { return nil }
        let operations = Double(phase.load.operations ?? phase.load.attempted)
        return (1e9 / cost, operations / phase.durationSeconds / Double(max(1, plan.producers)))
    }

    /// Items a second of the sink: possible, and arrived.
    private static func sink(
        _ phase: PhaseResult,
        _ calibration: Calibration,
        _ result: RunResult
    ) -> (could: Double, did: Double)? {
        // Measurements are aggregated before they travel.
        let hasMetrics = result.repetitions.contains { $0.ledger?.metrics.map { $0.points > 0 } ?? false }
        guard let could = calibration.sinkItemsPerSecond, let did = phase.rates.deliveredPerSecond, !hasMetrics else {
            return nil
        }
        return (could, did)
    }

    private static func sentence(
        _ figures: [(phase: PhaseResult, could: Double, did: Double)],
        _ part: String,
        _ what: String,
        _ over: String
    ) -> String? {
        let tightest = figures.filter { $0.did > 0 }.min { $0.could / $0.did < $1.could / $1.did }
        guard let (phase, could, did) = tightest, could < least * did else { return nil }
        guard could >= did else {
            // Nothing does more than it can: something kept the calibration from what it would have found.
            return
                "the calibration was disturbed: by it \(part) could do \(Quantity.format(perSecond: could)) \(what) over "
                + "\(over), and phase \(phase.name) had \(Quantity.format(perSecond: did)); the headroom of \(part) is "
                + "not known"
        }
        let ratio = Quantity.format(number: could / did, decimals: 1)
        return "little headroom: \(part) could do \(Quantity.format(perSecond: could)) \(what) over \(over), and phase "
            + "\(phase.name) had \(Quantity.format(perSecond: did)) (\(ratio) ×): its figures may be those of \(part)"
    }
}
