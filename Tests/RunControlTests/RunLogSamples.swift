import HarnessCore
import LoadEngine
import Results

@testable import RunControl

/// Records of a run that never was.
enum RunLogSamples {
    static func header(_ plan: Plan) -> RunLogRecord.Header {
        let result = RunResult(
            tool: ToolIdentity(name: "bench", version: "0"),
            runID: "run",
            profile: "p",
            startedAt: "2026-01-01T00:00:00Z",
            endedAt: "2026-01-01T00:00:00Z",
            outcome: .failed,
            verdict: .noVerdict,
            exitStatus: .noVerdict,
            delivery: .unverified,
            environment: EnvironmentProbe.environment(worker: "/nowhere"),
            system: SystemIdentity(name: "null"),
            plan: PlanSummary(plan)
        )
        return RunLogRecord.Header(result: result, plan: plan, thresholds: [], repetitions: 1)
    }

    static func repetition(start: UInt64) -> RunLogRecord.RepetitionStart {
        RunLogRecord.RepetitionStart(
            repetition: 0,
            workerPID: 1,
            startNanoseconds: start,
            system: SystemDescription(sdkName: "none", sdkVersion: "0", language: "swift"),
            hasLedger: false
        )
    }

    static func phaseEnd(_ phase: Int) -> RunLogRecord.PhaseEnd {
        RunLogRecord.PhaseEnd(
            repetition: 0,
            checkpoint: WorkerMessage.Checkpoint(
                phase: phase,
                startNanoseconds: 1,
                plannedEndNanoseconds: 2,
                operationsEndNanoseconds: 3,
                attempted: 0,
                accepted: 0,
                rejected: 0,
                counters: SystemCounters()
            )
        )
    }
}
