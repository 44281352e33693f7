/// Time stamps in the form of the `Date` field.
package enum HTTPDate {
    /// Formats a moment as IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7,
    /// https://www.rfc-editor.org/rfc/rfc9110).
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z, not negative.
    /// - Returns: 29 characters.
    package static func format(seconds: UInt64) -> String {
        let days = Int(seconds / 86_400)
        let time = Int(seconds % 86_400)

        // Civil date from a count of days, in the proleptic Gregorian calendar with years that begin in March
        // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days,
        // https://howardhinnant.github.io/date_algorithms.html).
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)

        // 1970-01-01 was a Thursday.
        let weekday = weekdays[(days + 4) % 7]
        let clock = [time / 3_600, time / 60 % 60, time % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(weekday), \(padded(day, 2)) \(months[month - 1]) \(padded(year, 4)) \(clock) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
