import HarnessCore

/// A limit as it was when a baseline was accepted, so that a later comparison can tell whether it became looser.
package struct AcceptedLimit: Codable, Equatable, Sendable {
    /// What reports call the gate.
    package var gate: String
    /// Name of the metric.
    package var metric: String
    /// The phase it is taken from; absent for all reported phases.
    package var phase: String?
    /// The absolute limit as it was written; absent where there was none.
    package var budget: String?
    /// The most that a candidate might be worse, as a share; absent where there was no such limit.
    package var maximumRelative: Double?
    /// The same in the unit of the metric.
    package var minimumAbsolute: Double?
    /// How much it mattered.
    package var level: GateLevel
    /// What happened when the metric was missing.
    package var onMissing: MissingPolicy

    private enum CodingKeys: String, CodingKey {
        case gate
        case metric
        case phase
        case budget
        case maximumRelative = "max_relative"
        case minimumAbsolute = "min_absolute"
        case level
        case onMissing = "on_missing"
    }

    /// Notes a gate.
    init(_ gate: Gate) {
        self.gate = gate.name
        metric = gate.metric.name
        phase = gate.phase
        budget = gate.limit?.expression
        maximumRelative = gate.regression?.maximumRelative
        minimumAbsolute = gate.regression?.minimumAbsolute
        level = gate.level
        onMissing = gate.onMissing
    }
}

extension AcceptedLimit {
    /// How the limit became looser among the gates that now select the same results, as a clause; nil if it did not.
    func loosening(in gates: [Gate]) -> String? {
        guard level != .off else { return nil }
        let same = gates.filter { $0.metric.name == metric && $0.phase == phase }
        var found: String?
        for gate in same {
            guard let difference = difference(to: gate) else { return nil }
            // Of several the one that goes by the same name is what a reader looks for.
            if found == nil || gate.name == self.gate { found = difference }
        }
        return found ?? "is gone"
    }

    /// In what a gate demands less than this limit did; nil if in nothing.
    private func difference(to gate: Gate) -> String? {
        var parts: [String] = []
        if Self.weight(gate.level) < Self.weight(level) { parts.append("level \(level) became \(gate.level)") }
        if Self.weight(gate.onMissing) < Self.weight(onMissing) {
            parts.append("on_missing \(onMissing) became \(gate.onMissing)")
        }
        if let budget, !isAsTight(gate.limit, as: budget, gate.metric.unit) {
            parts.append("budget \(budget) \(gate.limit.map { "became \($0.expression)" } ?? "is gone")")
        }
        if maximumRelative != nil || minimumAbsolute != nil {
            let before = RegressionLimit(maximumRelative: maximumRelative, minimumAbsolute: minimumAbsolute)
            if let now = gate.regression {
                let isLooser =
                    (now.maximumRelative ?? 0) > (maximumRelative ?? 0)
                    || (now.minimumAbsolute ?? 0) > (minimumAbsolute ?? 0)
                let unit = gate.metric.unit
                if isLooser { parts.append("\(before.text(unit: unit)) became \(now.text(unit: unit))") }
            } else {
                parts.append("\(before.text(unit: gate.metric.unit)) is gone")
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Whether a limit allows nothing that the text did not allow.
    private func isAsTight(_ limit: Limit?, as text: String, _ unit: MetricUnit) -> Bool {
        guard let limit, let before = try? Limit(parsing: text, unit: unit) else { return false }
        if limit == before { return true }
        switch (before.comparison, limit.comparison) {
        case (.atMost, .atMost), (.atMost, .less), (.less, .less), (.atMost, .equal):
            return limit.value <= before.value
        case (.less, .atMost), (.less, .equal): return limit.value < before.value
        case (.atLeast, .atLeast), (.atLeast, .more), (.more, .more), (.atLeast, .equal):
            return limit.value >= before.value
        case (.more, .atLeast), (.more, .equal): return limit.value > before.value
        default: return limit.comparison == before.comparison && limit.value == before.value
        }
    }

    private static func weight(_ level: GateLevel) -> Int {
        switch level {
        case .off: 0
        case .info: 1
        case .warn: 2
        case .error: 3
        }
    }

    private static func weight(_ policy: MissingPolicy) -> Int {
        switch policy {
        case .ignore: 0
        case .warn: 1
        case .error: 2
        }
    }
}
