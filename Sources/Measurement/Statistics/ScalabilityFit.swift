/// How throughput grows with the number of producers, by the universal scalability law.
///
///     X(N) = λ · N / (1 + σ · (N − 1) + κ · N · (N − 1))
///
/// λ is what one producer achieves alone, σ the share of the work that is serialised (contention), κ the cost of keeping
/// producers in agreement (coherency). N. J. Gunther, "A General Theory of Computational Scalability Based on Rational
/// Functions", 2008, https://arxiv.org/abs/0808.1431.
package struct ScalabilityFit: Sendable, Equatable {
    /// Throughput of one producer, in the unit of the samples; positive.
    package let single: Double
    /// Contention σ, 0 … : with σ alone, throughput approaches λ / σ.
    package let contention: Double
    /// Coherency κ, 0 … : with κ, throughput has a peak and then falls.
    package let coherency: Double
    /// The share of the samples' variance that the law explains, at most 1; nil when the samples do not vary.
    package let determination: Double?

    /// Fits the law to samples by least squares of relative errors, with σ and κ not negative.
    ///
    /// Inverted, the law is linear: N / X = a + b (N − 1) + c N (N − 1) with a = 1/λ, b = σ/λ, c = κ/λ. Weighted with
    /// (X/N)², the squares are those of the relative errors of X.
    ///
    /// - Parameter samples: pairs of a number of producers, at least 1, and its throughput; at least three different
    ///   numbers of producers, because three parameters are sought. With fewer, with a throughput that is not positive, and
    ///   when no positive λ fits, there is no fit.
    package init?(_ samples: [(producers: Int, throughput: Double)]) {
        guard Set(samples.map(\.producers)).count >= 3,
            samples.allSatisfy({ $0.producers >= 1 && $0.throughput > 0 && $0.throughput.isFinite })
        else { return nil }
        let rows = samples.map { sample in
            let count = Double(sample.producers)
            return Row(producers: count, weight: sample.throughput / count)
        }
        // With two parameters that may not be negative, the best of the four cases in which each is free or zero is the
        // constrained optimum: the problem is convex.
        let candidates = [[true, true], [true, false], [false, true], [false, false]].compactMap {
            Self.solve(rows, usesContention: $0[0], usesCoherency: $0[1])
        }
        guard
            let best = candidates.min(by: { Self.error($0, rows) < Self.error($1, rows) }), best.a > 0
        else { return nil }
        single = 1 / best.a
        contention = best.b / best.a
        coherency = best.c / best.a
        let mean = samples.reduce(0) { $0 + $1.throughput } / Double(samples.count)
        let spread = samples.reduce(0) { $0 + ($1.throughput - mean) * ($1.throughput - mean) }
        let (lambda, sigma, kappa) = (single, contention, coherency)
        let residual = samples.reduce(0) { sum, sample in
            let predicted = Self.throughput(Double(sample.producers), lambda, sigma, kappa)
            return sum + (sample.throughput - predicted) * (sample.throughput - predicted)
        }
        determination = spread > 0 ? 1 - residual / spread : nil
    }

    /// The throughput that the law predicts for a number of producers.
    package func throughput(of producers: Int) -> Double {
        Self.throughput(Double(producers), single, contention, coherency)
    }

    /// The number of producers with the highest throughput, √((1 − σ) / κ), at least 1; nil when more always helps.
    package var peak: Double? {
        guard coherency > 0 else { return nil }
        return max(1, (max(0, 1 - contention) / coherency).squareRoot())
    }

    // MARK: - Least squares

    /// One sample of the linear form, already multiplied with its weight: its left side is 1.
    private struct Row {
        let constant: Double
        let contention: Double
        let coherency: Double

        init(producers: Double, weight: Double) {
            constant = weight
            contention = weight * (producers - 1)
            coherency = weight * producers * (producers - 1)
        }
    }

    private typealias Solution = (a: Double, b: Double, c: Double)

    private static func throughput(_ count: Double, _ lambda: Double, _ sigma: Double, _ kappa: Double) -> Double {
        lambda * count / (1 + sigma * (count - 1) + kappa * count * (count - 1))
    }

    private static func error(_ solution: Solution, _ rows: [Row]) -> Double {
        rows.reduce(0) { sum, row in
            let rest =
                1 - solution.a * row.constant - solution.b * row.contention - solution.c * row.coherency
            return sum + rest * rest
        }
    }

    /// Solves the normal equations for the columns in use; nil when they are singular or a coefficient is negative.
    private static func solve(_ rows: [Row], usesContention: Bool, usesCoherency: Bool) -> Solution? {
        var columns: [(Row) -> Double] = [\.constant]
        if usesContention { columns.append(\.contention) }
        if usesCoherency { columns.append(\.coherency) }
        var matrix = columns.map { left in
            columns.map { right in rows.reduce(0) { $0 + left($1) * right($1) } } + [rows.reduce(0) { $0 + left($1) }]
        }
        for pivot in matrix.indices {
            guard let row = (pivot..<matrix.count).max(by: { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) }),
                abs(matrix[row][pivot]) > 1e-12 * abs(matrix[0][0])
            else { return nil }
            matrix.swapAt(pivot, row)
            for other in matrix.indices where other != pivot {
                let factor = matrix[other][pivot] / matrix[pivot][pivot]
                for column in pivot...matrix.count { matrix[other][column] -= factor * matrix[pivot][column] }
            }
        }
        let values = matrix.indices.map { matrix[$0][matrix.count] / matrix[$0][$0] }
        guard values.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        return (
            values[0],
            usesContention ? values[1] : 0,
            usesCoherency ? values[values.count - 1] : 0
        )
    }
}
