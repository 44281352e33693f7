import HTTP
import HarnessCore
import LoadEngine

/// Sets the faults of a profile in the sink when their time comes, and takes them away again.
///
///     first phase ─── faults of the run set ───────────────────────────────────────── all removed
///                        └─ phase: its faults set ─── end of phase: their counts noted, they removed
final class FaultDirector {
    /// For how long after a phase's planned end nobody is let in at most.
    private static let marginNanoseconds: UInt64 = 60_000_000_000

    private let faults: [Fault]
    private let client: FaultClient
    private let seed: UInt64
    private var hasBegun = false
    private var idsOfPhase: [Int] = []
    private var idsOfRun: [Int] = []
    private var ended: [FaultReport.Entry] = []

    /// - Parameters:
    ///   - faults: the faults of the profile; at least one.
    ///   - endpoint: the receiver.
    ///   - seed: what randomness follows from.
    init(faults: [Fault], endpoint: HTTPEndpoint, seed: UInt64) {
        self.faults = faults
        self.seed = seed
        client = FaultClient(endpoint: endpoint)
    }

    /// Sets what begins with a phase.
    ///
    /// - Parameters:
    ///   - phase: the phase.
    ///   - start: when it starts, monotonic nanoseconds.
    /// - Throws: `RunError` if the receiver does not answer or takes no faults.
    func begin(_ phase: LoadEngine.PlannedPhase, start: UInt64) throws(RunError) {
        if !hasBegun {
            hasBegun = true
            try client.clear()
            idsOfRun = try set(faults.filter { $0.phase == nil }, start)
        }
        let own = faults.filter { $0.phase == phase.name }.map { fault in
            var fault = fault
            fault.phase = nil
            // It is opened when the phase ends; the limit is for a controller that dies before.
            if fault.action == .refuse, fault.durationNanoseconds == nil {
                fault.durationNanoseconds = phase.durationNanoseconds + Self.marginNanoseconds
            }
            return fault
        }
        idsOfPhase = try set(own, start)
    }

    private func set(_ faults: [Fault], _ start: UInt64) throws(RunError) -> [Int] {
        guard !faults.isEmpty else { return [] }
        return try client.add(faults, origin: start, seed: seed).faults.suffix(faults.count).map(\.id)
    }

    /// Removes the faults of a phase that is over.
    func end(_ phase: LoadEngine.PlannedPhase) throws(RunError) {
        guard !idsOfPhase.isEmpty else { return }
        for var entry in try client.report().faults where idsOfPhase.contains(entry.id) {
            entry.phase = phase.name
            entry.state = .over
            ended.append(entry)
        }
        for id in idsOfPhase { try client.remove(id) }
        idsOfPhase = []
    }

    /// Removes all faults, and returns what they did.
    func finish() throws(RunError) -> FaultReport {
        var report = try client.report()
        report.faults = (ended + report.faults).sorted { $0.id < $1.id }
        try client.clear()
        return report
    }
}
