/// Names of series beside the ends of their lines, moved apart where they would stand on each other.
struct EndLabels {
    /// A name with its place.
    struct Label: Equatable {
        /// Which series it names.
        var series: Int
        /// Where its line ends.
        var end: PlotPath.Place
        /// From the top, where the name stands.
        var y: Double
    }

    /// The labels from top to bottom.
    let labels: [Label]

    /// Places the labels of all series that end somewhere.
    ///
    /// - Parameters:
    ///   - ends: The ends of the lines, each with the index of its series.
    ///   - distance: The least from one name to the next, in pixels.
    init(_ ends: [(series: Int, end: PlotPath.Place)], distance: Double = 16) {
        var labels = ends.map { Label(series: $0.series, end: $0.end, y: $0.end.y) }
            .sorted { ($0.y, $0.series) < ($1.y, $1.series) }
        // From the top each gives way to the one above, then from the bottom to the one below and to the edge.
        for index in labels.indices.dropFirst() {
            labels[index].y = max(labels[index].y, labels[index - 1].y + distance)
        }
        var floor = PlotPath.height
        for index in labels.indices.reversed() {
            labels[index].y = min(labels[index].y, floor)
            floor = labels[index].y - distance
        }
        self.labels = labels
    }
}
