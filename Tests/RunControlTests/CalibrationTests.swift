import HTTP
import HarnessCore
import Measurement
import Results
import Testing

@testable import RunControl

struct CalibrationTests {
    @Test("A spinning thread's gaps fit into the time that it was watched")
    func spin() {
        let gauge = SpinGauge(nanoseconds: 2_000_000)
        #expect(gauge.watched >= 2_000_000)
        #expect(gauge.maximumGap > 0 && gauge.maximumGap <= gauge.watched)
        #expect(gauge.gapP99 > 0 && gauge.gapP99 <= gauge.maximumGap)
        #expect(gauge.lost <= gauge.watched)
    }

    @Test func memory() throws {
        #expect(try #require(MemoryGauge.bytesPerSecond(nanoseconds: 0)) > 0)
    }

    @Test("Where nobody answers there is no figure")
    func nobody() {
        let gauge = SinkGauge(endpoint: .init(host: "127.0.0.1", port: 1), run: "x")
        #expect(gauge.echo(nanoseconds: 1) == nil && gauge.itemsPerSecond(nanoseconds: 1) == nil)
        #expect(NullRun.operationNanoseconds(worker: "/bin/false", deadline: .max) == nil)
        #expect(NullRun.operationNanoseconds(worker: "/nowhere", deadline: .max) == nil)
    }

    // MARK: - Headroom

    private static func result(attempted: UInt64, delivered: Double?, timedEvery: UInt64? = nil) -> RunResult {
        let phase = PhaseResult(
            name: "main",
            shape: "constant",
            durationSeconds: 1,
            load: PhaseLoad(attempted: attempted, accepted: attempted, rejected: 0),
            rates: PhaseRates(deliveredPerSecond: delivered)
        )
        return RunResult(
            tool: ToolIdentity(name: "bench", version: "0"),
            runID: "x",
            profile: "x",
            startedAt: "",
            endedAt: "",
            outcome: .completed,
            verdict: .noVerdict,
            exitStatus: .noVerdict,
            delivery: .verified,
            environment: RunEnvironment(swiftVersion: "", buildConfiguration: ""),
            system: SystemIdentity(name: "x", language: "swift", options: [:]),
            plan: PlanSummary(
                hash: "0",
                seed: 1,
                producers: 2,
                operation: "event",
                attributes: 0,
                latencyBasis: "intended_start",
                phases: [PlannedPhase(name: "main", shape: "constant", timedEvery: timedEvery)]
            ),
            repetitions: [Repetition(index: 0, phases: [phase])]
        )
    }

    private static let calibration = Calibration(
        durationSeconds: 0.2,
        nullOperationNanoseconds: 100,
        sinkItemsPerSecond: 4_000_000
    )

    @Test("Twice what was done is enough; less names the part")
    func headroom() {
        // 10 M operations a second and producer possible, 5 M issued.
        #expect(Headroom.warnings(Self.calibration, Self.result(attempted: 10_000_000, delivered: 2_000_000)).isEmpty)
        let generator = Headroom.warnings(Self.calibration, Self.result(attempted: 11_000_000, delivered: nil))
        #expect(generator.count == 1)
        #expect(generator.first?.contains("the generator could do 10,000,000/s operations") == true, "\(generator)")
        #expect(generator.first?.contains("1.8 ×") == true, "\(generator)")
        let sink = Headroom.warnings(Self.calibration, Self.result(attempted: 1_000, delivered: 3_000_000))
        #expect(sink.count == 1 && sink.first?.contains("the sink could do 4,000,000/s items") == true, "\(sink)")
    }

    @Test("What did more than the calibration found says that the calibration was disturbed")
    func disturbedCalibration() {
        let sink = Headroom.warnings(Self.calibration, Self.result(attempted: 1_000, delivered: 5_000_000))
        #expect(sink.count == 1 && sink.first?.hasPrefix("the calibration was disturbed") == true, "\(sink)")
        #expect(sink.first?.contains("little headroom") == false)
    }

    @Test("One timed operation in N, a system that does nothing, and what was not measured say nothing")
    func noHeadroom() {
        var calibration = Self.calibration
        #expect(
            Headroom.warnings(calibration, Self.result(attempted: 90_000_000, delivered: nil, timedEvery: 64)).isEmpty
        )
        var disabled = Self.result(attempted: 90_000_000, delivered: nil)
        disabled.system.isEnabled = false
        #expect(Headroom.warnings(calibration, disabled).isEmpty)
        calibration = Calibration(durationSeconds: 0)
        #expect(Headroom.warnings(calibration, Self.result(attempted: 90_000_000, delivered: 9e9)).isEmpty)
    }
}
