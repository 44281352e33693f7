import HarnessCore

extension Waiver {
    /// Reads a waiver for one of the gates of a thresholds file.
    init(_ reader: JSONReader, gates: [Gate]) throws(StrictJSONError) {
        gate = try reader.nonEmptyString("gate")
        reason = try reader.nonEmptyString("reason")
        until = try reader.string("until")
        try reader.finish()
        let names = gates.map(\.name)
        guard names.contains(gate) else {
            let nearest = Suggestion.nearest(to: gate, in: names)
            throw reader.error("gate", "is no gate of this file", hint: nearest.map { "did you mean \"\($0)\"?" })
        }
        guard Self.isDay(until) else {
            throw reader.error("until", "is not a day of the calendar", hint: "for example \"2026-12-01\"")
        }
    }

    /// Whether the waiver no longer holds.
    ///
    /// - Parameter today: the day in UTC, `2026-11-21`; days in this form are in order when their texts are.
    /// - Returns: whether its last day is over.
    package func isExpired(today: String) -> Bool { until < today }

    private static func isDay(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: #/([0-9]{4})-([0-9]{2})-([0-9]{2})/#), let year = Int(match.1),
            let month = Int(match.2), let day = Int(match.3), (1...12).contains(month)
        else { return false }
        let isLeap = (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}
