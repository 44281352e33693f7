import HarnessCore

/// Shows how far something is: a few lines that are drawn over on a terminal, a plain line now and then elsewhere.
///
/// Time comes from the caller, text goes through a closure: the type itself reads no clock and writes nowhere. For use
/// by one thread.
package struct ProgressBlock {
    private let plainInterval: UInt64
    private let write: (String) -> Void
    private var lastPlain: UInt64?
    private var drawn: [String] = []
    private var width = Terminal.defaultWidth

    /// Makes a block.
    ///
    /// - Parameters:
    ///   - plainInterval: the shortest time between two plain lines, in nanoseconds.
    ///   - write: takes text for the terminal, control sequences included.
    package init(plainInterval: UInt64 = 1_000_000_000, write: @escaping (String) -> Void) {
        self.plainInterval = plainInterval
        self.write = write
    }

    /// Shows where things stand: at once on a terminal, elsewhere when the last line is old enough.
    ///
    /// - Parameters:
    ///   - lines: what a terminal shows, each line shorter than it is wide; filling the last column makes some
    ///     terminals go to the next line. Colours are allowed.
    ///   - plain: what anything else gets, one line without control characters.
    ///   - terminal: what it is shown on; its width may change from call to call.
    ///   - now: a monotonic time in nanoseconds.
    package mutating func update(_ lines: [String], plain: String, on terminal: Terminal, now: UInt64) {
        if terminal.isInteractive {
            let start = toFirstLine(width: terminal.width)
            width = terminal.width
            drawn = lines
            write(start + Self.text(lines))
        } else if lastPlain.map({ now >= $0 && now - $0 >= plainInterval }) ?? true {
            write(plain + "\n")
            lastPlain = now
        }
    }

    /// Writes a line that stays, above the block on a terminal.
    package mutating func note(_ text: String) {
        // In one piece, so that nobody sees the block vanish.
        write((drawn.isEmpty ? "" : toFirstLine(width: width) + "\u{1B}[J") + text + "\n" + Self.text(drawn))
    }

    /// Removes the block from a terminal; plain lines stay.
    package mutating func clear() {
        guard !drawn.isEmpty else { return }
        write(toFirstLine(width: width) + "\u{1B}[J")
        drawn = []
    }

    /// Each line to its end, and nothing below the last.
    private static func text(_ lines: [String]) -> String {
        lines.isEmpty ? "" : lines.joined(separator: "\u{1B}[K\n") + "\u{1B}[J"
    }

    /// Goes to the beginning of the block; on a terminal that has become narrower its lines take several rows each.
    private func toFirstLine(width: Int) -> String {
        guard !drawn.isEmpty else { return "" }
        let rows = drawn.reduce(0) { $0 + max(1, (TextPainter.visibleCount($1) + width - 1) / width) }
        return rows > 1 ? "\r\u{1B}[\(rows - 1)A" : "\r"
    }
}
