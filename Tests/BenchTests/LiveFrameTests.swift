import CommandLineKit
import HarnessCore
import RunControl
import Testing

@testable import bench

/// The live view, as pictures for terminals of several widths.
struct LiveFrameTests {
    private static let progress = {
        var progress = RunProgress(
            repetition: 1,
            repetitions: 5,
            phase: "main",
            phaseIndex: 1,
            phaseCount: 3,
            elapsed: 4_000_000_000,
            planned: 10_000_000_000
        )
        progress.remaining = 48_000_000_000
        progress.operations = 4_000
        progress.plannedOperations = 10_000
        progress.accepted = 4_000
        progress.ratePerSecond = 999.8
        progress.targetPerSecond = 1_000
        progress.delivered = 3_900
        progress.lagP99 = 12_300
        progress.response = RunProgress.Percentiles(p50: 310, p99: 1_200)
        progress.service = RunProgress.Percentiles(p50: 290, p99: 1_100)
        progress.residentBytes = 14_200_000
        progress.bytesInUse = 3_100_000
        return progress
    }()

    private static let memory: [Double] = [10e6, 11e6, 12e6, 14e6, 14.2e6]
    private static let heap: [Double] = [3e6, 4e6, 3.1e6]

    private static func frame(
        _ progress: RunProgress,
        _ width: Int,
        _ glyphs: PlotGlyphs = .blocks,
        colour: Bool = false
    ) -> [String] {
        LiveFrame(progress: progress, memory: memory, heap: heap)
            .lines(width: width, painter: TextPainter(isEnabled: colour), glyphs: glyphs)
    }

    @Test func at120() {
        #expect(
            Self.frame(Self.progress, 120) == [
                "run 2/5  main 2/3  ████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  4.0/10 s  48 s left",
                "rate 1,000/s of 1,000/s  delivered 3,900  under way 100  refused 0",
                "response p50 310 ns p99 1.20 µs  service p50 290 ns p99 1.10 µs  lag p99 12.3 µs",
                "rss  14.2 MB  ▁▃▄██",
                "heap 3.10 MB  ▁█▂",
            ]
        )
    }

    @Test func at80() {
        #expect(
            Self.frame(Self.progress, 79) == [
                "run 2/5  main 2/3  ███████████████▌░░░░░░░░░░░░░░░░░░░░░░░  4.0/10 s  48 s left",
                "rate 1,000/s of 1,000/s  delivered 3,900  under way 100  refused 0",
                "response p50 310 ns p99 1.20 µs  lag p99 12.3 µs",
                "rss  14.2 MB  ▁▃▄██",
                "heap 3.10 MB  ▁█▂",
            ]
        )
    }

    @Test func at40() {
        #expect(
            Self.frame(Self.progress, 39) == [
                "run 2/5  main 2/3  4.0/10 s  48 s left",
                "rate 1,000/s of 1,000/s",
                "response p50 310 ns p99 1.20 µs",
                "rss  14.2 MB  ▁▃▄██",
                "heap 3.10 MB  ▁█▂",
            ]
        )
    }

    @Test func inASCII() {
        #expect(
            Self.frame(Self.progress, 60, .ascii) == [
                "run 2/5  main 2/3  ########------------  4.0/10 s  48 s left",
                "rate 1,000/s of 1,000/s  delivered 3,900  under way 100",
                "response p50 310 ns p99 1.20 µs  lag p99 12.3 µs",
                "rss  14.2 MB  ..:##",
                "heap 3.10 MB  .#.",
            ]
        )
    }

    @Test("Colours change nothing but the colour")
    func colours() {
        let plain = Self.frame(Self.progress, 79)
        let coloured = Self.frame(Self.progress, 79, colour: true)
        #expect(coloured.map(TextPainter.visibleCount) == plain.map(\.count))
        #expect(coloured[0].contains("\u{1B}[1mmain 2/3\u{1B}[0m"))
        #expect(plain.allSatisfy { !$0.contains("\u{1B}") })
    }

    @Test(
        "Whatever the figures and the width, no line is too long",
        arguments: Array(stride(from: 39, through: 199, by: 8))
    )
    func widths(width: Int) {
        var big = Self.progress
        big.phase = "a-phase-with-a-name-that-is-much-too-long-for-any-terminal"
        big.ratePerSecond = 12_345_678
        big.targetPerSecond = 12_345_678
        big.delivered = 9_876_543_210
        big.accepted = 19_876_543_210
        big.rejected = 1_234_567
        big.missed = 7_654_321
        big.isRemainingOpen = true
        big.remaining = 86_400_000_000_000
        for colour in [false, true] {
            for line in Self.frame(big, width, colour: colour) + Self.frame(Self.progress, width, colour: colour) {
                #expect(TextPainter.visibleCount(line) <= width, "\(line)")
            }
        }
    }

    @Test func whatIsWrongStaysVisible() {
        var progress = Self.progress
        progress.rejected = 5
        progress.missed = 7
        let line = Self.frame(progress, 60)[1]
        #expect(line.contains("refused 5") && line.contains("missed 7") && !line.contains("under way"))
    }

    @Test func aClosedModelHasNeitherTargetNorLag() {
        var progress = Self.progress
        progress.repetitions = 1
        progress.planned = 0
        progress.targetPerSecond = nil
        progress.response = nil
        progress.lagP99 = nil
        progress.delivered = nil
        progress.remaining = 0
        progress.isRemainingOpen = true
        progress.rejected = 0
        #expect(
            Self.frame(progress, 79) == [
                "main 2/3  ████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  4.0 s",
                "rate 1,000/s  refused 0",
                "service p50 290 ns p99 1.10 µs",
                "rss  14.2 MB  ▁▃▄██",
                "heap 3.10 MB  ▁█▂",
            ]
        )
    }

    @Test func aPhaseOfUnknownLengthHasNoBar() {
        var progress = Self.progress
        progress.planned = 0
        progress.plannedOperations = nil
        #expect(Self.frame(progress, 79)[0] == "run 2/5  main 2/3  4.0 s  48 s left")
    }

    // MARK: - The display

    @Test("A terminal is drawn over in place; anything else gets a line")
    func drawing() {
        var written = ""
        var width = 60
        var isTTY = true
        let display = ProgressDisplay(
            isQuiet: false,
            terminal: { Terminal(isTTY: isTTY, columns: width, environment: ["NO_COLOR": "1"]) },
            write: { written += $0 }
        )
        display.progress(Self.progress)
        #expect(written.hasPrefix("run 2/5  main 2/3  ") && written.hasSuffix("heap 3.10 MB\u{1B}[J"))
        #expect(written.split(separator: "\n").count == 5)
        written = ""
        width = 40
        display.progress(Self.progress)
        // Of the five lines three were longer than 40 characters, and stand in two rows each now.
        #expect(written.hasPrefix("\r\u{1B}[7A"))
        written = ""
        display.note("a word of the worker")
        #expect(written.hasPrefix("\r\u{1B}[4A\u{1B}[Ja word of the worker\nrun 2/5  main 2/3"))
        written = ""
        display.finish()
        display.finish()
        #expect(written == "\r\u{1B}[4A\u{1B}[J")
        written = ""
        isTTY = false
        display.progress(Self.progress)
        #expect(
            written
                == "run 2/5  main 2/3  4.0/10 s  999.8/s  delivered 3,900  lag p99 12.3 µs  rss 14.2 MB  heap 3.10 MB\n"
        )
    }

    @Test func aRestOfAnIntervalKeepsTheFiguresOfTheLast() {
        var written = ""
        let display = ProgressDisplay(
            isQuiet: false,
            terminal: { Terminal(isTTY: true, columns: 80, environment: ["NO_COLOR": "1"]) },
            write: { written = $0 }
        )
        display.progress(Self.progress)
        var rest = Self.progress
        rest.ratePerSecond = nil
        rest.targetPerSecond = nil
        rest.response = nil
        rest.service = nil
        rest.lagP99 = nil
        display.progress(rest)
        #expect(written.contains("rate 1,000/s of 1,000/s") && written.contains("response p50 310 ns"))
        rest.phase = "idle"
        display.progress(rest)
        #expect(written.contains("operations 4,000") && !written.contains("response"))
    }

    @Test("A long course keeps its beginning and its peaks in the points that a frame can show")
    func aBoundedCourse() {
        var course = BoundedCourse()
        for value in 0..<1_000 { course.append(value == 400 ? 5_000 : Double(value)) }
        #expect(course.values.count <= 60 && course.values.count > 30)
        #expect(course.values.contains(5_000) && course.values.last == 999)
        #expect(course.values.first.map { $0 < 40 } == true)
        var short = BoundedCourse()
        for value in [3.0, 1, 2] { short.append(value) }
        #expect(short.values == [3, 1, 2])
    }
}
