import FoundationEssentials

/// JSON on standard output, for programs.
enum MachineOutput {
    /// The version of everything that is written here: additions raise the minor number, anything else the major one.
    static let schemaVersion = "1.0.0"

    /// Writes a value as indented JSON with sorted keys.
    ///
    /// - Throws: If it cannot be encoded, or standard output takes nothing.
    static func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try StandardOutput.write(String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
    }
}
