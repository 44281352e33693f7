extension HTTPDate {
    /// Reads a moment written as IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    ///
    /// The two obsolete formats of that section are not understood, and the day of the week is not checked.
    ///
    /// - Parameter text: the value of a field.
    /// - Returns: seconds since 1970-01-01T00:00:00Z, or nil if the text is no such date from 1970 on.
    package static func seconds(parsing text: String) -> UInt64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].count == 4, words[0].last == ",", words[5] == "GMT",
            let day = UInt64(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])),
            let year = UInt64(words[3]), (1970...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { UInt64($0) }
        // A leap second is written as second 60.
        guard clock.count == 3, clock[0] <= 23, clock[1] <= 59, clock[2] <= 60 else { return nil }
        let days = daysSince1970(year: year, month: UInt64(month) + 1, day: day)
        return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// The number of days from 1970-01-01 to a date of the Gregorian calendar.
    private static func daysSince1970(year: UInt64, month: UInt64, day: UInt64) -> UInt64 {
        // With years that begin in March the leap day comes last, and the months before it have a regular length.
        let shiftedYear = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return shiftedYear * 365 + leapDays + dayOfYear - 719_468
    }
}
