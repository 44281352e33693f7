/// Holm's step-down correction: several tests at once, with one false alarm among them no likelier than in one.
///
/// S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979, https://www.jstor.org/stable/4615733.
package enum Holm {
    /// The p values as they are to be compared with the level of the whole family.
    ///
    /// The smallest is multiplied by the number of tests, the next by one less, and so on; none falls below the one before
    /// it, and none exceeds 1.
    ///
    /// - Parameter pValues: 0 … 1, in any order; each test of the family has one, those that cannot fire included.
    /// - Returns: in the order of `pValues`.
    package static func adjusted(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var highest = 0.0
        for (place, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
            highest = max(highest, min(1, Double(pValues.count - place) * pValues[index]))
            adjusted[index] = highest
        }
        return adjusted
    }

    /// The p that one of so many tests must reach for the first rejection: level / tests.
    package static func strictestLevel(_ level: Double, tests: Int) -> Double { level / Double(max(1, tests)) }
}
