/// One figure of several runs: minimum, median, maximum and spread.
struct RunFigures: Sendable {
    /// The figure of each run, ascending.
    let sorted: [Double]

    /// The figures of at least one run.
    init(_ values: [Double]) {
        precondition(!values.isEmpty, "a figure needs at least one run")
        sorted = values.sorted()
    }

    /// The least figure.
    var minimum: Double { sorted[0] }

    /// The greatest figure.
    var maximum: Double { sorted[sorted.count - 1] }

    /// The middle figure; with an even number of runs the mean of the two in the middle.
    var median: Double {
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The range of the runs as a share of their median, in percent.
    var spreadPercent: Double { (maximum - minimum) / median * 100 }
}
