/// Shows how far something is: one line that is drawn over on a terminal, a plain line now and then elsewhere.
///
/// Time comes from the caller, text goes through a closure: the type itself reads no clock and writes nowhere. For use
/// by one thread.
package struct ProgressLine {
    private let terminal: Terminal
    private let plainInterval: UInt64
    private let write: (String) -> Void
    private var lastPlain: UInt64?
    private var isDrawn = false

    /// Makes a progress line.
    ///
    /// - Parameters:
    ///   - terminal: what it is shown on.
    ///   - plainInterval: the shortest time between two plain lines, in nanoseconds.
    ///   - write: takes text for the terminal, control sequences included.
    package init(
        terminal: Terminal,
        plainInterval: UInt64 = 1_000_000_000,
        write: @escaping (String) -> Void
    ) {
        self.terminal = terminal
        self.plainInterval = plainInterval
        self.write = write
    }

    /// Shows `text`: at once on a terminal, cut to its width; elsewhere when the last line is old enough.
    ///
    /// - Parameters:
    ///   - text: one line without control characters.
    ///   - now: a monotonic time in nanoseconds.
    package mutating func update(_ text: String, now: UInt64) {
        if terminal.isInteractive {
            // The last column stays free: filling it makes some terminals go to the next line.
            let limit = terminal.width - 1
            let visible = text.count <= limit ? text : text.prefix(limit - 1) + "…"
            write("\r\(visible)\u{1B}[K")
            isDrawn = true
        } else if lastPlain.map({ now >= $0 && now - $0 >= plainInterval }) ?? true {
            write(text + "\n")
            lastPlain = now
        }
    }

    /// Writes a line that stays, above the progress line on a terminal.
    package mutating func note(_ text: String) {
        clear()
        write(text + "\n")
    }

    /// Removes the line from a terminal; plain lines stay.
    package mutating func clear() {
        guard isDrawn else { return }
        write("\r\u{1B}[K")
        isDrawn = false
    }
}
