import HarnessCore
import LoadEngine
import Measurement
package import Results

/// Compares what a run with a planted stall measured with what it has to have measured.
///
/// A generator that omits in coordination with the system — that does not start what it should have started while the
/// system stalls, or takes response times from the actual start — shows quantiles far below the predicted ones.
package struct StallCheck: Sendable {
    /// How far measured figures may be from predicted ones.
    package struct Tolerance: Sendable {
        /// Part of the stall.
        package var shareOfStall: Double
        /// Added to it, in seconds.
        package var seconds: Double
        /// The longest that a call may take which no stall delays: p50 and p99 of service times, in seconds.
        package var serviceSeconds: Double

        /// For any machine, however busy.
        package static let loose = Tolerance(shareOfStall: 0.15, seconds: 0.05, serviceSeconds: 0.1)
        /// For a quiet one.
        package static let tight = Tolerance(shareOfStall: 0.02, seconds: 0.004, serviceSeconds: 0.001)
    }

    /// One figure beside its prediction.
    package struct Figure: Sendable, Equatable {
        /// What it is: `response p99`.
        package var name: String
        /// What it has to be, in seconds.
        package var predicted: Double
        /// What it was, in seconds.
        package var observed: Double
        /// How far the two may differ, in seconds.
        package var allowed: Double

        /// Whether it is near enough.
        package var holds: Bool { (observed - predicted).magnitude <= allowed }

        /// `response p99 460 ms (predicted 460 ms)`.
        package var text: String {
            let format = { (seconds: Double) in Quantity.format(durationNanoseconds: (seconds * 1e9).rounded()) }
            return "\(name) \(format(observed)) (predicted \(format(predicted)))"
        }
    }

    /// The quantiles that are compared.
    package static let quantiles = [0.5, 0.9, 0.99, 0.999]

    /// How long the stall lasts, in seconds.
    package var stallSeconds: Double
    /// When it begins, in seconds from the first operation.
    package var offsetSeconds: Double
    /// How long each call takes beside, in seconds, where that is planted too.
    package var plantedServiceSeconds: Double
    /// How far figures may be off.
    package var tolerance: Tolerance

    /// Creates a check.
    package init(
        stallSeconds: Double,
        offsetSeconds: Double,
        plantedServiceSeconds: Double = 0,
        tolerance: Tolerance
    ) {
        self.stallSeconds = stallSeconds
        self.offsetSeconds = offsetSeconds
        self.plantedServiceSeconds = plantedServiceSeconds
        self.tolerance = tolerance
    }

    /// Compares the only reported phase of a run.
    ///
    /// - Parameter result: a run of one phase at a constant rate, in which the stall took place.
    /// - Returns: all figures; nil if the result does not have what is to be compared.
    package func figures(_ result: RunResult) -> [Figure]? {
        guard let phase = result.repetitions.first?.reportedPhases.first,
            let response = phase.latency.responseTime, let service = phase.latency.serviceTime,
            let rate = phase.rates.offeredPerSecond,
            let planned = result.plan.phases.first(where: { $0.name == phase.name }),
            let planSeconds = planned.durationSeconds
        else { return nil }
        let seconds = { (histogram: HistogramSnapshot, quantile: Double) in
            // Both have samples: an empty distribution has no summary.
            Double(histogram.value(atPercentile: 100 * quantile) ?? 0) / 1e9
        }
        // What a call takes is measured, half of them being as good as undisturbed; what the generator itself needs for
        // one is part of the distance only, and too little to matter beside it.
        let typical = seconds(service.hdr, 0.5)
        let perProducer = rate / Double(max(1, result.plan.producers))
        let distance = max(typical, Self.catchUpSeconds(planned, perProducer))
        guard perProducer * distance < 1 else { return nil }
        let prediction = StallPrediction(
            stallSeconds: stallSeconds,
            planSeconds: planSeconds,
            offsetSeconds: offsetSeconds,
            ratePerSecond: perProducer,
            serviceSeconds: typical,
            drainSeconds: distance
        )
        // Operations come at their distance, and not as a fluid.
        let allowed = tolerance.shareOfStall * stallSeconds + tolerance.seconds + 2 / perProducer
        let responses = Self.quantiles.map { quantile in
            Figure(
                name: "response \(Self.name(quantile))",
                predicted: prediction.responseSeconds(quantile: quantile),
                observed: seconds(response.hdr, quantile),
                allowed: allowed
            )
        }
        let services = [0.5, 0.99].map { quantile in
            Figure(
                name: "service \(Self.name(quantile))",
                predicted: plantedServiceSeconds,
                observed: seconds(service.hdr, quantile),
                allowed: tolerance.serviceSeconds
            )
        }
        return responses + services
    }

    /// Whether every operation of the plan was measured.
    ///
    /// - Parameter result: the run.
    /// - Returns: planned and measured operations; nil if the result does not say.
    package func operations(_ result: RunResult) -> (planned: UInt64, measured: UInt64)? {
        guard let phase = result.repetitions.first?.reportedPhases.first, let response = phase.latency.responseTime,
            let planned = result.plan.phases.first(where: { $0.name == phase.name }),
            let rate = phase.rates.offeredPerSecond, let duration = planned.durationSeconds
        else { return nil }
        return (planned.operations ?? UInt64((rate * duration).rounded()), response.count)
    }

    /// How near operations may come to each other when the plan bounds the catching up, in seconds; 0 if it does not.
    private static func catchUpSeconds(_ phase: Results.PlannedPhase, _ ratePerSecond: Double) -> Double {
        guard let text = phase.catchUp, case .multiple(let thousandths)? = CatchUp(text) else { return 0 }
        return 1000 / Double(thousandths) / ratePerSecond
    }

    private static func name(_ quantile: Double) -> String {
        let digits = Quantity.format(number: 100 * quantile, decimals: 1)
        return "p" + (digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
    }
}
