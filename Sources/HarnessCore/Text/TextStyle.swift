/// How a piece of text stands out on a terminal that shows colours.
package enum TextStyle: Sendable, Equatable {
    case plain
    case bold
    /// Less important than its surroundings.
    case dim
    /// Holds, passed.
    case good
    /// Worth a look.
    case caution
    /// Broken, failed.
    case bad
    /// One of several things that are only to be told apart, by its number from 0.
    case series(Int)

    /// The code of "Select Graphic Rendition" (ECMA-48, section 8.3.117), empty for plain text.
    fileprivate var code: String {
        switch self {
        case .plain: ""
        case .bold: "1"
        case .dim: "2"
        case .good: "32"
        case .caution: "33"
        case .bad: "1;31"
        // Cyan, yellow, magenta, green, blue, red: neighbours differ for eyes that do not tell red from green.
        case .series(let number): ["36", "33", "35", "32", "34", "31"][number % 6]
        }
    }
}

/// Wraps text into the control sequences of its style, or leaves it alone.
package struct TextPainter: Sendable {
    /// Whether styles are shown at all.
    package var isEnabled: Bool

    /// Makes a painter; a disabled one returns every text unchanged.
    package init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// How many characters of a text take up room: all but control sequences.
    package static func visibleCount(_ text: String) -> Int {
        var count = 0
        var isControl = false
        for character in text {
            if character == "\u{1B}" {
                isControl = true
            } else if isControl {
                // A sequence ends with its first letter.
                isControl = !character.isLetter
            } else {
                count += 1
            }
        }
        return count
    }

    /// `text` in `style`.
    package func paint(_ text: String, _ style: TextStyle) -> String {
        guard isEnabled, style != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(style.code)m\(text)\u{1B}[0m"
    }
}
