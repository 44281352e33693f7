import CommandLineKit
import Platform
import RunControl

/// Shows on standard error which check is running.
///
/// What the processes of a check write is kept from the table: a defect may make them complain, and is meant to.
final class SelfTestDisplay: RunObserver {
    private let terminal: Terminal
    private var block = ProgressBlock { Terminal.write($0, to: 2) }
    private let isQuiet: Bool

    init(terminal: Terminal, isQuiet: Bool) {
        self.isQuiet = isQuiet || !terminal.isInteractive
        self.terminal = terminal
    }

    var wantsProgress: Bool { false }

    func progress(_ progress: RunProgress) {}

    func note(_ line: String) {}

    /// Says that a check begins.
    func begin(_ name: String, _ index: Int, of count: Int) {
        guard !isQuiet else { return }
        let text = "\(index + 1)/\(count)  \(name) …"
        block.update([String(text.prefix(terminal.width - 1))], plain: text, on: terminal, now: MonotonicClock.now())
    }

    /// Takes the line away before something else is written.
    func clear() {
        guard !isQuiet else { return }
        block.clear()
    }
}
