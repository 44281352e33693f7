import HarnessCore

extension Judging {
    /// All results of both sides, paired ones included.
    var allResults: [RunResult] {
        request.baselines.map(\.result) + request.candidates.map(\.result)
            + request.pairs.flatMap { [$0.result.baseline.result, $0.result.candidate.result] }
    }

    /// Finds the gates that judge nothing.
    mutating func checkSelection() {
        let results = allResults
        let path = request.thresholds?.identity.path ?? "command line"
        let idle = request.gates.filter { gate in gate.level != .off && !results.contains(where: gate.selects) }
        for gate in idle where !request.allowsUnselected || gate.source == .commandLine {
            let phase = gate.phase.map { ", phase \"\($0)\"" } ?? ""
            let place = gate.source == .commandLine ? "--assert \(gate.path)" : "\(path): \(gate.path)"
            let advice =
                Self.guess(gate, results) ?? "pass its result too, or allow it with --allow-unselected"
            problems.append(
                "\(place) (profile \"\(gate.profile)\"\(phase), \(gate.metric.name)) selects none of the results; \(advice)"
            )
        }
        let allowed = idle.filter { request.allowsUnselected && $0.source != .commandLine }
        guard !allowed.isEmpty else { return }
        for gate in allowed {
            guard let guess = Self.guess(gate, results) else { continue }
            notes.append("\(path): \(gate.path) (\(gate.metric.name)) selects none of the results; \(guess)")
        }
        let profiles = allowed.map(\.profile).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let total = request.thresholds?.file.gates.count ?? 0
        notes.append(
            "\(allowed.count) of \(total) gates in \(path) select none of the results: \(profiles.joined(separator: ", "))"
        )
    }

    /// What a gate that selects nothing may have meant: a phase of a result whose profile it selects, or a profile.
    private static func guess(_ gate: Gate, _ results: [RunResult]) -> String? {
        let sameProfile = results.filter { Glob.matches($0.profile, pattern: gate.profile) }
        if sameProfile.isEmpty {
            let profile = Suggestion.nearest(to: gate.profile, in: results.map(\.profile))
            return profile.map { "did you mean the profile \"\($0)\"?" }
        }
        guard let phase = gate.phase else { return nil }
        let phases = sameProfile.flatMap { $0.repetitions.flatMap(\.phases).map(\.name) }
        if let name = Suggestion.nearest(to: phase, in: phases) { return "did you mean the phase \"\(name)\"?" }
        let known = phases.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return "there is no such phase, only: \(known.joined(separator: ", "))"
    }
}
