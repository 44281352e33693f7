import CommandLineKit
import HarnessCore
import Platform
import RunControl

/// Shows on standard error where a run stands: a live view on a terminal, a line a second elsewhere.
///
/// News comes once a second, so that is how often anything is drawn: it costs a fraction of a millisecond.
final class ProgressDisplay: RunObserver {
    let wantsProgress: Bool

    private let terminal: () -> Terminal
    private var block: ProgressBlock
    private var memory = BoundedCourse()
    private var heap = BoundedCourse()
    private var last: RunProgress?

    /// Makes a display.
    ///
    /// - Parameters:
    ///   - isQuiet: Whether only notes are shown.
    ///   - terminal: What it is shown on; asked anew for each picture, as the width may have changed.
    ///   - write: Takes what is shown.
    init(
        isQuiet: Bool,
        terminal: @escaping () -> Terminal = { Terminal(descriptor: 2, environment: BenchTool.environment) },
        write: @escaping (String) -> Void = { Terminal.write($0, to: 2) }
    ) {
        wantsProgress = !isQuiet
        self.terminal = terminal
        // News comes once a second, give or take a little: the limit is to let all of it through.
        block = ProgressBlock(plainInterval: 500_000_000, write: write)
    }

    func progress(_ progress: RunProgress) {
        let terminal = terminal()
        let painter = TextPainter(isEnabled: terminal.showsColour)
        let frame = LiveFrame(progress: remember(progress), memory: memory.values, heap: heap.values)
        block.update(
            terminal.isInteractive
                ? frame.lines(width: terminal.width - 1, painter: painter, glyphs: terminal.glyphs) : [],
            plain: Self.text(progress),
            on: terminal,
            now: MonotonicClock.now()
        )
    }

    func note(_ text: String) {
        block.note(text)
    }

    /// Takes the view away before something else is written.
    func finish() {
        block.clear()
    }

    /// Keeps how the worker's memory went, and fills what an interval is too short to say from the one before.
    private func remember(_ progress: RunProgress) -> RunProgress {
        // Each repetition has a worker of its own.
        if progress.repetition != last?.repetition { (memory, heap) = (BoundedCourse(), BoundedCourse()) }
        if let bytes = progress.residentBytes { memory.append(Double(bytes)) }
        if let bytes = progress.bytesInUse { heap.append(Double(bytes)) }
        var shown = progress
        if progress.ratePerSecond == nil, let last, last.phase == progress.phase,
            last.repetition == progress.repetition
        {
            shown.ratePerSecond = last.ratePerSecond
            shown.targetPerSecond = last.targetPerSecond
            shown.response = last.response
            shown.service = last.service
            shown.lagP99 = last.lagP99
        }
        last = shown
        return shown
    }

    /// The line for a moment, such as `main 2/3  4.0/10 s  1,000/s  delivered 3,900  lag p99 12 µs  rss 14.2 MB  heap 3.10 MB`.
    static func text(_ progress: RunProgress) -> String {
        var parts: [String] = []
        if progress.repetitions > 1 { parts.append("run \(progress.repetition + 1)/\(progress.repetitions)") }
        parts.append("\(progress.phase) \(progress.phaseIndex + 1)/\(progress.phaseCount)")
        parts.append(LiveFrame.time(progress))
        if progress.isFlushing {
            parts.append("waiting for the flush")
        } else if let rate = progress.ratePerSecond {
            parts.append(Quantity.format(perSecond: rate))
        }
        if let delivered = progress.delivered { parts.append("delivered \(Quantity.format(count: delivered))") }
        if let lag = progress.lagP99 { parts.append("lag p99 \(Quantity.format(durationNanoseconds: lag))") }
        if let resident = progress.residentBytes { parts.append("rss \(Quantity.format(bytes: Double(resident)))") }
        if let heap = progress.bytesInUse { parts.append("heap \(Quantity.format(bytes: Double(heap)))") }
        return parts.joined(separator: "  ")
    }
}
