import HarnessCore

/// A stretch of a repetition in which the receiver misbehaved on purpose.
package struct FaultSpan: Equatable, Sendable {
    /// The fault as text.
    package var fault: String
    /// From when to when, in seconds since the start of the repetition.
    package var seconds: ClosedRange<Double>
}

extension Repetition {
    /// The stretches in which faults made a difference, in the order of their faults.
    ///
    /// A fault that lasts as long as its phase, or as the run, is no stretch of it but how the run is: it is left out,
    /// as are faults of a number of requests, of which nobody knows how long they took.
    package var faultSpans: [FaultSpan] {
        (faults?.faults ?? []).compactMap { entry in
            guard let fault = try? Fault.list(parsing: entry.fault).first,
                let phase = entry.phase.map({ name in phases.first { $0.name == name } }) ?? phases.first,
                let start = phase.startSeconds
            else { return nil }
            let scope = entry.phase == nil ? phases.last ?? phase : phase
            let end = (scope.startSeconds ?? start) + (scope.completionSeconds ?? scope.durationSeconds)
            guard fault.atNanoseconds > 0 || fault.endNanoseconds != nil, fault.next == nil else { return nil }
            let begin = start + Double(fault.atNanoseconds) / 1e9
            let finish = fault.endNanoseconds.map { min(end, start + Double($0) / 1e9) } ?? end
            return begin < finish ? FaultSpan(fault: entry.fault, seconds: begin...finish) : nil
        }
    }
}
