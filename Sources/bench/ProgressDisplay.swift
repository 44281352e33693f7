import CommandLineKit
import HarnessCore
import Platform
import RunControl

/// Shows on standard error where a run stands.
final class ProgressDisplay: RunObserver {
    private var line: ProgressLine
    let wantsProgress: Bool

    init(terminal: Terminal, isQuiet: Bool) {
        wantsProgress = !isQuiet
        // News comes once a second, give or take a little: the limit is to let all of it through.
        line = ProgressLine(terminal: terminal, plainInterval: 500_000_000) { Terminal.write($0, to: 2) }
    }

    func progress(_ progress: RunProgress) {
        line.update(Self.text(progress), now: MonotonicClock.now())
    }

    func note(_ text: String) {
        line.note(text)
    }

    /// Takes the line away before something else is written.
    func finish() {
        line.clear()
    }

    /// The line for a moment, such as `main 2/3  4.0/10 s  1,000/s  delivered 3,900  lag p99 12 µs  rss 14.2 MB`.
    static func text(_ progress: RunProgress) -> String {
        var parts: [String] = []
        if progress.repetitions > 1 { parts.append("run \(progress.repetition + 1)/\(progress.repetitions)") }
        parts.append("\(progress.phase) \(progress.phaseIndex + 1)/\(progress.phaseCount)")
        let elapsed = Quantity.format(number: Double(progress.elapsed) / 1e9, decimals: 1)
        if progress.planned > 0 {
            parts.append("\(elapsed)/\(Quantity.format(number: Double(progress.planned) / 1e9)) s")
        } else {
            parts.append("\(elapsed) s")
        }
        if let rate = progress.ratePerSecond { parts.append(Quantity.format(perSecond: rate)) }
        if let delivered = progress.delivered { parts.append("delivered \(Quantity.format(count: delivered))") }
        if let lag = progress.lagP99 { parts.append("lag p99 \(Quantity.format(durationNanoseconds: lag))") }
        if let resident = progress.residentBytes { parts.append("rss \(Quantity.format(bytes: Double(resident)))") }
        return parts.joined(separator: "  ")
    }
}
