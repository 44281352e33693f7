import Testing

@testable import RunControl

/// The closed form of a stall against a simulation that knows nothing of it.
struct StallPredictionTests {
    @Test("Without a service time it is the identity S − (1 − q)·T")
    func theIdentity() {
        // wrk2's own example in its README: a stall of about 1.416 s in 19.75 s measured.
        let prediction = StallPrediction(
            stallSeconds: 1.416,
            planSeconds: 19.75,
            offsetSeconds: 5,
            ratePerSecond: 2000,
            serviceSeconds: 0,
            drainSeconds: 0
        )
        #expect((prediction.responseSeconds(quantile: 0.99) - 1.2185).magnitude < 1e-9)
        #expect(prediction.responseSeconds(quantile: 0.9) == 0)
        #expect((prediction.delayedShare - 0.0717).magnitude < 0.0001)
    }

    @Test(
        "The quantiles of a simulated queue are the predicted ones",
        arguments: [
            // stall, plan, offset, rate, service, drain
            (0.5, 4.0, 1.0, 1000.0, 0.000_001, 0.000_002),
            (0.6, 3.0, 1.0, 2000.0, 0.0002, 0.000_21),
            (0.4, 3.0, 0.5, 2000.0, 0.0004, 0.0004),
            (0.3, 2.0, 0.0, 500.0, 0.0015, 0.0015),
            // The plan ends before the backlog does.
            (1.0, 2.0, 1.5, 1000.0, 0.0001, 0.0001),
            (0.5, 2.0, 1.0, 1000.0, 0.0009, 0.0009),
        ]
    )
    func theSimulationAgrees(
        stall: Double,
        plan: Double,
        offset: Double,
        rate: Double,
        service: Double,
        drain: Double
    ) {
        let prediction = StallPrediction(
            stallSeconds: stall,
            planSeconds: plan,
            offsetSeconds: offset,
            ratePerSecond: rate,
            serviceSeconds: service,
            drainSeconds: drain
        )
        let responses = Self.simulate(stall, plan, offset, rate, service, drain).sorted()
        #expect(responses.count == Int(plan * rate))
        for quantile in [0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999] {
            // Where the plan ends before the backlog does, the distribution jumps, and either side is as good.
            guard (1 - quantile - prediction.delayedShare).magnitude > 2 / (rate * plan) else { continue }
            let index = min(responses.count - 1, Int(quantile * Double(responses.count)))
            let difference = (responses[index] - prediction.responseSeconds(quantile: quantile)).magnitude
            #expect(difference <= 2 / rate, "q = \(quantile): simulated \(responses[index])")
        }
        let delayed = Double(responses.count { $0 > service + 1e-9 }) / Double(responses.count)
        #expect((delayed - prediction.delayedShare).magnitude <= 2 / (rate * plan))
    }

    /// A producer that starts each operation when it is due or when the one before is done, and a system that answers
    /// nobody for a while.
    private static func simulate(
        _ stall: Double,
        _ plan: Double,
        _ offset: Double,
        _ rate: Double,
        _ service: Double,
        _ drain: Double
    ) -> [Double] {
        var free = 0.0
        return (0..<Int(plan * rate)).map { number in
            let intended = Double(number) / rate
            let began = max(intended, free)
            let isStalled = began >= offset && began < offset + stall
            let ended = (isStalled ? offset + stall : began) + service
            free = ended + (drain - service)
            return ended - intended
        }
    }
}
