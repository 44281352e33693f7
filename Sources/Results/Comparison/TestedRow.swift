import HarnessCore
import Measurement

/// A gate on a timed metric whose figures are worked out, and whose verdict waits for those of all other gates.
struct TestedRow {
    /// The row so far.
    var row: ComparisonRow
    /// The gate.
    let gate: Gate
    /// Its limit.
    let limit: RegressionLimit
    /// Both sides.
    let sides: ComparedSides
    /// The test that decides: of the fresh pairs where there are some.
    let test: ChangeTest
    /// Whether that is so.
    let isConfirmation: Bool

    /// Tests the values; those measured afresh decide alone, so that nobody looks twice at the same figures.
    init(
        row: ComparisonRow,
        gate: Gate,
        limit: RegressionLimit,
        sides: ComparedSides,
        screen: ComparedValues,
        fresh: ComparedValues?
    ) {
        self.row = row
        self.gate = gate
        self.limit = limit
        self.sides = sides
        let direction = gate.metric.direction
        let first = ChangeTest(screen, isPaired: sides.isPaired, direction: direction)
        guard let fresh, !fresh.isTooDisturbed else {
            test = first
            isConfirmation = false
            return
        }
        test = ChangeTest(fresh, isPaired: true, direction: direction)
        isConfirmation = true
        self.row.fill(fresh, gate.metric)
        self.row.screen = ComparisonRow.Screen(
            baselineValues: screen.baseline,
            candidateValues: screen.candidate,
            effect: first.effect(isConfirmation: false)
        )
    }

    /// The row with its verdict.
    func settled(adjustedP: Double) -> ComparisonRow {
        var row = row
        let baseline = row.baseline ?? 0
        let scaled = test.limit(limit, from: baseline)
        row.effect = test.effect(isConfirmation: isConfirmation)
        row.effect?.adjustedPValue = adjustedP
        row.minimalDetectableEffect = test.detectable.flatMap { test.share($0, of: baseline) }
        row.neededPairs = test.needed(for: scaled)
        let decision = ChangeVerdict(
            test: test,
            limit: scaled,
            adjustedP: adjustedP,
            obstacle: obstacle,
            isConfirmation: isConfirmation,
            loss: loss,
            detectableText: detectableText(baseline),
            neededText: neededText(row.neededPairs)
        )
        guard baseline != 0 || limit.minimumAbsolute != nil else {
            row.verdict = gate.level == .info ? .info : .inconclusive
            row.reason = "\(gate.metric.name) is 0 in the baseline, of which there are no shares; give \"min_absolute\""
            return row
        }
        let (verdict, clause) = decision.decide()
        row.verdict = gate.level == .info ? .info : verdict
        row.reason = "\(row.changeClause), allowed is \(limit.text(unit: row.unit)); \(clause)"
        return row
    }

    /// Why a regression between these sides cannot be certain.
    private var obstacle: String? {
        let fields = sides.differences.filter { $0.severity == .demoting }.map(\.field)
        guard !fields.isEmpty else { return nil }
        return "the sides differ in \(fields.joined(separator: ", "))"
    }

    private var loss: String? {
        guard let before = ComparedSides.lostShare(sides.baseline),
            let after = ComparedSides.lostShare(sides.candidate), after > before
        else { return nil }
        return "the candidate loses \(RegressionLimit.percent(after)) % of its items and the baseline "
            + "\(RegressionLimit.percent(before)) %"
    }

    private func detectableText(_ baseline: Double) -> String {
        guard let effect = test.detectable else { return "any size" }
        guard let share = test.share(effect, of: baseline) else { return gate.metric.unit.format(effect) }
        return ComparisonRow.percentText(share)
    }

    private func neededText(_ needed: Int?) -> String {
        let unit = sides.isPaired ? "pairs" : "runs of each side"
        guard let needed else { return "no number of \(unit) that anybody would wait for decides it" }
        let count = Quantity.format(count: UInt64(needed))
        return needed > test.count
            ? "\(count) \(unit) would decide it" : "\(count) \(unit) decide it as a rule, and these did not"
    }
}
