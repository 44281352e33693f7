import HarnessCore
import LoadEngine
import Results

/// Decides what a run's figures are worth by what the machine and the generator did meanwhile.
///
/// Pure: it sees a result and the limits. Idle and unreported phases are not judged; what could not be read is not either.
/// Who is at fault matters: where the system's own calls took the time, or a closed model drives the sink to its limit
/// by design, a broken limit says something of them and does not spoil the run.
struct ValidityJudge {
    let limits: ValidityLimits
    /// How many processors the run may use.
    let processors: Int
    /// What was to be done, phase by phase.
    let plan: PlanSummary

    /// Shorter phases are judged by the repetition as a whole: in them a single time slice would decide.
    static let shortestWindowSeconds = 0.5

    /// Most broken limits of one kind that are listed one by one.
    private static let listed = 3

    /// Looks at every condition.
    ///
    /// - Parameter repetitions: all repetitions of the run.
    /// - Returns: for each condition that could be looked at either the worst places that break its limit, or the worst
    ///   of those that keep it.
    func checks(_ repetitions: [Repetition]) -> [ValidityCheck] {
        var found: [Observation] = []
        for repetition in repetitions {
            for phase in repetition.reportedPhases where !phase.isIdle {
                let place = Place(repetition, phase, isAlone: repetitions.count == 1)
                found += generator(phase, place) + machine(phase, repetition, place) + sink(phase, place)
            }
        }
        return ValidityLimits.Name.allCases.flatMap { name in
            select(found.filter { $0.name == name }).map { check($0.observation, andMore: $0.others) }
        }
    }

    // MARK: - From observations to checks

    private func select(_ found: [Observation]) -> [(observation: Observation, others: Int)] {
        let broken = found.filter { !$0.isKept }.sorted { $0.observed > $1.observed }
        guard !broken.isEmpty else {
            return found.max { $0.observed < $1.observed }.map { [($0, 0)] } ?? []
        }
        let unique = broken.reduce(into: [Observation]()) { list, next in
            // A window over the whole repetition is the same for each of its phases.
            if !list.contains(where: { $0.place == next.place && $0.isAtFault == next.isAtFault }) { list.append(next) }
        }
        let shown = unique.prefix(Self.listed)
        return shown.enumerated().map { ($1, $0 == shown.count - 1 ? unique.count - shown.count : 0) }
    }

    private func check(_ observation: Observation, andMore others: Int) -> ValidityCheck {
        let unit = observation.unit
        let isBroken = !observation.isKept
        var sentence = observation.place.prefix + observation.statement(unit.format(observation.observed))
        sentence += " (limit \(unit.format(observation.limit)))"
        if isBroken, !observation.consequence.isEmpty { sentence += ": " + observation.consequence }
        if others > 0 { sentence += "; and in \(others) more" }
        return ValidityCheck(
            name: observation.name.rawValue,
            phase: observation.place.phase,
            repetition: observation.place.repetition,
            observed: observation.observed,
            limit: observation.limit,
            unit: unit,
            verdict: !isBroken ? .pass : observation.isAtFault && limits.policy == .invalid ? .fail : .warning,
            sentence: sentence
        )
    }

    /// An observation of what a limit is set for; nil where it was not measured, or nobody wants to know.
    func observation(
        _ name: ValidityLimits.Name,
        _ observed: Double?,
        _ place: Place,
        isAtFault: Bool = true,
        statement: @escaping (String) -> String,
        consequence: String
    ) -> Observation? {
        guard let observed, case .below(let limit, let orEqual) = limits.limit(name, processors: processors) else {
            return nil
        }
        return Observation(
            name: name,
            place: place,
            observed: observed,
            limit: limit,
            isKept: orEqual ? observed <= limit : observed < limit,
            isAtFault: isAtFault,
            statement: statement,
            consequence: consequence
        )
    }
}

extension ValidityJudge {
    /// Where something was observed.
    struct Place: Equatable {
        /// The phase; nil for the whole repetition.
        var phase: String?
        /// The repetition, from 0.
        var repetition: Int
        /// Whether there is but one repetition, which then needs no name.
        var isAlone: Bool

        /// A phase of a repetition.
        init(_ repetition: Repetition, _ phase: PhaseResult, isAlone: Bool) {
            self.phase = phase.name
            self.repetition = repetition.index
            self.isAlone = isAlone
        }

        /// The whole repetition.
        var whole: Place {
            var place = self
            place.phase = nil
            return place
        }

        /// `repetition 2, phase main: `, counted from 1 as people do.
        var prefix: String {
            let parts = [isAlone ? nil : "repetition \(repetition + 1)", phase.map { "phase \($0)" }].compactMap(\.self)
            return parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
        }
    }

    /// One figure beside its limit.
    struct Observation {
        var name: ValidityLimits.Name
        var place: Place
        var observed: Double
        var limit: Double
        /// Whether the limit holds.
        var isKept: Bool
        /// Whether the generator or the machine is at fault when it does not.
        var isAtFault: Bool
        /// The figure in a clause, given the figure as text.
        var statement: (String) -> String
        /// What follows from a broken limit, and what to do.
        var consequence: String

        /// The unit of figure and limit.
        var unit: MetricUnit {
            switch name.unit {
            case .nanoseconds: .nanoseconds
            case .percent: .percent
            case .bytes: .bytes
            }
        }
    }
}
