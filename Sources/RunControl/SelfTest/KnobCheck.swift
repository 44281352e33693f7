import HarnessCore
package import Results

/// Compares what two values of one setting bring about with what they have to bring about.
///
/// A setting is a knob: turned from one value to another, it must move what can be observed from one predicted figure to
/// another. A system that takes the setting and does not heed it shows the same figures twice.
package struct KnobCheck: Sendable {
    /// What one value of the setting must bring about.
    package struct Prediction: Sendable, Equatable {
        /// The figure, in the base unit of its metric.
        package var value: Double
        /// How far the observed figure may be off.
        package var allowed: Double

        /// Makes a prediction.
        package init(_ value: Double, within allowed: Double) {
            self.value = value
            self.allowed = allowed
        }

        func holds(for observed: Double) -> Bool { (observed - value).magnitude <= allowed }
    }

    /// A metric that the setting moves.
    package struct Observable: Sendable, Equatable {
        /// Its name.
        package var metric: String
        /// What it has to be at the first value of the setting.
        package var first: Prediction
        /// What it has to be at the second.
        package var second: Prediction

        /// Makes an observable.
        package init(_ metric: String, _ first: Prediction, _ second: Prediction) {
            self.metric = metric
            self.first = first
            self.second = second
        }

        /// Whether no figure can fit both predictions, so that a knob without effect cannot pass.
        package var isTelling: Bool { (first.value - second.value).magnitude > first.allowed + second.allowed }
    }

    /// The figures of one observable beside their predictions.
    package struct Reading: Sendable, Equatable {
        /// What was looked at.
        package var observable: Observable
        /// What was observed at the first value of the setting.
        package var first: Double
        /// What was observed at the second.
        package var second: Double

        /// Whether both figures are as predicted.
        package var holds: Bool { observable.first.holds(for: first) && observable.second.holds(for: second) }

        /// Whether the figure stayed where it was: it moved by less than a tenth of what was predicted.
        package var isUnmoved: Bool {
            (second - first).magnitude < 0.1 * (observable.second.value - observable.first.value).magnitude
        }

        /// `items_per_request 50 → 200 (predicted 50 ± 1.2 → 200 ± 18)`.
        package var text: String {
            let unit = MetricCatalogue.metric(named: observable.metric)?.unit ?? .count
            let predicted = [observable.first, observable.second].map {
                "\(unit.format($0.value)) ± \(unit.format($0.allowed))"
            }
            return "\(observable.metric) \(unit.format(first)) → \(unit.format(second)) "
                + "(predicted \(predicted.joined(separator: " → ")))"
        }
    }

    /// The name of the setting, in `system`.
    package var setting: String
    /// Its two values, as a profile writes them.
    package var values: [String]
    /// What it moves.
    package var observables: [Observable]

    /// Reads the figures.
    ///
    /// - Parameter results: two runs that differ in the setting alone.
    /// - Returns: one reading for each observable; nil if a result lacks one.
    package func readings(_ results: [RunResult]) -> [Reading]? {
        guard results.count == 2 else { return nil }
        var readings: [Reading] = []
        for observable in observables {
            guard let first = results[0].summary[observable.metric], let second = results[1].summary[observable.metric]
            else { return nil }
            readings.append(Reading(observable: observable, first: first, second: second))
        }
        return readings
    }

    /// Whether the setting has its effect.
    func finding(_ results: [RunResult]) -> SelfTestCheck.Finding {
        guard let readings = readings(results) else { return Self.nothing(results) }
        let broken = results.flatMap { $0.thresholds.filter(\.isFailure) }.map(\.reason)
        return SelfTestCheck.Finding(
            isAsExpected: readings.allSatisfy(\.holds) && broken.isEmpty,
            observed: readings.map(\.text).joined(separator: ", "),
            reasons: broken
        )
    }

    /// Whether the check turns red because the setting has no effect.
    func absence(_ results: [RunResult]) -> SelfTestCheck.Finding {
        guard let readings = readings(results) else { return Self.nothing(results) }
        let unmoved = readings.allSatisfy { $0.isUnmoved && !$0.holds }
        return SelfTestCheck.Finding(
            isAsExpected: unmoved,
            observed: unmoved ? "no effect" : "an effect: " + readings.map(\.text).joined(separator: ", "),
            reasons: readings.map(\.text)
        )
    }

    private static func nothing(_ results: [RunResult]) -> SelfTestCheck.Finding {
        SelfTestCheck.Finding(
            isAsExpected: false,
            observed: "nothing to compare: \(results.map { SelfTestCheck.summary($0) }.joined(separator: ", "))"
        )
    }
}
