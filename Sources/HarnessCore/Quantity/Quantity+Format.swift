extension Quantity {
    /// A duration with three significant digits in the unit that suits it: `412 ns`, `3.10 µs`, `1.25 ms`, `12.3 s`.
    ///
    /// From two minutes on it is written in minutes and seconds, from two hours in hours and minutes.
    package static func format(durationNanoseconds nanoseconds: UInt64) -> String {
        format(durationNanoseconds: Double(nanoseconds))
    }

    /// A duration given as a floating-point number of nanoseconds, possibly negative; see the integer form.
    package static func format(durationNanoseconds nanoseconds: Double) -> String {
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        if magnitude >= 7_199.5e9 {
            let minutes = Int((magnitude / 60e9).rounded())
            return "\(sign)\(minutes / 60) h \(minutes % 60) min"
        }
        if magnitude >= 119.95e9 {
            let seconds = Int((magnitude / 1e9).rounded())
            return "\(sign)\(seconds / 60) min \(seconds % 60) s"
        }
        return sign + scaled(magnitude, units: ["ns", "µs", "ms", "s"])
    }

    /// A size with three significant digits in powers of 1,000: `512 B`, `64.0 kB`, `12.3 MB`.
    package static func format(bytes: Int64) -> String {
        format(bytes: Double(bytes))
    }

    /// A size given as a floating-point number of bytes, possibly negative; see the integer form.
    package static func format(bytes: Double) -> String {
        (bytes < 0 ? "-" : "") + scaled(bytes.magnitude, units: ["B", "kB", "MB", "GB", "TB", "PB", "EB"])
    }

    /// A rate per second, or `max`: `9,995/s`, `12.5/s`, `0.05/s`.
    package static func format(rate: Rate) -> String {
        rate.eventsPerSecond.map { format(perSecond: $0) } ?? "max"
    }

    /// A number of events in a second: `9,995/s`, `12.5/s`.
    package static func format(perSecond: Double) -> String {
        format(number: perSecond) + "/s"
    }

    /// A count with separators between the thousands: `1,234,567`.
    package static func format(count: UInt64) -> String {
        grouped(String(count))
    }

    /// A plain number: grouped and whole from 1,000 on, with one decimal from 10 on and two below, unless it is whole.
    package static func format(number: Double) -> String {
        let magnitude = number.magnitude
        let decimals = magnitude >= 999.95 || magnitude == magnitude.rounded() ? 0 : magnitude >= 9.995 ? 1 : 2
        return format(number: number, decimals: decimals)
    }

    /// A number with a fixed number of decimals, rounded half away from zero, with separators between the thousands.
    package static func format(number: Double, decimals: Int) -> String {
        guard number.isFinite else { return "\(number)" }
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        let magnitude = (number.magnitude * scale).rounded()
        // From 2^53 on a floating-point number has no decimals to show, and beyond 64 bits nothing to group.
        guard magnitude < 9e15 else {
            return number.magnitude < 9e18
                ? (number < 0 ? "-" : "") + grouped(String(UInt64(number.magnitude))) : "\(number)"
        }
        let digits = String(UInt64(magnitude))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = number < 0 && magnitude > 0 ? "-" : ""
        let fraction = decimals > 0 ? "." + padded.suffix(decimals) : ""
        return sign + grouped(String(padded.dropLast(decimals))) + fraction
    }

    /// `magnitude` in the largest of `units`, each a thousand of the one before, that leaves at least one.
    private static func scaled(_ magnitude: Double, units: [String]) -> String {
        var value = magnitude
        var index = 0
        // 999.5 and more would print as four digits: the next unit takes over.
        while index + 1 < units.count, value >= 999.5 {
            value /= 1_000
            index += 1
        }
        let isExactBase = index == 0 && value == value.rounded()
        let decimals = isExactBase || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
        return "\(format(number: value, decimals: decimals)) \(units[index])"
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
