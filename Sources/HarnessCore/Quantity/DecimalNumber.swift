/// An exact non-negative decimal number: `digits · 10^-scale`.
struct DecimalNumber: Equatable {
    /// All digits without the decimal point, at most 18 of them, so that products fit 128 bits.
    var digits: UInt64
    /// How many of the digits stand after the decimal point.
    var scale: Int

    /// Why a text does not begin with a number.
    enum Failure: Error {
        case noDigits
        case tooLong
    }

    /// Takes a number off the front of `text`: digits, optionally a point and more digits.
    init(takingFrom text: inout Substring) throws(Failure) {
        digits = 0
        scale = 0
        var count = 0
        var seenPoint = false
        var rest = text
        while let character = rest.first {
            if character == ".", !seenPoint, rest.dropFirst().first?.isDecimalDigit == true, count > 0 {
                seenPoint = true
            } else if character.isDecimalDigit, let digit = character.wholeNumberValue {
                count += 1
                guard count <= 18 else { throw .tooLong }
                digits = digits * 10 + UInt64(digit)
                scale += seenPoint ? 1 : 0
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard count > 0 else { throw .noDigits }
        text = rest
    }

    /// `self · factor`, or `nil` when that is not a whole number that fits 64 bits.
    func whole(times factor: UInt64) -> UInt64? {
        let product = UInt128(digits) * UInt128(factor)
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: divisor)
        return remainder == 0 ? UInt64(exactly: quotient) : nil
    }

    /// `10^scale`.
    var divisor: UInt128 {
        (0..<scale).reduce(UInt128(1)) { power, _ in power * 10 }
    }
}

extension Character {
    /// Whether this is one of the ten ASCII digits.
    var isDecimalDigit: Bool { ("0"..."9").contains(self) }
}
