/// The characters that plots, bars and sparklines are drawn with.
package enum PlotGlyphs: Sendable, Equatable {
    /// Block elements and box drawing of Unicode: eight heights in a line.
    case blocks
    /// ASCII alone, for terminals and locales that show nothing else: three heights in a line.
    case ascii

    /// Columns that fill a line from below, the lowest first, the full one last.
    package var heights: [Character] {
        switch self {
        case .blocks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        case .ascii: [".", ":", "#"]
        }
    }

    /// Bars that fill a character from the left, the shortest first, the full one last.
    package var widths: [Character] {
        switch self {
        case .blocks: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
        case .ascii: ["#"]
        }
    }

    /// What a bar has not filled yet.
    package var track: Character { self == .blocks ? "░" : "-" }
    /// A height that is beyond every scale.
    package var beyond: Character { self == .blocks ? "▲" : "^" }
    /// A height that nobody knows.
    package var unknown: Character { self == .blocks ? "·" : "~" }
    /// The line to the left of a plot.
    package var wall: Character { self == .blocks ? "│" : "|" }
    /// The line below a plot.
    package var floor: Character { self == .blocks ? "─" : "-" }
    /// Where both meet.
    package var corner: Character { self == .blocks ? "└" : "+" }
    /// Where something begins on the line below a plot.
    package var tick: Character { self == .blocks ? "┴" : "+" }
    /// A mark on the line to the left of a plot.
    package var notch: Character { self == .blocks ? "┤" : "+" }
    /// Marks that tell series apart where colours do not.
    package var marks: [Character] {
        switch self {
        case .blocks: ["•", "+", "×", "○", "◆", "▫"]
        case .ascii: ["*", "+", "x", "o", "#", "@"]
        }
    }
    /// What a stretch below a plot is made of.
    package var stretch: Character { self == .blocks ? "▔" : "~" }
    /// The edge of a band.
    package var edge: Character { self == .blocks ? "·" : "." }
    /// What stands for text that was cut off.
    package var ellipsis: Character { self == .blocks ? "…" : "." }
    /// What separates figures in a line.
    package var separator: Character { self == .blocks ? "·" : "-" }
}
