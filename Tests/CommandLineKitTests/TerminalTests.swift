import CommandLineKit
import HarnessCore
import Testing

struct TerminalTests {
    @Test(
        arguments: [
            (true, 120, [:], true, 120, true), (true, nil, [:], true, 80, true), (false, nil, [:], false, 100, false),
            (true, 120, ["COLUMNS": "90"], true, 90, true), (false, nil, ["COLUMNS": "90"], false, 90, false),
            (true, 120, ["COLUMNS": "x"], true, 120, true), (true, 10, [:], true, 40, true),
            (true, 5_000, [:], true, 240, true), (true, 120, ["NO_COLOR": "1"], true, 120, false),
            (true, 120, ["NO_COLOR": ""], true, 120, true), (true, 120, ["TERM": "dumb"], false, 120, false),
        ] as [(Bool, Int?, [String: String], Bool, Int, Bool)]
    )
    func whatADescriptorCanShow(
        isTTY: Bool,
        columns: Int?,
        environment: [String: String],
        isInteractive: Bool,
        width: Int,
        showsColour: Bool
    ) {
        let terminal = Terminal(isTTY: isTTY, columns: columns, environment: environment)
        #expect(terminal.isInteractive == isInteractive)
        #expect(terminal.width == width)
        #expect(terminal.showsColour == showsColour)
    }

    @Test(
        "Block characters need a locale of UTF-8, and the first that is set decides",
        arguments: [
            ([:], .ascii), (["LANG": "C"], .ascii), (["LANG": "C.UTF-8"], .blocks), (["LANG": "de_DE.utf8"], .blocks),
            (["LC_ALL": "C", "LANG": "C.UTF-8"], .ascii), (["LC_ALL": "", "LC_CTYPE": "en_GB.UTF-8"], .blocks),
            (["LC_CTYPE": "POSIX", "LANG": "C.UTF-8"], .ascii), (["LANG": "C.UTF-8", "TERM": "dumb"], .ascii),
        ] as [([String: String], PlotGlyphs)]
    )
    func glyphs(environment: [String: String], glyphs: PlotGlyphs) {
        #expect(Terminal(isTTY: true, columns: 80, environment: environment).glyphs == glyphs)
        #expect(Terminal(isTTY: false, columns: nil, environment: environment).glyphs == glyphs)
    }

    @Test("A descriptor that is none is no terminal and takes nothing")
    func closedDescriptor() {
        #expect(!Terminal(descriptor: 9_999, environment: [:]).isInteractive)
        #expect(!Terminal.write("x", to: 9_999))
        #expect(Terminal.write("", to: 9_999))
    }

    // MARK: - Progress

    @Test func linesAreDrawnOverOnATerminal() {
        var written = ""
        let terminal = Terminal(isTTY: true, columns: 40, environment: [:])
        var progress = ProgressBlock { written += $0 }
        progress.update(["first", "second"], plain: "x", on: terminal, now: 0)
        #expect(written == "first\u{1B}[K\nsecond\u{1B}[J")
        written = ""
        progress.update(["third"], plain: "x", on: terminal, now: 1)
        #expect(written == "\r\u{1B}[1Athird\u{1B}[J")
        written = ""
        progress.note("a note")
        #expect(written == "\r\u{1B}[Ja note\nthird\u{1B}[J")
        written = ""
        progress.clear()
        progress.clear()
        #expect(written == "\r\u{1B}[J")
        written = ""
        progress.note("another")
        #expect(written == "another\n")
    }

    @Test("A block on a terminal that has become narrower takes more rows than it has lines")
    func narrowerTerminals() {
        var written = ""
        var progress = ProgressBlock { written += $0 }
        let line = "\u{1B}[1m" + String(repeating: "x", count: 70) + "\u{1B}[0m"
        let wide = Terminal(isTTY: true, columns: 80, environment: [:])
        progress.update([line, "short", ""], plain: "", on: wide, now: 0)
        written = ""
        progress.update(["a"], plain: "", on: Terminal(isTTY: true, columns: 40, environment: [:]), now: 1)
        #expect(written == "\r\u{1B}[3Aa\u{1B}[J")
    }

    @Test func plainLinesAppearOnceASecondElsewhere() {
        var written = ""
        let pipe = Terminal(isTTY: false, columns: nil, environment: [:])
        var progress = ProgressBlock { written += $0 }
        for milliseconds in [0, 400, 999, 1_000, 1_500, 2_100] as [UInt64] {
            let now = 5_000_000_000 + milliseconds * 1_000_000
            progress.update([], plain: "at \(milliseconds)", on: pipe, now: now)
        }
        progress.update([], plain: "clock went back", on: pipe, now: 0)
        progress.clear()
        progress.note("done")
        #expect(written == "at 0\nat 1000\nat 2100\ndone\n")
    }
}
