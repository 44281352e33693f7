import Glibc
package import HarnessCore
import Measurement

/// What the gates of a thresholds file can decide, proved before anything is measured.
///
/// A gate that cannot fire passes everything, and nobody notices.
package struct GateLint: Encodable, Sendable {
    /// Why a gate cannot do its work.
    package enum Cause: String, Encodable, Sendable, CaseIterable {
        /// Among so many gates, so few pairs cannot be called certain whatever they show.
        case smallestP = "smallest_p"
        /// The limit is finer than the metric can be told.
        case resolution
        /// The runs have too few samples for the statistic.
        case samples
        /// The noise of earlier results hides changes as large as the limit.
        case noise
    }

    /// One cause, with numbers.
    package struct Finding: Encodable, Equatable, Sendable {
        /// What it is.
        package var cause: Cause
        /// One clause with numbers, and what to do.
        package var reason: String
    }

    /// One gate.
    package struct Row: Encodable, Sendable {
        /// Its name.
        package var gate: String
        /// The profiles that it selects, a name or a pattern.
        package var profile: String
        /// The limit in words.
        package var limit: String
        /// The smallest change that so many pairs find in 80 of 100 comparisons, as a share; absent without earlier results.
        package var detectableChange: Double?
        /// Pairs after which the limit is decided; without earlier results, the fewest that can be certain at all.
        package var neededPairs: Int?
        /// What is wrong with it; empty where nothing is.
        package var findings: [Finding]

        private enum CodingKeys: String, CodingKey {
            case gate
            case profile
            case limit
            case detectableChange = "detectable_change"
            case neededPairs = "needed_pairs"
            case findings
        }
    }

    /// What to run for the gates of one profile.
    package struct Plan: Encodable, Equatable, Sendable {
        /// The profile, a name or a pattern.
        package var profile: String
        /// Pairs that decide all its limits; absent where more than a comparison may have would be needed.
        package var pairs: Int?
        /// How long that takes, in seconds; absent without earlier results.
        package var seconds: Double?
    }

    /// Pairs that are planned.
    package var pairs: Int
    /// Gates on changes of timed metrics, which are judged together.
    package var family: Int
    /// The p that one of them must reach.
    package var strictestLevel: Double
    /// The smallest p that so many pairs can have.
    package var smallestP: Double
    /// The gates on changes, and others where something is wrong with them.
    package var rows: [Row]
    /// What decides all of them.
    package var plans: [Plan]
    /// What a reader should know, each a sentence.
    package var notes: [String]

    /// The most pairs that a comparison may have.
    package static let mostPairs = 1000

    private enum CodingKeys: String, CodingKey {
        case pairs
        case family
        case strictestLevel = "strictest_level"
        case smallestP = "smallest_p"
        case rows
        case plans
        case notes
    }

    /// The status of a linter: whether something was found.
    package var exitStatus: ExitStatus { rows.contains { !$0.findings.isEmpty } ? .gateFailed : .pass }

    /// Looks at the gates.
    ///
    /// - Parameters:
    ///   - thresholds: the file.
    ///   - pairs: how many are planned, at least 1.
    ///   - profile: pattern of the gates' profiles; nil for all, judged together.
    ///   - baselines: earlier results, for their noise and their samples; may be empty.
    package init(_ thresholds: ThresholdsFile, pairs: Int, profile: String? = nil, baselines: [ResultDocument] = []) {
        let gates = thresholds.gates.filter { gate in
            (gate.level == .error || gate.level == .warn)
                && (profile.map { Glob.matches(gate.profile, pattern: $0) } ?? true)
        }
        let family = gates.count { $0.regression != nil && $0.metric.kind == .noisy }
        self.pairs = pairs
        self.family = family
        strictestLevel = Holm.strictestLevel(ChangeTest.level, tests: family)
        smallestP = SignedRank.smallestP(count: pairs)
        notes = []
        rows = []
        plans = []
        for gate in gates {
            if let row = row(gate, baselines) { rows.append(row) }
        }
        plan(baselines)
        if family == 0 { notes.append("no gate limits a change of a timed metric: pairs have nothing to decide") }
        if baselines.isEmpty, !gates.isEmpty {
            notes.append("without earlier results (--baseline) neither noise nor numbers of samples are known")
        }
    }

    private mutating func row(_ gate: Gate, _ baselines: [ResultDocument]) -> Row? {
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
        let fewest = SignedRank.smallestCount(reaching: strictestLevel)
        row.neededPairs = fewest
        if smallestP > strictestLevel * (1 + 1e-12) {
            findings.append(
                Finding(
                    cause: .smallestP,
                    reason: "\(Self.count(pairs, "pair")) reach p \(Self.text(smallestP)) at best, and with "
                        + "\(Self.count(family, "gate")) judged together it takes \(Self.text(strictestLevel)): use "
                        + "\(fewest) pairs" + (family > 1 ? " or fewer gates" : "")
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
            judge(noise, gate, regression, &row, &findings)
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
            case .count, .perSecond, .seconds, .bytesPerItem, .percent, .secondsPerMillion: (0, 0)
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

    private mutating func plan(_ baselines: [ResultDocument]) {
        let gated = rows.filter { $0.neededPairs != nil || $0.findings.contains { $0.cause == .noise } }
        var profiles: [String] = []
        for row in gated where !profiles.contains(row.profile) { profiles.append(row.profile) }
        plans = profiles.map { profile in
            let needed = gated.filter { $0.profile == profile }.map(\.neededPairs)
            let pairs = needed.contains(nil) ? nil : needed.compactMap(\.self).max()
            let seconds = baselines.first { Glob.matches($0.candidate.profile, pattern: profile) }?.secondsPerPair
            return Plan(
                profile: profile,
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
