package import FoundationEssentials

// A system may send any double as the bound of a bucket; its ledger must be readable all the same.

extension JSONEncoder {
    /// An encoder of the sink's answers: sorted keys, and `"nan"`, `"inf"` and `"-inf"` for what JSON has no number for.
    internal static func forAnswers() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        return encoder
    }
}

extension LedgerReport {
    /// Reads what `GET /bench/ledger` has answered; throws `DecodingError` where that is no ledger.
    package init(decodingJSON json: Data) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        self = try decoder.decode(LedgerReport.self, from: json)
    }
}
