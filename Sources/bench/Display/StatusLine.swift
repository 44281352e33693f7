import HarnessCore

/// A line of facts that gives up the less important ones where there is no room for all.
struct StatusLine {
    /// One fact: words in their styles, and what it is worth.
    struct Fact {
        /// What is shown.
        var words: [(text: String, style: TextStyle)]
        /// Facts of the highest rank go first; one of rank 0 stays.
        var rank: Int

        /// A fact with a label before its value.
        init(_ label: String, _ value: String, _ style: TextStyle = .plain, rank: Int) {
            words = [(label, .dim), (" " + value, style)]
            self.rank = rank
        }

        /// A fact that needs no label.
        init(_ value: String, _ style: TextStyle = .plain, rank: Int) {
            words = [(value, style)]
            self.rank = rank
        }

        var width: Int { words.reduce(0) { $0 + $1.text.count } }
    }

    /// What fills the room that the facts leave: a bar, a sparkline.
    struct Filler {
        /// The fact that it stands before; beyond the last for the end of the line.
        var position: Int
        /// Its least and its greatest width.
        var widths: ClosedRange<Int>
        /// Draws it so many characters wide.
        var draw: (Int) -> String
    }

    private static let gap = "  "

    /// The facts in their order.
    var facts: [Fact]
    /// What fills the rest; nil for nothing.
    var filler: Filler?

    /// The line, at most `width` characters; a lone fact that is longer is cut.
    func text(width: Int, painter: TextPainter, glyphs: PlotGlyphs) -> String {
        var kept = Array(facts.enumerated())
        while used(kept) > width, let index = kept.indices.max(by: { kept[$0].element.rank <= kept[$1].element.rank }),
            kept[index].element.rank > 0
        {
            kept.remove(at: index)
        }
        var parts = kept.map { (position: $0.offset, text: Self.paint($0.element, painter)) }
        if let filler, width - used(kept) - Self.gap.count >= filler.widths.lowerBound {
            let room = min(width - used(kept) - Self.gap.count, filler.widths.upperBound)
            let place = parts.firstIndex { $0.position >= filler.position } ?? parts.count
            parts.insert((filler.position, filler.draw(room)), at: place)
        }
        let text = parts.map(\.text).joined(separator: Self.gap)
        guard TextPainter.visibleCount(text) > width else { return text }
        // Colours would be cut in two.
        let plain = kept.map { Self.paint($0.element, TextPainter(isEnabled: false)) }.joined(separator: Self.gap)
        return plain.prefix(width - 1) + String(glyphs.ellipsis)
    }

    private func used(_ kept: [(offset: Int, element: Fact)]) -> Int {
        kept.reduce(0) { $0 + $1.element.width } + max(0, kept.count - 1) * Self.gap.count
    }

    private static func paint(_ fact: Fact, _ painter: TextPainter) -> String {
        fact.words.map { painter.paint($0.text, $0.style) }.joined()
    }
}
