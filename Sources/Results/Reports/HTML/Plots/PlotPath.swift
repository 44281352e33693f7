/// Turns the points of a series into the data of SVG paths (SVG 2, section 9.3).
///
/// Places are units of the picture: ``width`` to the right and ``height`` down, whatever size it has on a screen.
struct PlotPath {
    /// Units from left to right.
    static let width = 1000.0
    /// Units from top to bottom, of a pixel each.
    static let height = 288.0

    /// The range of the horizontal axis.
    let x: PlotScale
    /// The range of the vertical one.
    let y: PlotScale

    /// The line through the points; one that stands alone is not in it.
    func line(_ points: [Plot.Point], isStep: Bool = false) -> String {
        var data = ""
        for run in runs(points, \.y) where run.count > 1 {
            let places = Self.thinned(run)
            guard let first = places.first else { continue }
            data += "M\(Self.text(first.x)) \(Self.text(first.y))"
            var previous = first
            for place in places.dropFirst() {
                if isStep {
                    data += "H\(Self.text(place.x))"
                    if place.y != previous.y { data += "V\(Self.text(place.y))" }
                } else {
                    data += "L\(Self.text(place.x)) \(Self.text(place.y))"
                }
                previous = place
            }
        }
        return data
    }

    /// The area between the ends of the bands; empty where no point has one.
    func band(_ points: [Plot.Point], isStep: Bool = false) -> String {
        // An end without the other is none.
        let upper = runs(points) { $0.low.flatMap(y.place) == nil ? nil : $0.high }
        let lower = runs(points) { $0.high.flatMap(y.place) == nil ? nil : $0.low }
        return zip(upper, lower).map { upper, lower in
            guard upper.count > 1 else { return "" }
            let edges = [upper, lower].map { isStep ? Self.stairs(Self.thinned($0)) : Self.thinned($0) }
            let outline = edges[0] + edges[1].reversed()
            return "M" + outline.map { "\(Self.text($0.x)) \(Self.text($0.y))" }.joined(separator: "L") + "Z"
        }.joined()
    }

    /// The corners of a line that keeps its value up to the next place.
    private static func stairs(_ places: [Place]) -> [Place] {
        zip(places, places.dropFirst()).flatMap { [$0, Place(x: $1.x, y: $0.y)] } + places.suffix(1)
    }

    /// The points that no line goes through, as they stand between gaps.
    func lone(_ points: [Plot.Point]) -> [Plot.Point] {
        points.indices.filter { index in
            place(of: points[index]) != nil
                && [index - 1, index + 1].allSatisfy { !points.indices.contains($0) || place(of: points[$0]) == nil }
        }.map { points[$0] }
    }

    /// The extents of points as upright lines; empty where none has one.
    func whiskers(_ points: [Plot.Point]) -> String {
        points.compactMap { point -> String? in
            guard let low = point.low.flatMap(y.place), let high = point.high.flatMap(y.place),
                let across = x.place(of: point.x)
            else { return nil }
            return "M\(Self.text(across * Self.width)) \(Self.text((1 - low) * Self.height))"
                + "V\(Self.text((1 - high) * Self.height))"
        }.joined()
    }

    /// A dot for each point.
    func dots(_ points: [Plot.Point]) -> String {
        points.compactMap(place(of:)).map { "M\(Self.text($0.x)) \(Self.text($0.y))h0" }.joined()
    }

    // MARK: - Places

    /// A place in units of the picture.
    struct Place: Equatable {
        /// From the left.
        var x: Double
        /// From the top.
        var y: Double
    }

    /// The place of a point; nil where it has none.
    func place(of point: Plot.Point) -> Place? {
        guard let across = x.place(of: point.x), let up = point.y.flatMap(y.place) else { return nil }
        return Place(x: across * Self.width, y: (1 - up) * Self.height)
    }

    /// The places of one value of each point, cut where there is none.
    private func runs(_ points: [Plot.Point], _ value: (Plot.Point) -> Double?) -> [[Place]] {
        var runs: [[Place]] = [[]]
        for point in points {
            guard let across = x.place(of: point.x), let up = value(point).flatMap(y.place) else {
                if !runs[runs.count - 1].isEmpty { runs.append([]) }
                continue
            }
            runs[runs.count - 1].append(Place(x: across * Self.width, y: (1 - up) * Self.height))
        }
        return runs.filter { !$0.isEmpty }
    }

    /// Leaves out what no screen shows: of all places in a column of two units the first, the extremes and the last stay.
    ///
    /// That draws the same picture (Jugel and others: "M4: A Visualization-Oriented Time Series Data Aggregation",
    /// PVLDB 7(10), 2014).
    static func thinned(_ places: [Place]) -> [Place] {
        guard places.count > 600 else { return places }
        var result: [Place] = []
        var start = places.startIndex
        while start < places.endIndex {
            let column = (places[start].x / 2).rounded(.down)
            var end = start
            while end < places.endIndex, (places[end].x / 2).rounded(.down) == column { end += 1 }
            let part = start..<end
            let least = part.min { places[$0].y < places[$1].y } ?? start
            let greatest = part.max { places[$0].y < places[$1].y } ?? start
            result += Set([start, least, greatest, end - 1]).sorted().map { places[$0] }
            start = end
        }
        return result
    }

    /// A share of the width as percent.
    static func percent(_ share: Double) -> String {
        let hundredths = Int((share * 10_000).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let decimals = rest == 0 ? "" : "." + String(100 + rest).dropFirst()
        return (hundredths < 0 ? "-" : "") + "\(whole)\(decimals)%"
    }

    /// A number with at most one decimal, as short as it can be written.
    static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
    }
}
