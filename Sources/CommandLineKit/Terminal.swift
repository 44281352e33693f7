package import HarnessCore

/// What is known about where text goes.
package struct Terminal: Sendable, Equatable {
    /// Whether a person sees the text as it appears, and a line can be drawn over.
    package var isInteractive: Bool
    /// Characters in a line.
    package var width: Int
    /// Whether colours may be used.
    package var showsColour: Bool
    /// What plots and bars are drawn with.
    package var glyphs: PlotGlyphs

    /// The width assumed where none is known.
    package static let defaultWidth = 80

    /// Works out what a descriptor can show.
    ///
    /// Colours need a terminal, no `NO_COLOR` (https://no-color.org: "when present and not an empty string"), and a
    /// `TERM` that is not `dumb`. `COLUMNS` overrides the width that the terminal reports; widths are kept within
    /// 40 to 240. A pipe has no width of its own: it gets `COLUMNS` or 100. Block characters need a locale of UTF-8,
    /// which the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty names (POSIX.1-2024, section 8.2), and a
    /// `TERM` that is not `dumb`.
    ///
    /// - Parameters:
    ///   - isTTY: whether the descriptor is a terminal.
    ///   - columns: the width that the terminal reports, if it does.
    ///   - environment: the variables of the process.
    package init(isTTY: Bool, columns: Int?, environment: [String: String]) {
        let isDumb = environment["TERM"] == "dumb"
        isInteractive = isTTY && !isDumb
        showsColour = isTTY && !isDumb && (environment["NO_COLOR"] ?? "").isEmpty
        let wanted = environment["COLUMNS"].flatMap { Int($0) } ?? columns ?? (isTTY ? Self.defaultWidth : 100)
        width = min(max(wanted, 40), 240)
        let locales = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
        let locale = locales.first { !$0.isEmpty }?.lowercased() ?? ""
        glyphs = !isDumb && (locale.hasSuffix("utf-8") || locale.hasSuffix("utf8")) ? .blocks : .ascii
    }
}
