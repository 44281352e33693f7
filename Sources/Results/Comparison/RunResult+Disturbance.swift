extension RunResult {
    /// The largest share of repetitions, or pairs, that may be left out because something disturbed them.
    static let largestDisturbedShare = 0.25

    /// The positions of the repetitions whose times cannot be trusted; all where nothing says which ones.
    package var disturbedRepetitions: Set<Int> {
        guard !validity.isValid else { return [] }
        let named = Set((validity.checks ?? []).filter { $0.verdict == .fail }.compactMap(\.repetition))
        return named.isEmpty ? Set(repetitions.indices) : named
    }

    /// The result without the repetitions that something disturbed, where these are few enough; otherwise as it is.
    func withoutDisturbedRepetitions() -> RunResult {
        let disturbed = disturbedRepetitions
        guard !disturbed.isEmpty, outcome == .completed, !isPartial,
            Double(disturbed.count) <= Self.largestDisturbedShare * Double(repetitions.count)
        else { return self }
        var result = self
        result.repetitions = repetitions.indices.filter { !disturbed.contains($0) }.map { repetitions[$0] }
        result.validity = RunValidity()
        result.summary = result.computedSummary()
        return result
    }
}
