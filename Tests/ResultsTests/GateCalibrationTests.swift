import HarnessCore
import Testing

@testable import Results

struct GateCalibrationTests {
    private let plan = GateCalibration.Plan(
        profile: "capacity",
        pairs: 8,
        freshPairs: 8,
        metrics: ["service_time.p50"],
        limit: 0.05,
        seed: 1
    )

    private func comparison(_ slowdown: Double?, _ verdict: RowVerdict, at level: Double) -> GateCalibration.Comparison
    {
        let ratios = [-0.02, -0.01, 0, 0.01, 0.02, 0.005, -0.005, 0].map { $0 + level }
        return GateCalibration.Comparison(
            slowdownPercent: slowdown,
            seconds: 1,
            verdict: .pass,
            gates: [
                GateCalibration.GateOutcome(
                    metric: "service_time.p50",
                    verdict: verdict,
                    screen: ratios,
                    fresh: verdict == .pass ? nil : ratios
                )
            ]
        )
    }

    private func calibration(alarms: Int, of trials: Int) -> GateCalibration {
        var calibration = GateCalibration(plan: plan, startedAt: "2026-11-21T00:00:00Z")
        for index in 0..<trials {
            calibration.add(
                comparison(nil, index < alarms ? .regressed : .pass, at: 0),
                endedAt: "2026-11-21T00:01:00Z"
            )
        }
        return calibration
    }

    @Test func oneFalseAlarmInFortyIsTheMost() throws {
        #expect(calibration(alarms: 0, of: 40).exitStatus == .pass)
        #expect(calibration(alarms: 1, of: 40).exitStatus == .pass)
        #expect(calibration(alarms: 2, of: 40).exitStatus == .gateFailed)
        #expect(calibration(alarms: 0, of: 39).exitStatus == .noVerdict)
        let rate = try #require(calibration(alarms: 1, of: 40).falseAlarms)
        // SciPy: binomtest(1, 40).proportion_ci(0.95, method="exact").
        #expect(abs(rate.low - 0.00063274) < 1e-7 && abs(rate.high - 0.13158586) < 1e-7)
    }

    @Test func disturbedComparisonsProveNothing() {
        var calibration = calibration(alarms: 0, of: 39)
        for _ in 0..<5 { calibration.add(comparison(nil, .invalid, at: 0), endedAt: "2026-11-21T00:02:00Z") }
        calibration.add(comparison(20, .invalid, at: 0.182), endedAt: "2026-11-21T00:02:00Z")
        #expect(calibration.falseAlarms?.trials == 39 && calibration.exitStatus == .noVerdict)
        #expect(calibration.detections.isEmpty && calibration.unjudged == 6)
        #expect(CalibrationTable(width: 110).render(calibration).contains("6 of 45 comparisons are not counted"))
    }

    @Test func whatIsFoundStandsBesideThePrediction() throws {
        var calibration = calibration(alarms: 0, of: 40)
        for index in 0..<10 {
            calibration.add(comparison(20, .regressed, at: 0.182), endedAt: "2026-11-21T00:02:00Z")
            calibration.add(comparison(3, index < 5 ? .regressed : .pass, at: 0.03), endedAt: "2026-11-21T00:02:00Z")
        }
        let (small, large) = (calibration.detections[0], calibration.detections[1])
        #expect(large.slowdownPercent == 20 && large.found.count == 10 && large.agrees)
        #expect(large.predicted > 0.99 && abs(large.change - 0.2) < 0.001)
        // 3 % is below the limit of 5 %: to be found never, so half of the time does not agree.
        #expect(small.predicted < 0.01 && !small.agrees)
        let text = CalibrationTable(width: 110).render(calibration)
        #expect(text.contains("a build against itself: 0 of 40 (0.0 % to 8.8 %) with a false alarm"))
        #expect(text.hasSuffix("calibrate=PASS exit=0 comparisons=40 false_alarms=0\n"))
    }

    @Test func aCalibrationIsReadAsItWasWritten() throws {
        let calibration = calibration(alarms: 1, of: 3)
        let text = try ResultFile.text(of: calibration)
        #expect(text.contains("\"false_alarms\""))
    }
}
