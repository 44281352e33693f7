extension PlotGlyphs {
    /// A text as these glyphs can show it, on one line: with ``ascii`` every sign beyond ASCII gives way to one within.
    ///
    /// Control characters become spaces, whatever the glyphs: a name in a file is not to move anybody's cursor.
    package func shown(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isNewline || character.unicodeScalars.contains(where: Self.isControl) {
                result.append(" ")
            } else if self == .blocks || character.isASCII {
                result.append(character)
            } else {
                result += Self.substitutes[character] ?? "?"
            }
        }
        return result
    }

    /// C0, DEL and C1.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private static let substitutes: [Character: String] = [
        "✓": "+", "✗": "x", "↑": "^", "–": "-", "—": "-", "−": "-", "…": "..", "·": "-", "µ": "u", "μ": "u", "×": "x",
        "±": "+-", "≤": "<=", "≥": ">=", "≈": "~", "→": "->", "“": "\"", "”": "\"", "’": "'", "‘": "'", "α": "alpha",
        "│": "|", "├": "|", "┤": "|", "─": "-", "●": "o", "█": "#",
    ]
}
