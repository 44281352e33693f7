import Glibc
import HarnessCore
import Measurement

extension GateLint {
    /// What is to be said of a gate; nil where that is nothing.
    mutating func row(_ gate: Gate, _ baselines: [ResultDocument]) -> Row? {
        var findings = samples(of: gate, baselines).map { [$0] } ?? []
        var row = Row(gate: gate.name, profile: gate.profile, limit: gate.limit?.expression ?? "", findings: [])
        guard let regression = gate.regression else {
            row.findings = findings
            return findings.isEmpty ? nil : row
        }
        row.limit = regression.text(unit: gate.metric.unit)
        guard gate.metric.kind == .noisy else {
            row.findings = findings
            return row
        }
        guard let family = family(of: gate) else { return row }
        let fewest = SignedRank.smallestCount(reaching: family.strictestLevel)
        row.neededPairs = fewest
        if smallestP > family.strictestLevel * (1 + 1e-12) {
            findings.append(
                Finding(
                    cause: .smallestP,
                    reason: "\(Self.count(pairs, "pair")) reach p \(Self.text(smallestP)) at best, and with "
                        + "\(Self.count(family.gates, "gate")) of \(family.profile) judged together it takes "
                        + "\(Self.text(family.strictestLevel)): use \(fewest) pairs"
                        + (family.gates > 1 ? " or fewer gates" : "")
                )
            )
        }
        let noises = baselines.compactMap { GateNoise($0, of: gate) }
        let reference = noises.first?.reference
        if let finding = resolution(of: gate, regression, reference) { findings.append(finding) }
        if !baselines.isEmpty, noises.isEmpty {
            notes.append("no earlier result has enough of \(gate.name) to tell its noise: three pairs or repetitions")
        }
        // The worst of several results is what a plan has to survive.
        if let noise = noises.max(by: { $0.spread < $1.spread }) {
            judge(noise, gate, regression, family.strictestLevel, &row, &findings)
        }
        row.findings = findings
        return row
    }

    // MARK: - Causes

    private func samples(of gate: Gate, _ baselines: [ResultDocument]) -> Finding? {
        for result in baselines.map(\.candidate) where gate.selects(result) {
            if case .unsupported(let samples, let needed) = result.reading(of: gate.metric, phase: gate.phase) {
                let reason =
                    "\(result.profile) gives \(Quantity.format(count: samples)) samples, and \(gate.metric.name) needs "
                    + "\(Quantity.format(count: needed)): run longer, or gate a lower quantile"
                return Finding(cause: .samples, reason: reason)
            }
        }
        return nil
    }

    /// Histograms keep three digits, and one nanosecond; memory comes in pages.
    private func resolution(of gate: Gate, _ limit: RegressionLimit, _ reference: Double?) -> Finding? {
        let unit = gate.metric.unit
        let (share, step): (Double, Double) =
            switch unit {
            case .nanoseconds: (1.0 / 1024, 1)
            case .bytes: (0, 4096)
            case .count, .perSecond, .seconds, .bytesPerItem, .bytesPerHour, .percent, .secondsPerMillion: (0, 0)
            }
        let allowance = reference.map { limit.allowance(from: $0) } ?? limit.minimumAbsolute
        if let allowance, step > 0, allowance < step, reference != nil || limit.maximumRelative == nil {
            return Finding(
                cause: .resolution,
                reason: "a change of \(unit.format(allowance)) is less than the \(unit.format(step)) that can be told: "
                    + "allow at least that"
            )
        }
        if let relative = limit.maximumRelative, relative < share, (limit.minimumAbsolute ?? 0) < step {
            return Finding(
                cause: .resolution,
                reason:
                    "\(RegressionLimit.percent(relative)) % is less than the 0.1 % that a histogram tells: allow more"
            )
        }
        return nil
    }

    private func judge(
        _ noise: GateNoise,
        _ gate: Gate,
        _ regression: RegressionLimit,
        _ strictestLevel: Double,
        _ row: inout Row,
        _ findings: inout [Finding]
    ) {
        let share = regression.allowance(from: noise.reference) / noise.reference
        let isHigher = gate.metric.direction == .higherIsBetter
        let limit = isHigher ? (share < 1 ? -log1p(-share) : .infinity) : log1p(share)
        guard limit > 0, limit.isFinite else { return }
        let needed = Power.pairsNeeded(toDecide: limit, spread: noise.spread, level: strictestLevel)
        row.neededPairs = needed <= Self.mostPairs ? needed : nil
        let error = Power.standardError(spread: noise.spread, pairs: pairs)
        let effect = Power.detectableEffect(
            standardError: error,
            degrees: max(1, pairs - 1),
            smallestP: smallestP,
            level: strictestLevel
        )
        row.detectableChange = effect.map { isHigher ? -expm1(-$0) : expm1($0) }
        guard let effect, effect > limit else { return }
        let source = noise.isPaired ? Self.count(noise.count, "pair") : Self.count(noise.count, "repetition")
        let remedy =
            needed <= Self.mostPairs
            ? "use \(needed) pairs" : "no \(Quantity.format(count: UInt64(Self.mostPairs))) pairs decide it"
        let decidable = 2 * Power.halfWidth(spread: noise.spread, pairs: pairs, level: strictestLevel)
        findings.append(
            Finding(
                cause: .noise,
                reason: "by the noise of \(source), \(Self.count(pairs, "pair")) find changes from "
                    + "\(Self.percent(row.detectableChange ?? effect)) on: \(remedy), or allow "
                    + Self.percent(isHigher ? -expm1(-decidable) : expm1(decidable))
            )
        )
    }

    // MARK: - Plan

    /// Works out what to run for each profile.
    mutating func plan(_ baselines: [ResultDocument]) {
        let gated = rows.filter { $0.neededPairs != nil || $0.findings.contains { $0.cause == .noise } }
        plans = families.map { family in
            let needed = gated.filter { Glob.matches(family.profile, pattern: $0.profile) }.map(\.neededPairs)
            let pairs = needed.contains(nil) ? nil : needed.compactMap(\.self).max()
            let seconds = baselines.first { Glob.matches($0.candidate.profile, pattern: family.profile) }?
                .secondsPerPair
            return Plan(
                profile: family.profile,
                pairs: pairs,
                seconds: seconds.flatMap { each in pairs.map { Double($0) * each } }
            )
        }
    }

    // MARK: - Words

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    private static func text(_ pValue: Double) -> String { Quantity.format(number: pValue, decimals: 4) }

    private static func percent(_ share: Double) -> String { Quantity.format(number: 100 * share, decimals: 1) + " %" }
}
