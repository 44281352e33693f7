import HarnessCore
import RunControl

/// One picture of a running benchmark: five lines at most, for any width from 40 characters on.
struct LiveFrame {
    /// Where the run stands.
    let progress: RunProgress
    /// The resident memory of the worker since it began, in bytes, the latest last.
    let memory: [Double]
    /// What its program has allocated and not freed, likewise.
    let heap: [Double]

    /// Above this the generator's lateness shows in the figures of a fast system.
    private static let notableLag: UInt64 = 1_000_000

    /// The lines, each at most `width` characters.
    func lines(width: Int, painter: TextPainter, glyphs: PlotGlyphs) -> [String] {
        let lines = [place(glyphs), load, latency].compactMap(\.self) + memory(glyphs)
        return lines.map { $0.text(width: width, painter: painter, glyphs: glyphs) }
    }

    // MARK: - Lines

    /// `main 2/3  ██████░░░░  4.0/10 s  12 s left`.
    private func place(_ glyphs: PlotGlyphs) -> StatusLine {
        var facts: [StatusLine.Fact] = []
        if progress.repetitions > 1 {
            facts.append(.init("run", "\(progress.repetition + 1)/\(progress.repetitions)", rank: 2))
        }
        facts.append(.init("\(progress.phase) \(progress.phaseIndex + 1)/\(progress.phaseCount)", .bold, rank: 0))
        let position = facts.count
        facts.append(.init(Self.time(progress), rank: 1))
        if let left = Self.left(progress) { facts.append(.init(left, .dim, rank: 1)) }
        let filler = Self.share(progress).map { share in
            StatusLine.Filler(position: position, widths: 5...60) { ProgressBar.text(share, width: $0, glyphs: glyphs) }
        }
        return StatusLine(facts: facts, filler: filler)
    }

    /// `rate 1,000/s of 1,000/s  delivered 3,900  open 100  refused 0`.
    private var load: StatusLine {
        var facts: [StatusLine.Fact] = []
        if progress.isFlushing {
            facts.append(.init("waiting for the flush", rank: 0))
        } else if let rate = progress.ratePerSecond {
            let target = progress.targetPerSecond.map { " of \(Quantity.format(perSecond: $0.rounded()))" } ?? ""
            facts.append(.init("rate", Quantity.format(perSecond: rate.rounded()) + target, rank: 0))
        } else {
            facts.append(.init("operations", Quantity.format(count: progress.operations), rank: 0))
        }
        if let delivered = progress.delivered {
            facts.append(.init("delivered", Quantity.format(count: delivered), rank: 2))
            // Not lost: nobody can tell before a flush. The sink was asked a moment after the worker and may be ahead.
            if delivered < progress.accepted {
                facts.append(.init("under way", Quantity.format(count: progress.accepted - delivered), rank: 3))
            }
        }
        let refused = Quantity.format(count: progress.rejected)
        facts.append(
            .init("refused", refused, progress.rejected > 0 ? .bad : .plain, rank: progress.rejected > 0 ? 1 : 4)
        )
        if progress.missed > 0 {
            facts.append(.init("missed", Quantity.format(count: progress.missed), .bad, rank: 1))
        }
        return StatusLine(facts: facts)
    }

    /// `response p50 310 ns p99 1.20 µs  service p50 290 ns p99 1.10 µs  lag p99 12 µs`; nil in an idle second.
    private var latency: StatusLine? {
        var facts: [StatusLine.Fact] = []
        if let response = progress.response {
            facts.append(.init("response", Self.text(response), rank: 0))
        }
        if let service = progress.service {
            facts.append(.init("service", Self.text(service), rank: progress.response == nil ? 0 : 2))
        }
        if let lag = progress.lagP99 {
            let style: TextStyle = lag > Self.notableLag ? .caution : .plain
            facts.append(.init("lag p99", Quantity.format(durationNanoseconds: lag), style, rank: 1))
        }
        return facts.isEmpty ? nil : StatusLine(facts: facts)
    }

    /// `rss  14.2 MB  ▁▂▃▃▃` above `heap  3.1 MB  ▁▁▂▁▁`; without what `/proc` or the worker do not say.
    private func memory(_ glyphs: PlotGlyphs) -> [StatusLine] {
        let rows = [("rss", progress.residentBytes, memory), ("heap", progress.bytesInUse, heap)]
        let shown = rows.compactMap { name, bytes, course in
            bytes.map { (name, Quantity.format(bytes: Double($0)), course) }
        }
        // The sparklines begin below each other.
        let width = shown.map { $0.0.count + $0.1.count }.max() ?? 0
        return shown.map { name, text, course in
            let padding = String(repeating: " ", count: width - name.count - text.count)
            var line = StatusLine(facts: [.init(name, padding + text, rank: 0)])
            if course.count > 1 {
                line.filler = StatusLine.Filler(position: 1, widths: 2...60) { width in
                    Sparkline.text(course, width: width, glyphs: glyphs)
                }
            }
            return line
        }
    }

    // MARK: - Words

    /// `4.0/10 s`, or `4.0 s` where nobody knows how long the phase takes.
    static func time(_ progress: RunProgress) -> String {
        let elapsed = Quantity.format(number: Double(progress.elapsed) / 1e9, decimals: 1)
        guard progress.planned > 0 else { return "\(elapsed) s" }
        return "\(elapsed)/\(Quantity.format(number: Double(progress.planned) / 1e9)) s"
    }

    /// `12 s left`, with a plus where phases of unknown length come on top; nil where nothing else is to come.
    private static func left(_ progress: RunProgress) -> String? {
        let seconds = (Double(progress.remaining) / 1e9).rounded()
        guard seconds > 0 else { return progress.isRemainingOpen ? nil : "0 s left" }
        return Quantity.format(durationNanoseconds: seconds * 1e9).replacing(".0 s", with: " s").replacing(
            ".00 s",
            with: " s"
        )
            + (progress.isRemainingOpen ? "+ left" : " left")
    }

    /// How much of the phase is done, by time or else by operations; nil where neither has an end.
    private static func share(_ progress: RunProgress) -> Double? {
        if progress.planned > 0 { return Double(progress.elapsed) / Double(progress.planned) }
        guard let planned = progress.plannedOperations, planned > 0 else { return nil }
        return Double(progress.operations) / Double(planned)
    }

    private static func text(_ percentiles: RunProgress.Percentiles) -> String {
        "p50 \(Quantity.format(durationNanoseconds: percentiles.p50)) "
            + "p99 \(Quantity.format(durationNanoseconds: percentiles.p99))"
    }
}
