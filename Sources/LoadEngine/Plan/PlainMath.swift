/// Logarithm and exponential from additions, multiplications and divisions alone.
///
/// The results of those are laid down to the last bit by IEEE 754, and those of a system's mathematical library are not:
/// what is drawn from a seed has to be the same everywhere. Relative errors stay below 1e-15 of a logarithm, and below
/// 1e-15 · (1 + |x|) of an exponential.
enum PlainMath {
    private static let logarithmOf2 = 0.693_147_180_559_945_309_417

    /// The natural logarithm of a positive, normal number.
    ///
    /// With x = m · 2^e and m within √½ … √2, log x = e · log 2 + 2 · artanh((m − 1) / (m + 1)).
    static func log(_ x: Double) -> Double {
        var (m, e) = (x.significand, Double(x.exponent))
        if m > 1.414_213_562_373_095 { (m, e) = (m / 2, e + 1) }
        let s = (m - 1) / (m + 1)
        let square = s * s
        // The series of artanh s: s + s³/3 + s⁵/5 …; |s| < 0.172, so 11 terms are enough.
        var sum = 0.0
        for power in stride(from: 21.0, through: 1, by: -2) { sum = sum * square + 1 / power }
        return e * logarithmOf2 + 2 * s * sum
    }

    /// e^x for x up to 0; below −700 it is 0.
    ///
    /// With x = k · log 2 + r and r within ± log 2 / 2, e^x = 2^k · e^r.
    static func exp(_ x: Double) -> Double {
        guard x > -700 else { return 0 }
        let k = (x / logarithmOf2).rounded()
        let r = x - k * logarithmOf2
        // The series of e^r: 1 + r + r²/2! …; |r| < 0.347, so 14 terms are enough.
        var sum = 1.0
        for power in stride(from: 14.0, through: 1, by: -1) { sum = 1 + r / power * sum }
        return Double(sign: .plus, exponent: Int(k), significand: 1) * sum
    }
}
