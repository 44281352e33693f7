/// How throughput grows with the number of producers.
package struct ScalingReport: Codable, Equatable, Sendable {
    /// One number of producers and what it achieved.
    package struct Point: Codable, Equatable, Sendable {
        /// The number of producers.
        package var producers: Int
        /// Items a second.
        package var throughputPerSecond: Double
        /// What the law predicts for it, in items a second; absent without a fit.
        package var predictedPerSecond: Double?
        /// Whether the load generator and the machine did their part.
        package var isValid: Bool

        /// Makes the value from its parts.
        package init(
            producers: Int,
            throughputPerSecond: Double,
            predictedPerSecond: Double? = nil,
            isValid: Bool
        ) {
            self.producers = producers
            self.throughputPerSecond = throughputPerSecond
            self.predictedPerSecond = predictedPerSecond
            self.isValid = isValid
        }

        private enum CodingKeys: String, CodingKey {
            case producers
            case throughputPerSecond = "throughput_per_s"
            case predictedPerSecond = "predicted_per_s"
            case isValid = "valid"
        }
    }

    /// The universal scalability law, fitted.
    package struct Law: Codable, Equatable, Sendable {
        /// Items a second of one producer alone, λ.
        package var singlePerSecond: Double
        /// The share of the work that is serialised, σ.
        package var contention: Double
        /// The cost of agreement between producers, κ.
        package var coherency: Double
        /// The share of the variance that the law explains; absent when throughput does not vary.
        package var determination: Double?
        /// The number of producers with the highest throughput; absent when more always helps.
        package var peakProducers: Double?

        /// Makes the value; what does not exist is left out.
        package init(
            singlePerSecond: Double,
            contention: Double,
            coherency: Double,
            determination: Double? = nil,
            peakProducers: Double? = nil
        ) {
            self.singlePerSecond = singlePerSecond
            self.contention = contention
            self.coherency = coherency
            self.determination = determination
            self.peakProducers = peakProducers
        }

        private enum CodingKeys: String, CodingKey {
            case singlePerSecond = "single_per_s"
            case contention
            case coherency
            case determination
            case peakProducers = "peak_producers"
        }
    }

    /// The metric that stands for throughput.
    package var metric: String
    /// The points, by number of producers.
    package var points: [Point]
    /// The law; absent when fewer than three numbers of producers were tried.
    package var law: Law?

    /// Makes the value from its parts.
    package init(metric: String, points: [Point], law: Law? = nil) {
        self.metric = metric
        self.points = points
        self.law = law
    }
}
