/// A number of JSON text, read without loss.
internal struct JSONNumber {
    /// The number's bytes.
    internal let text: UnsafeRawBufferPointer
    private var isNegative = false
    /// All digits as one integer; meaningless when ``hasManyDigits``.
    private var digits: UInt64 = 0
    private var hasManyDigits = false
    /// Power of ten to multiply the digits with.
    private var exponent = 0
    /// Whether it is written without a point and an exponent.
    private var isInteger = true

    /// Reads the number that `bytes` begin with; nil when they do not begin with one, by RFC 8259, section 6.
    internal init?(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        func digit() -> UInt8? {
            guard index < bytes.count else { return nil }
            let digit = bytes[index] &- UInt8(ascii: "0")
            return digit <= 9 ? digit : nil
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") {
            isNegative = true
            index += 1
        }
        guard let first = digit() else { return nil }
        if first == 0 {
            index += 1
            if digit() != nil { return nil }
        }
        var digits: UInt64 = 0
        var hasManyDigits = false
        func append(_ digit: UInt8) {
            let (product, isTooGreat) = digits.multipliedReportingOverflow(by: 10)
            let (sum, isStillTooGreat) = product.addingReportingOverflow(UInt64(digit))
            digits = sum
            if isTooGreat || isStillTooGreat { hasManyDigits = true }
        }
        while let digit = digit() {
            append(digit)
            index += 1
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            isInteger = false
            guard digit() != nil else { return nil }
            while let digit = digit() {
                append(digit)
                exponent -= 1
                index += 1
            }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            isInteger = false
            var isDivided = false
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                isDivided = bytes[index] == UInt8(ascii: "-")
                index += 1
            }
            guard digit() != nil else { return nil }
            var power = 0
            while let digit = digit() {
                // Beyond any double either way: what follows does not matter.
                if power < 100_000 { power = power * 10 + Int(digit) }
                index += 1
            }
            exponent += isDivided ? -power : power
        }
        self.digits = digits
        self.hasManyDigits = hasManyDigits
        text = UnsafeRawBufferPointer(rebasing: bytes[..<index])
    }

    /// The number as an unsigned integer, or nil when it is none of 64 bits.
    internal var unsigned: UInt64? {
        if isInteger { return hasManyDigits || (isNegative && digits != 0) ? nil : digits }
        return integral.flatMap { UInt64(exactly: $0) }
    }

    /// The number as a signed integer, or nil when it is none of 64 bits.
    internal var signed: Int64? {
        guard isInteger else { return integral.flatMap { Int64(exactly: $0) } }
        if hasManyDigits { return nil }
        if !isNegative { return Int64(exactly: digits) }
        return digits <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- digits) : nil
    }

    /// The number when it is written with a point or an exponent but has no fraction: up to 2^53, where doubles are exact.
    private var integral: Double? {
        guard let value = double, value.magnitude <= 9_007_199_254_740_992, value == value.rounded() else { return nil }
        return value
    }

    /// The nearest double, or nil when the number is beyond the greatest.
    internal var double: Double? {
        // Both factors are exact, so the one operation rounds correctly: Clinger, "How to read floating point numbers
        // accurately", 1990.
        if !hasManyDigits, digits <= 1 << 53, exponent.magnitude <= 22 {
            let power = Self.powersOfTen[Int(exponent.magnitude)]
            let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
            return isNegative ? -value : value
        }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
}
