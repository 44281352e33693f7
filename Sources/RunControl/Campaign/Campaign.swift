import HarnessCore
import LoadEngine
import Platform
import Results

/// Drives an SDK through one fault after the other, a fresh worker and a fresh sink for each.
package final class Campaign {
    /// A run whose rules about time are broken on a noisy host is repeated so often at most.
    package static let maximumAttempts = 3

    private let worker: String
    private let sink: String
    private let system: String?
    private let observer: any RunObserver

    /// Prepares a campaign.
    ///
    /// - Parameters:
    ///   - worker: the path of the worker.
    ///   - sink: the path of the sink.
    ///   - system: the name of the system under test; nil for the worker's own SDK.
    ///   - observer: whoever watches the runs.
    package init(worker: String, sink: String, system: String? = nil, observer: any RunObserver) {
        self.worker = worker
        self.sink = sink
        self.system = system
        self.observer = observer
    }

    /// Runs one cell, again if the host has spoilt it.
    ///
    /// - Parameter cell: what to run.
    /// - Returns: its row, and whether the user interrupted it.
    package func run(_ cell: CampaignCell) -> (row: CampaignReport.Row, isInterrupted: Bool) {
        let began = MonotonicClock.now()
        var row = CampaignReport.Row(
            name: cell.faultCase.name,
            faults: cell.faultCase.faults,
            overflow: cell.overflow,
            encoding: cell.encoding
        )
        var isInterrupted = false
        repeat {
            row.attempts += 1
            row.failure = nil
            do {
                let result = try carryOut(cell)
                isInterrupted = result.outcome == .interrupted
                row.figures = CampaignReport.Figures(result)
                let isNoisy = (result.validity.checks ?? []).contains { $0.verdict != .pass }
                row.rules = row.figures.map { CampaignJudge.rules($0, cell, isNoisy: isNoisy) } ?? []
                if row.figures == nil { row.failure = "the result is not complete" }
            } catch {
                row.failure = "no result: \(error)"
                isInterrupted = error.exitStatus == .interrupted
            }
        } while row.verdict == .noisy && row.attempts < Self.maximumAttempts && !isInterrupted
        row.seconds = Double(MonotonicClock.now() - began) / 1e9
        return (row, isInterrupted)
    }

    private func carryOut(_ cell: CampaignCell) throws(RunError) -> RunResult {
        let request: RunRequest
        let configuration: EffectiveConfiguration
        do {
            var overrides = ProfileOverrides()
            if let system { overrides.set = ["system.name=\(system)"] }
            let document = try ProfileDocument(
                parsing: CampaignSettings.profile(of: cell),
                source: "campaign \(cell.name)"
            ).applying(overrides, origin: .flag)
            let profile = try document.profile()
            configuration = document.effectiveConfiguration
            var plain = RunRequest(
                profile: profile,
                plan: try profile.makePlan(),
                workerExecutable: worker,
                sinkExecutable: sink
            )
            // Nothing here is compared with what harness and machine could do.
            plain.calibrates = false
            request = plain
        } catch {
            throw .internal("the profile of \(cell.name) is wrong: \(error)")
        }
        return try RunController(
            request: request,
            configuration: configuration,
            command: ["bench", "campaign", "--only", cell.faultCase.name],
            observer: observer
        ).run()
    }
}
