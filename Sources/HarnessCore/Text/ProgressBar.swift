/// A bar that fills from the left: `███▌░░░░`.
package enum ProgressBar {
    /// Draws a bar.
    ///
    /// - Parameters:
    ///   - fraction: How much of it is done, 0 … 1; what is beyond is drawn as the nearest.
    ///   - width: Its length in characters.
    ///   - glyphs: What to draw with.
    /// - Returns: `width` characters.
    package static func text(_ fraction: Double, width: Int, glyphs: PlotGlyphs) -> String {
        let steps = glyphs.widths
        // Not a number counts as nothing done.
        let share = fraction > 0 ? min(fraction, 1) : 0
        let filled = Int((share * Double(width * steps.count)).rounded(.down))
        let (whole, part) = filled.quotientAndRemainder(dividingBy: steps.count)
        var bar = String(repeating: steps[steps.count - 1], count: whole)
        if part > 0 { bar.append(steps[part - 1]) }
        return bar + String(repeating: glyphs.track, count: max(0, width - whole - (part > 0 ? 1 : 0)))
    }
}
