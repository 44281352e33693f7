import Glibc

/// The standard normal distribution, and Student's as far as planning needs it.
package enum NormalDistribution {
    /// P(Z > z).
    package static func upperTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

    /// The z with P(Z ≤ z) = `probability`, to the last digits, by bisection.
    ///
    /// - Parameter probability: 0 … 1, both excluded.
    /// - Returns: a number between −38 and 38.
    package static func quantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "a quantile needs a probability between 0 and 1")
        // The tail is precise where it is small; the other half is its mirror image.
        guard probability >= 0.5 else { return -quantile(1 - probability) }
        let tail = 1 - probability
        var (low, high) = (0.0, 40.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return middle }
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
    }

    /// The quantile of Student's t distribution, within 1 % from 4 degrees of freedom on.
    ///
    /// Cornish–Fisher expansion: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.7.5,
    /// https://personal.math.ubc.ca/~cbm/aands/page_949.htm.
    ///
    /// - Parameters:
    ///   - probability: 0 … 1, both excluded; 0.001 … 0.999 for the stated precision.
    ///   - degrees: degrees of freedom, at least 1.
    /// - Returns: the t with P(T ≤ t) = `probability`.
    package static func studentQuantile(_ probability: Double, degrees: Double) -> Double {
        let z = quantile(probability)
        let square = z * z
        let first = z * (square + 1) / 4
        let second = z * ((5 * square + 16) * square + 3) / 96
        let third = z * (((3 * square + 19) * square + 17) * square - 15) / 384
        let fourth = z * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92_160
        return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees
    }
}
