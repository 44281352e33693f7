/// The spans of a plot: a ribbon above it that names phases, and shades behind it for what does not count or is broken.
struct SpanRibbon {
    private let spans: [(span: Plot.Span, start: Double, length: Double)]

    /// Finds the places of spans on the horizontal axis; those that have none are left out.
    init(_ spans: [Plot.Span], _ x: PlotScale) {
        self.spans = spans.compactMap { span in
            guard let start = x.place(of: span.range.lowerBound), let end = x.place(of: span.range.upperBound),
                end > start
            else { return nil }
            return (span, start, end - start)
        }
    }

    /// What it needs above the plot, in pixels.
    var height: Double { spans.isEmpty ? 0 : spans.contains { $0.span.kind == .fault } ? 44 : 24 }

    /// What stands behind everything else.
    var shades: HTML {
        .group(
            spans.filter { $0.span.kind != .phase }.map { span, start, length in
                .tag(
                    "rect",
                    [
                        "class": "shade \(span.kind.style)", "x": PlotPath.percent(start), "y": "0",
                        "width": PlotPath.percent(length), "height": "100%",
                    ]
                )
            }
        )
    }

    /// The names, in a ribbon above the plot; faults have one of their own above that of the phases in which they are.
    var names: HTML {
        let ordered = spans.filter { $0.span.kind != .fault } + spans.filter { $0.span.kind == .fault }
        return .group(
            ordered.enumerated().map { index, place in
                let (span, start, length) = place
                // A fault's name may stand beyond its end, up to the next fault.
                let next = ordered.dropFirst(index + 1).first { $0.start > start }
                let room = span.kind == .fault ? (next?.start ?? 1) - start : length
                return .tag(
                    "svg",
                    [
                        "class": "span \(span.kind.style)", "x": PlotPath.percent(start),
                        "y": span.kind == .fault ? "-44" : "-24",
                        "width": PlotPath.percent(length), "height": "18",
                    ],
                    .tag("title", [:], .text(span.name)),
                    .tag("rect", ["x": "0", "y": "0", "width": "100%", "height": "18"]),
                    name(span.name, room)
                )
            }
        )
    }

    /// A name, where there is room for it on a screen; on a telephone there is a third of that.
    private func name(_ name: String, _ room: Double) -> HTML {
        let width = Double(name.count) * 6.6 + 10
        guard width < room * 780 else { return .nothing }
        return .tag("text", ["class": width < room * 270 ? "name" : "name minor", "x": "6", "y": "13"], .text(name))
    }
}

extension Plot.Span.Kind {
    /// The class of the style sheet.
    fileprivate var style: String {
        switch self {
        case .phase: "phase"
        case .unreported: "unreported"
        case .fault: "fault"
        }
    }
}
