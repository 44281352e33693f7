import HarnessCore
package import LoadEngine
import Measurement
package import Results

/// Runs a profile with several numbers of producers and fits how throughput grows with them.
package struct ProducerSweep {
    private let counts: ClosedRange<Int>
    private let document: ProfileDocument
    private let request: RunRequest
    private let command: [String]
    private let observer: any RunObserver

    /// Prepares a sweep.
    ///
    /// - Parameters:
    ///   - counts: The numbers of producers, from 1 to `Plan.maximumProducers`.
    ///   - document: The profile.
    ///   - request: Everything else; its profile and plan are replaced for each number.
    ///   - command: The command line, for the result.
    ///   - observer: Whoever watches.
    package init(
        counts: ClosedRange<Int>,
        document: ProfileDocument,
        request: RunRequest,
        command: [String],
        observer: any RunObserver
    ) {
        self.counts = counts
        self.document = document
        self.request = request
        self.command = command
        self.observer = observer
    }

    /// Runs all of them.
    ///
    /// - Returns: The result with the highest throughput, with the scaling in it; of an interrupted sweep the last one.
    /// - Throws: `RunError` if a run gave no result at all, or none has a throughput.
    package func run() throws(RunError) -> RunResult {
        var results: [(producers: Int, result: RunResult)] = []
        for count in counts {
            let result = try run(producers: count)
            results.append((count, result))
            if result.outcome != .completed { return Self.scaled(result, Self.report(results)) }
            observer.note("\(count == 1 ? "1 producer" : "\(count) producers"): \(Self.line(result))")
        }
        let report = Self.report(results)
        let best = report.points.max { $0.throughputPerSecond < $1.throughputPerSecond }
        guard let winner = results.first(where: { $0.producers == best?.producers }) else {
            throw .internal("no run of the sweep has a throughput")
        }
        return Self.scaled(winner.result, report)
    }

    private func run(producers: Int) throws(RunError) -> RunResult {
        var request = request
        let changed: ProfileDocument
        do {
            changed = try document.applying(ProfileOverrides(producers: producers), origin: .flag)
            request.profile = try changed.profile()
            request.plan = try request.profile.makePlan()
        } catch {
            throw .usage("\(error)")
        }
        return try RunController(
            request: request,
            configuration: changed.effectiveConfiguration,
            command: command,
            observer: observer
        ).run()
    }

    private static func line(_ result: RunResult) -> String {
        throughput(result).map { Quantity.format(perSecond: $0.value) } ?? "no throughput"
    }

    /// Items that arrived each second, or where nobody knows, operations issued.
    private static func throughput(_ result: RunResult) -> (metric: String, value: Double)? {
        for name in ["delivered_per_s", "achieved_per_s"] {
            if let value = MetricCatalogue.metric(named: name).flatMap({ result.reading(of: $0).value }) {
                return (name, value)
            }
        }
        return nil
    }

    private static func report(_ results: [(producers: Int, result: RunResult)]) -> ScalingReport {
        let samples = results.compactMap { entry in
            throughput(entry.result).map { (entry: entry, metric: $0.metric, value: $0.value) }
        }
        let fit = ScalabilityFit(samples.map { ($0.entry.producers, $0.value) })
        return ScalingReport(
            metric: samples.first?.metric ?? "achieved_per_s",
            points: samples.map { sample in
                ScalingReport.Point(
                    producers: sample.entry.producers,
                    throughputPerSecond: sample.value,
                    predictedPerSecond: fit?.throughput(of: sample.entry.producers),
                    isValid: sample.entry.result.validity.isValid
                )
            },
            law: fit.map { fit in
                ScalingReport.Law(
                    singlePerSecond: fit.single,
                    contention: fit.contention,
                    coherency: fit.coherency,
                    determination: fit.determination,
                    peakProducers: fit.peak
                )
            }
        )
    }

    private static func scaled(_ result: RunResult, _ report: ScalingReport) -> RunResult {
        var result = result
        result.scaling = report
        return result
    }
}
