import HarnessCore

extension Profile {
    /// Faults that will not strike, each in a sentence with the reason.
    ///
    /// They are no errors: a profile may be run with other systems and durations. Where the system decides how long a phase
    /// takes nothing is said.
    ///
    /// - Parameter plan: what the profile makes the producers do.
    /// - Returns: a sentence for each such fault; empty for none.
    package func idleFaults(in plan: Plan) -> [String] {
        faults.compactMap { fault in
            idleness(of: fault, plan).map { "the fault \"\(fault.text)\" will not strike: \($0)" }
        }
    }

    private func idleness(of fault: Fault, _ plan: Plan) -> String? {
        guard system != "null" else { return "the system null sends nothing" }
        if let path = fault.path, !plan.workload.signals.contains(where: { "/v1/\($0.rawValue)" == path }) {
            let signals = plan.workload.signals.map(\.rawValue).sorted().joined(separator: ", ")
            return "the workload sends \(signals) only"
        }
        let phases = plan.phases.filter { fault.phase == nil || $0.name == fault.phase }
        guard !phases.isEmpty, !phases.contains(where: \.isOpenEnded) else { return nil }
        let duration = phases.reduce(0) { $0 + $1.durationNanoseconds }
        // What is planned to happen at once takes its time all the same.
        guard duration > 0, fault.atNanoseconds > duration else { return nil }
        let time = { (nanoseconds: UInt64) in Quantity.format(durationNanoseconds: Double(nanoseconds)) }
        return "it begins \(time(fault.atNanoseconds)) after the start of "
            + (fault.phase.map { "phase \($0)" } ?? "the run")
            + ", planned to last \(time(duration)); set \"at\" to less"
    }
}
