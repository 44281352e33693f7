import Testing

@testable import Results

/// Lines of plots.
struct PlotPathTests {
    /// From 0 to 10 across and from 0 to 288 up: a unit of the value is one of the picture.
    private static func path() throws -> PlotPath {
        let x = try #require(PlotScale(Plot.Axis("", .seconds), values: [0, 10], ticks: 5, isTight: true))
        let y = try #require(PlotScale(Plot.Axis("", .bytes), values: [0, 288], ticks: 5, isTight: true))
        return PlotPath(x: x, y: y)
    }

    private static func points(_ values: [Double?]) -> [Plot.Point] {
        values.enumerated().map { Plot.Point(x: Double($0.offset), y: $0.element) }
    }

    @Test func linesAndSteps() throws {
        let points = Self.points([288, 0, 144.25])
        #expect(try Self.path().line(points) == "M0 0L100 288L200 143.8")
        #expect(try Self.path().line(points, isStep: true) == "M0 0H100V288H200V143.8")
    }

    @Test("A gap cuts the line, and what stands alone is a dot")
    func gaps() throws {
        let path = try Self.path()
        let points = Self.points([0, 1, nil, 2, nil, 3, 4])
        #expect(path.line(points) == "M0 288L100 287M500 285L600 284")
        #expect(path.lone(points).map(\.y) == [2])
        #expect(path.dots(path.lone(points)) == "M300 286h0")
        #expect(path.line([]).isEmpty && path.lone(Self.points([7])).count == 1)
    }

    @Test func bands() throws {
        let path = try Self.path()
        let points = [
            Plot.Point(x: 0, y: 10, low: 0, high: 20), Plot.Point(x: 1, y: 10, low: 5, high: 30),
            Plot.Point(x: 2, y: 10, low: 5), Plot.Point(x: 3, y: 10, low: 1, high: 2),
        ]
        #expect(path.band(points) == "M0 268L100 258L100 283L0 288Z")
        #expect(path.band(points, isStep: true) == "M0 268L100 268L100 258L100 283L100 288L0 288Z")
        #expect(path.whiskers(Array(points.suffix(1))) == "M300 287V286")
    }

    @Test("Of a hundred thousand points a screen shows the same with two thousand, the extremes among them")
    func thinning() {
        let places = (0..<100_000).map { PlotPath.Place(x: Double($0) / 100, y: Double($0 * 7_919 % 289)) }
        let thinned = PlotPath.thinned(places)
        #expect(thinned.count <= 2_000 && thinned.first == places.first && thinned.last == places.last)
        for column in 0..<500 {
            let inside = { (place: PlotPath.Place) in Int(place.x / 2) == column }
            let (before, after) = (places.filter(inside).map(\.y), thinned.filter(inside).map(\.y))
            #expect(before.min() == after.min() && before.max() == after.max())
        }
        #expect(PlotPath.thinned(Array(places.prefix(600))).count == 600)
    }

    @Test func numbersAreShort() {
        #expect([0, 12.34, -0.04, -2.06, 1_000].map(PlotPath.text) == ["0", "12.3", "0", "-2.1", "1000"])
        #expect([0, 1, 0.123_456, 0.05, -0.2].map(PlotPath.percent) == ["0%", "100%", "12.35%", "5%", "-20%"])
    }
}
