extension HistogramSnapshot: Codable {
    /// Reads the Base64 string of ``base64V2Compressed()``.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(HistogramDecodingError) {
            try self.init(base64V2Compressed: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the Base64 string of ``base64V2Compressed()``.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(try base64V2Compressed())
    }
}
