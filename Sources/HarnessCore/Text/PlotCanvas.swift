/// A field of characters to draw lines on: with eight dots in each (Unicode's braille patterns), or a mark a character.
///
///     dots of a character and their bits       0 3
///     (U+2800 + bits)                          1 4
///                                              2 5
///                                              6 7
package struct PlotCanvas: Sendable {
    /// What a line is made of.
    package enum Pen: Sendable, Equatable {
        /// Every dot.
        case solid
        /// Two dots of four.
        case dashed
        /// One dot of three, and only where nothing else is.
        case dotted
    }

    /// Characters in a line.
    package let columns: Int
    /// Lines.
    package let rows: Int
    /// Dots in a character, across and down: 2 and 4, or 1 and 1 where marks are drawn.
    package let dots: (across: Int, down: Int)
    private var bits: [UInt8]
    private var marks: [Character?]
    private var owners: [Int?]

    /// Makes an empty field; with braille a character has eight dots, without it is a dot itself.
    package init(columns: Int, rows: Int, isBraille: Bool) {
        precondition(columns > 0 && rows > 0, "a field has characters")
        self.columns = columns
        self.rows = rows
        dots = isBraille ? (2, 4) : (1, 1)
        bits = Array(repeating: 0, count: columns * rows)
        marks = Array(repeating: nil, count: columns * rows)
        owners = Array(repeating: nil, count: columns * rows)
    }

    /// Where a share of the width is, in dots from the left; beyond the field it is its nearest edge.
    package func x(_ share: Double) -> Int { Self.position(share, columns * dots.across) }

    /// Where a share of the height is, in dots from above: 0 is the lowest dot.
    package func y(_ share: Double) -> Int { rows * dots.down - 1 - Self.position(share, rows * dots.down) }

    private static func position(_ share: Double, _ count: Int) -> Int {
        guard share.isFinite else { return 0 }
        return min(max(0, Int((share * Double(count - 1)).rounded())), count - 1)
    }

    /// Draws a line between two dots (Bresenham).
    ///
    /// - Parameters:
    ///   - start: a dot within the field.
    ///   - end: a dot within the field.
    ///   - pen: what the line is made of.
    ///   - owner: the number of what is drawn, for its colour: what is drawn last wins.
    ///   - mark: the character where there are no dots.
    package mutating func line(
        from start: (x: Int, y: Int),
        to end: (x: Int, y: Int),
        _ pen: Pen,
        owner: Int,
        mark: Character
    ) {
        let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
        let (stepX, stepY) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
        var (x, y) = start
        var error = dx + dy
        while true {
            // Dashes run along the longer side, so that joined pieces keep their rhythm.
            let phase = dx >= -dy ? x : y
            if Self.isDrawn(pen, phase) { dot(x, y, pen, owner, mark) }
            guard (x, y) != end else { return }
            let twice = 2 * error
            if twice >= dy {
                error += dy
                x += stepX
            }
            if twice <= dx {
                error += dx
                y += stepY
            }
        }
    }

    private static func isDrawn(_ pen: Pen, _ phase: Int) -> Bool {
        switch pen {
        case .solid: true
        case .dashed: phase % 4 < 2
        case .dotted: phase % 3 == 0
        }
    }

    private mutating func dot(_ x: Int, _ y: Int, _ pen: Pen, _ owner: Int, _ mark: Character) {
        let cell = y / dots.down * columns + x / dots.across
        let isFree = bits[cell] == 0 && marks[cell] == nil
        guard pen != .dotted || isFree || owners[cell] == owner else { return }
        if dots.across == 1 {
            guard pen != .dotted || isFree else { return }
            marks[cell] = mark
        } else {
            bits[cell] |= Self.bit(x % 2, y % 4)
        }
        owners[cell] = owner
    }

    private static func bit(_ x: Int, _ y: Int) -> UInt8 { 1 << UInt8(y == 3 ? 6 + x : 3 * x + y) }

    /// Puts a character on a dot's place, above whatever is there.
    package mutating func put(_ mark: Character, at place: (x: Int, y: Int), owner: Int) {
        let cell = place.y / dots.down * columns + place.x / dots.across
        marks[cell] = mark
        owners[cell] = owner
    }

    /// The lines from above, without trailing spaces, each piece in the style of its owner.
    package func lines(_ painter: TextPainter, style: (Int) -> TextStyle) -> [String] {
        (0..<rows).map { row in
            let cells = row * columns..<(row + 1) * columns
            let end = cells.last { marks[$0] != nil || bits[$0] != 0 }.map { $0 + 1 } ?? cells.lowerBound
            var line = ""
            var (run, owner): (String, Int?) = ("", nil)
            for cell in cells.lowerBound..<end {
                let character = marks[cell] ?? (bits[cell] == 0 ? " " : Self.braille(bits[cell]))
                if owners[cell] != owner {
                    line += owner.map { painter.paint(run, style($0)) } ?? run
                    (run, owner) = ("", owners[cell])
                }
                run.append(character)
            }
            return line + (owner.map { painter.paint(run, style($0)) } ?? run)
        }
    }

    private static func braille(_ bits: UInt8) -> Character {
        // All 256 patterns from U+2800 on are scalars.
        Unicode.Scalar(0x2800 + UInt32(bits)).map { Character($0) } ?? " "
    }
}
