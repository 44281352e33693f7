/// Where the true value lies with a stated confidence.
package struct ConfidenceInterval: Sendable, Equatable {
    /// The lower end.
    package let lower: Double
    /// The upper end.
    package let upper: Double
    /// The confidence that is achieved, 0 … 1.
    ///
    /// An exact interval ends at one of finitely many places, so this is at least what was asked for and rarely equal to it.
    package let confidence: Double

    /// Makes the value; `lower` is not above `upper`.
    package init(lower: Double, upper: Double, confidence: Double) {
        self.lower = lower
        self.upper = upper
        self.confidence = confidence
    }

    /// Half the width.
    package var halfWidth: Double { (upper - lower) / 2 }

    /// Whether zero is outside.
    package var excludesZero: Bool { lower > 0 || upper < 0 }
}
