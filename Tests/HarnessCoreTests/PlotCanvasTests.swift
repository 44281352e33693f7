import HarnessCore
import Testing

/// Lines on a field of characters.
struct PlotCanvasTests {
    private static let plain = TextPainter(isEnabled: false)

    private static func lines(_ canvas: PlotCanvas) -> [String] { canvas.lines(plain) { _ in .plain } }

    @Test("Bits of a braille pattern are those of Unicode's chart: dot 1 is U+2801, dot 8 is U+2880")
    func braille() {
        var canvas = PlotCanvas(columns: 2, rows: 1, isBraille: true)
        #expect(canvas.x(1) == 3 && canvas.y(0) == 3 && canvas.y(1) == 0)
        canvas.line(from: (0, 0), to: (0, 0), .solid, owner: 0, mark: "x")
        canvas.line(from: (3, 3), to: (3, 3), .solid, owner: 0, mark: "x")
        #expect(Self.lines(canvas) == ["\u{2801}\u{2880}"])
        canvas.line(from: (0, 0), to: (0, 3), .solid, owner: 0, mark: "x")
        // Dots 1, 2, 3 and 7.
        #expect(Self.lines(canvas) == ["\u{2847}\u{2880}"])
    }

    @Test func marksStandForDots() {
        var canvas = PlotCanvas(columns: 4, rows: 4, isBraille: false)
        canvas.line(from: (0, canvas.y(0)), to: (3, canvas.y(1)), .solid, owner: 0, mark: "*")
        #expect(Self.lines(canvas) == ["   *", "  *", " *", "*"])
        canvas.put("o", at: (0, 3), owner: 1)
        #expect(Self.lines(canvas)[3] == "o")
    }

    @Test func dashesAndEdges() {
        var canvas = PlotCanvas(columns: 8, rows: 1, isBraille: false)
        canvas.line(from: (0, 0), to: (7, 0), .dashed, owner: 0, mark: "-")
        #expect(Self.lines(canvas) == ["--  --"])
        canvas.line(from: (0, 0), to: (7, 0), .dotted, owner: 1, mark: ".")
        // An edge of a band does not cover a line.
        #expect(Self.lines(canvas) == ["-- .--."])
    }

    @Test func everyOwnerHasItsStyle() {
        var canvas = PlotCanvas(columns: 3, rows: 1, isBraille: false)
        canvas.put("a", at: (0, 0), owner: 0)
        canvas.put("b", at: (2, 0), owner: 1)
        let lines = canvas.lines(TextPainter(isEnabled: true)) { .series($0) }
        #expect(lines == ["\u{1B}[36ma\u{1B}[0m \u{1B}[33mb\u{1B}[0m"])
    }
}
