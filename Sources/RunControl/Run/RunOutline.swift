package import LoadEngine

/// How long a run is planned to take, as far as a plan can say: flushes and what lies between phases come on top.
package struct RunOutline: Sendable {
    /// How many fresh workers run the plan.
    package let repetitions: Int
    private let plan: Plan

    /// Outlines a run.
    package init(plan: Plan, repetitions: Int) {
        self.plan = plan
        self.repetitions = repetitions
    }

    /// The phases of one repetition together, in nanoseconds; nil where a number of operations alone ends one.
    package var repetitionNanoseconds: UInt64? {
        isBounded ? plan.durationNanoseconds : nil
    }

    /// All repetitions together, in nanoseconds; nil where a number of operations alone ends a phase.
    package var runNanoseconds: UInt64? {
        repetitionNanoseconds.map { $0 * UInt64(repetitions) }
    }

    /// What is planned to come after a moment, in nanoseconds, without the phases of which nobody knows the length.
    ///
    /// - Parameters:
    ///   - repetition: The one that runs, from 0.
    ///   - phase: The phase that runs, from 0.
    ///   - elapsed: Nanoseconds since it began.
    /// - Returns: The time left, and whether a phase of unknown length is among what is to come.
    package func remaining(repetition: Int, phase: Int, elapsed: UInt64) -> (nanoseconds: UInt64, isAtLeast: Bool) {
        let current = plan.phases[phase].durationNanoseconds
        let later = plan.phases[(phase + 1)...]
        let others = UInt64(max(0, repetitions - repetition - 1))
        let rest = current - min(current, elapsed) + later.reduce(0) { $0 + $1.durationNanoseconds }
        let isOpen = others > 0 ? !isBounded : plan.phases[phase...].contains(where: \.isOpenEnded)
        return (rest + others * plan.durationNanoseconds, isOpen)
    }

    private var isBounded: Bool {
        !plan.phases.contains(where: \.isOpenEnded)
    }
}
