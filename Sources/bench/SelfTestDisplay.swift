import CommandLineKit
import Platform
import RunControl

/// Shows on standard error which check is running.
///
/// What the processes of a check write is kept from the table: a defect may make them complain, and is meant to.
final class SelfTestDisplay: RunObserver {
    private var line: ProgressLine
    private let isQuiet: Bool
    private var title = ""

    init(terminal: Terminal, isQuiet: Bool) {
        self.isQuiet = isQuiet || !terminal.isInteractive
        line = ProgressLine(terminal: terminal, plainInterval: 500_000_000) { Terminal.write($0, to: 2) }
    }

    var wantsProgress: Bool { false }

    func progress(_ progress: RunProgress) {}

    func note(_ line: String) {}

    /// Says that a check begins.
    func begin(_ name: String, _ index: Int, of count: Int) {
        guard !isQuiet else { return }
        line.update("\(index + 1)/\(count)  \(name) …", now: MonotonicClock.now())
    }

    /// Takes the line away before something else is written.
    func clear() {
        guard !isQuiet else { return }
        line.clear()
    }
}
