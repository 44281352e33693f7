import HarnessCore
import Testing

struct TextTableTests {
    @Test func alignsWithoutTrailingSpaces() {
        var table = TextTable([.init("name"), .init("n", .right), .init("remark")])
        table.append(["a", "1,000", ""])
        table.append(["long name", "9", "µ–"])
        table.append(["b"])
        #expect(
            table.lines() == [
                "  name           n  remark",
                "  a          1,000",
                "  long name      9  µ–",
                "  b",
            ]
        )
    }

    @Test func columnsWithoutContentTakeNoRoom() {
        var table = TextTable([.init(), .init("", .right), .init()])
        table.append(["x", "", "y"])
        #expect(table.lines() == ["  x  y"])
    }

    @Test("Columns are dropped by rank, then flexible ones are cut, to keep within the width")
    func keepsWithinTheWidth() {
        var table = TextTable(
            [
                .init("name", isFlexible: true), .init("mean", .right, dropRank: 2), .init("shape", dropRank: 1),
                .init("max", .right),
            ]
        )
        table.append(["a rather long name", "1.00 ms", "constant", "2.00 ms"])
        #expect(table.lines(width: 60)[1] == "  a rather long name  1.00 ms  constant  2.00 ms")
        #expect(table.lines(width: 40)[1] == "  a rather long name  1.00 ms  2.00 ms")
        #expect(table.lines(width: 30)[1] == "  a rather long name  2.00 ms")
        #expect(table.lines(width: 22)[1] == "  a rather l…  2.00 ms")
        #expect(table.lines(width: 5)[1] == "  a rathe…  2.00 ms")
    }

    @Test func stylesDoNotCountAsWidth() {
        var table = TextTable([.init("a"), .init("b")])
        table.append([TextTable.Cell("x", .bad), TextTable.Cell("y", .good)])
        #expect(
            table.lines(painter: TextPainter(isEnabled: true)) == [
                "  \u{1B}[2ma\u{1B}[0m  \u{1B}[2mb\u{1B}[0m", "  \u{1B}[1;31mx\u{1B}[0m  \u{1B}[32my\u{1B}[0m",
            ]
        )
    }

    @Test func tooManyCellsAreAMistake() async {
        await #expect(processExitsWith: .failure) {
            var table = TextTable([.init("a")])
            table.append(["x", "y"])
        }
    }

    @Test(
        arguments: [
            ("", 10, [""]), ("one two three", 7, ["one two", "three"]), ("unbreakable", 4, ["unbreakable"]),
            ("a\nb", 10, ["a", "b"]), ("a  b", 10, ["a b"]), ("a unbreakable b", 4, ["a", "unbreakable", "b"]),
        ]
    )
    func wraps(text: String, width: Int, lines: [String]) {
        #expect(TextWrap.lines(text, width: width) == lines)
    }
}
