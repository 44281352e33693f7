/// A course of values in a line of characters: `▁▂▂▅█`.
package enum Sparkline {
    /// Draws the last `width` values, each a character high.
    ///
    /// The scale goes from the least to the greatest of the values that are drawn, or from zero where that differs by
    /// less than `floor`: what hardly changes is to look flat.
    ///
    /// - Parameters:
    ///   - values: The course, the latest last; none makes an empty text.
    ///   - width: Characters at most.
    ///   - glyphs: What to draw with.
    ///   - floor: The least span of the scale as a part of the greatest value, 0 … 1.
    /// - Returns: As many characters as values are drawn.
    package static func text(
        _ values: some BidirectionalCollection<Double>,
        width: Int,
        glyphs: PlotGlyphs,
        floor: Double = 0.1
    ) -> String {
        let shown = values.suffix(max(0, width))
        guard let least = shown.min(), let greatest = shown.max() else { return "" }
        let heights = glyphs.heights
        let span = max(greatest - least, greatest.magnitude * floor)
        return String(
            shown.map { value in
                guard span > 0 else { return heights[0] }
                let index = Int(((value - least) / span * Double(heights.count - 1)).rounded())
                return heights[min(max(index, 0), heights.count - 1)]
            }
        )
    }
}
