/// `/proc/loadavg`: how many tasks ran or were ready to run, on average (proc_loadavg(5)).
package struct ProcLoadAverage: Equatable, Sendable {
    /// Over the last minute.
    package let oneMinute: Double

    /// Over the last five minutes.
    package let fiveMinutes: Double

    /// Over the last fifteen minutes.
    package let fifteenMinutes: Double

    /// Parses the file's text.
    ///
    /// - Throws: `ProcParseError`.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var text = ProcText(bytes)
        func average() throws(ProcParseError) -> Double {
            guard let word = text.word(), let value = Double(String(decoding: word, as: UTF8.self)), value.isFinite,
                value >= 0
            else {
                throw ProcParseError(file: "loadavg", reason: "fewer than three averages")
            }
            return value
        }
        oneMinute = try average()
        fiveMinutes = try average()
        fifteenMinutes = try average()
    }
}
