extension Quantity {
    private static let byteUnits: KeyValuePairs<String, UInt64> = [
        "": 1,
        "B": 1,
        "kB": 1_000,
        "MB": 1_000_000,
        "GB": 1_000_000_000,
        "TB": 1_000_000_000_000,
        "KiB": 1 << 10,
        "MiB": 1 << 20,
        "GiB": 1 << 30,
        "TiB": 1 << 40,
        "KB": 1_000,
    ]

    /// Reads a size such as `512`, `20MB` or `64KiB`: `kB MB GB TB` are powers of 1,000, `KiB MiB GiB TiB` of 1,024.
    package static func bytes(_ text: String) throws(QuantityError) -> UInt64 {
        var scanner = QuantityScanner(text, kind: "a size", example: "20MB")
        let number = try scanner.number()
        let unit = scanner.word()
        let factor = try scanner.factor(of: unit, in: byteUnits) { String(text.dropLast(unit.count)) + $0 }
        guard scanner.isAtEnd else { throw scanner.error("\"\(scanner.rest)\" follows its unit") }
        guard let bytes = number.whole(times: factor) else {
            throw scanner.error(number.scale > 0 ? "it is not a whole number of bytes" : "it exceeds 16 exbibytes")
        }
        return bytes
    }
}
