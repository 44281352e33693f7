/// Which colour and which stroke each series of a plot has, as classes of the style sheet.
///
/// Every measured series has a colour of its own, and what was computed has that of what it was computed from. Of two
/// results the same series have the same colour, and the first result is drawn thinner and paler.
struct SeriesInk: Equatable {
    /// The class of the colour: `c0` and so on, or `base` for what belongs to no series.
    let colour: String
    /// The classes of the stroke; empty for a plain line.
    let strokes: [String]

    /// As many colours as the style sheet has.
    private static let colours = 6

    /// The inks of all series, in their order.
    static func inks(of series: [Plot.Series]) -> [SeriesInk] {
        var names: [String] = []
        return series.map { one in
            let name = one.ownName
            if one.style != .computed, !names.contains(name) { names.append(name) }
            // What was computed from nothing that is shown has no colour.
            let index = one.style == .computed ? names.count - 1 : names.firstIndex(of: name) ?? 0
            // The first of several steps is what the others are to reach: a broad line that is seen behind them.
            let isGoal = one.style == .step && one.side == nil && series.count > 1 && name == series[0].name
            let strokes = [
                one.style == .computed ? "dashed" : nil, one.side == 0 ? "before" : nil, isGoal ? "goal" : nil,
            ].compactMap(\.self)
            return SeriesInk(colour: index < 0 ? "base" : "c\(index % colours)", strokes: strokes)
        }
    }

    /// All classes, after one that says what is drawn.
    func classes(_ kind: String) -> String { ([kind, colour] + strokes).joined(separator: " ") }
}

extension Plot.Series {
    /// The name without that of its result, which stands before it with a colon.
    fileprivate var ownName: String {
        guard side != nil, let colon = name.firstRange(of: ": ") else { return name }
        return String(name[colon.upperBound...])
    }
}
