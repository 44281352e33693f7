import HarnessCore

extension RunResult {
    /// Phases and faults of the first repetition, as plots over time mark them.
    var spans: [Plot.Span] {
        repetitions.first.map { $0.phaseSpans + $0.faultSpans(planned: plan.faults ?? []) } ?? []
    }
}

extension Repetition {
    /// The phases, each until the flush at its end was done.
    fileprivate var phaseSpans: [Plot.Span] {
        var end = 0.0
        return phases.compactMap { phase in
            let start = phase.startSeconds ?? end
            end = start + max(phase.durationSeconds, phase.completionSeconds ?? 0)
            guard end > start else { return nil }
            return Plot.Span(phase.name, start...end, phase.isReported ? .phase : .unreported)
        }
    }

    /// When faults were in force: as the sink reports them or, where it did not come to that, as they were planned.
    fileprivate func faultSpans(planned: [String]) -> [Plot.Span] {
        let phases = phaseSpans
        let reported = faults?.faults.filter { $0.state != .waiting }.map { (text: $0.fault, phase: $0.phase) }
        return (reported ?? planned.map { (text: $0, phase: nil) }).compactMap { entry in
            // A fault of another version is not drawn, and stands in the configuration all the same.
            guard let fault = try? Fault.list(parsing: entry.text).first else { return nil }
            let name = entry.phase ?? fault.phase
            let place = name.map { name in phases.first { $0.name == name } } ?? Self.whole(phases)
            guard let place else { return nil }
            let start = place.range.lowerBound + Double(fault.atNanoseconds) / 1e9
            let end = fault.endNanoseconds.map { place.range.lowerBound + Double($0) / 1e9 } ?? place.range.upperBound
            guard start < min(end, place.range.upperBound) else { return nil }
            return Plot.Span(fault.action.kind.rawValue, start...min(end, place.range.upperBound), .fault)
        }
    }

    private static func whole(_ phases: [Plot.Span]) -> Plot.Span? {
        guard let first = phases.first, let last = phases.last else { return nil }
        return Plot.Span("", first.range.lowerBound...last.range.upperBound, .phase)
    }
}
