import CommandLineKit
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

    @Test("A descriptor that is none is no terminal and takes nothing")
    func closedDescriptor() {
        #expect(!Terminal(descriptor: 9_999, environment: [:]).isInteractive)
        #expect(!Terminal.write("x", to: 9_999))
        #expect(Terminal.write("", to: 9_999))
    }

    // MARK: - Progress

    @Test func aLineIsDrawnOverOnATerminal() {
        var written = ""
        var progress = ProgressLine(terminal: Terminal(isTTY: true, columns: 40, environment: [:])) { written += $0 }
        progress.update("first", now: 0)
        progress.update("second", now: 1)
        #expect(written == "\rfirst\u{1B}[K\rsecond\u{1B}[K")
        written = ""
        progress.note("a note")
        #expect(written == "\r\u{1B}[Ka note\n")
        written = ""
        progress.clear()
        #expect(written == "")
        progress.update(String(repeating: "x", count: 50), now: 2)
        #expect(written == "\r" + String(repeating: "x", count: 38) + "…\u{1B}[K")
        written = ""
        progress.clear()
        #expect(written == "\r\u{1B}[K")
    }

    @Test func plainLinesAppearOnceASecondElsewhere() {
        var written = ""
        var progress = ProgressLine(terminal: Terminal(isTTY: false, columns: nil, environment: [:])) { written += $0 }
        for milliseconds in [0, 400, 999, 1_000, 1_500, 2_100] as [UInt64] {
            progress.update("at \(milliseconds)", now: 5_000_000_000 + milliseconds * 1_000_000)
        }
        progress.update("clock went back", now: 0)
        progress.clear()
        progress.note("done")
        #expect(written == "at 0\nat 1000\nat 2100\ndone\n")
    }
}
