import Testing

@testable import Results

/// Marks beside axes.
struct PlotScaleTests {
    private static func labels(
        _ unit: MetricUnit,
        _ values: [Double],
        scale: Plot.Scale = .linear,
        fromZero: Bool = false,
        ticks: Int = 5,
        isTight: Bool = false
    ) -> [String]? {
        let axis = Plot.Axis("", unit, scale: scale, startsAtZero: fromZero)
        return PlotScale(axis, values: values, ticks: ticks, isTight: isTight)?.ticks.map(\.label)
    }

    @Test func marksAreRoundAndOfOneUnit() {
        #expect(Self.labels(.perSecond, [900, 1_100], fromZero: true) == ["0/s", "500/s", "1,000/s", "1,500/s"])
        #expect(
            Self.labels(.bytes, [20_110_000, 20_290_000]) == [
                "20.10 MB", "20.15 MB", "20.20 MB", "20.25 MB", "20.30 MB",
            ]
        )
        #expect(Self.labels(.percent, [0, 100], fromZero: true) == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"])
        #expect(Self.labels(.perSecond, [0, 4_000_000], ticks: 4) == ["0 M/s", "1 M/s", "2 M/s", "3 M/s", "4 M/s"])
    }

    @Test func timeIsInTheUnitThatSuitsIt() {
        #expect(Self.labels(.seconds, [0, 12], isTight: true) == ["0 s", "5 s", "10 s"])
        #expect(Self.labels(.seconds, [0, 1_800], isTight: true) == ["0 min", "10 min", "20 min", "30 min"])
        #expect(Self.labels(.seconds, [0, 86_400], isTight: true) == ["0 h", "5 h", "10 h", "15 h", "20 h"])
    }

    @Test func aTightAxisEndsWithItsValues() throws {
        let scale = try #require(PlotScale(Plot.Axis("", .seconds), values: [1.5, 11.5], ticks: 5, isTight: true))
        #expect(scale.low == 1.5 && scale.high == 11.5)
        #expect(scale.place(of: 6.5) == 0.5)
        #expect(scale.ticks.map(\.value) == [2, 4, 6, 8, 10])
    }

    @Test func whatNeverChangesIsInTheMiddle() throws {
        let scale = try #require(PlotScale(Plot.Axis("", .bytes), values: [5_000, 5_000], ticks: 4))
        let place = try #require(scale.place(of: 5_000))
        #expect((0.2...0.8).contains(place))
        #expect(Self.labels(.count, [0, 0], fromZero: true)?.first == "0")
    }

    @Test func logarithms() throws {
        #expect(
            Self.labels(.nanoseconds, [90, 2_000_000], scale: .logarithmic)
                == ["100 ns", "1 µs", "10 µs", "100 µs", "1 ms"]
        )
        // Less than two decades have marks between.
        #expect(Self.labels(.nanoseconds, [150, 450], scale: .logarithmic) == ["100 ns", "200 ns", "500 ns"])
        let scale = try #require(
            PlotScale(Plot.Axis("", .nanoseconds, scale: .logarithmic), values: [0, 10, 1_000], ticks: 4)
        )
        #expect(scale.place(of: 0) == nil)
        #expect(scale.place(of: 100).map { ($0 - 0.5).magnitude < 1e-9 } == true)
    }

    @Test("An axis of rates within a decade has marks between its ends")
    func shortLogarithms() {
        #expect(
            Self.labels(.perSecond, [100_000, 200_000], scale: .logarithmic, isTight: true)
                == ["100,000/s", "120,000/s", "140,000/s", "160,000/s", "180,000/s", "200,000/s"]
        )
    }

    @Test("Each nine takes as much room as the one before")
    func nines() throws {
        let axis = Plot.Axis("", .percent, scale: .logNines)
        let scale = try #require(PlotScale(axis, values: [0, 0.9999], ticks: 5))
        #expect(scale.ticks.map(\.label) == ["p0", "p50", "p90", "p99", "p99.9", "p99.99"])
        for (share, place) in [(0.9, 0.25), (0.99, 0.5), (0.999, 0.75)] {
            #expect(scale.place(of: share).map { ($0 - place).magnitude < 1e-9 } == true)
        }
        #expect(scale.place(of: 1) == nil)
    }

    @Test("There is no half of an item, however few there are")
    func countsAreWhole() {
        #expect(Self.labels(.count, [0, 1], fromZero: true) == ["0", "1"])
        #expect(Self.labels(.count, [8, 8]) == ["7", "8", "9"])
        #expect(Self.labels(.count, [1, 3]) == ["1", "2", "3"])
    }

    @Test("Ratios have 1 in the middle, and marks in percent or as multiples")
    func ratios() throws {
        #expect(Self.labels(.count, [0.98, 1.09], scale: .ratio) == ["-10 %", "-5 %", "0", "+5 %", "+10 %"])
        #expect(Self.labels(.count, [0.5, 1], scale: .ratio) == ["-50 %", "0", "+50 %", "+100 %"])
        #expect(Self.labels(.count, [0.1, 1], scale: .ratio)?.contains("×10") == true)
        #expect(Self.labels(.count, [1, 1], scale: .ratio)?.contains("0") == true)
        let scale = try #require(PlotScale(Plot.Axis("", .count, scale: .ratio), values: [1, 1.3], ticks: 5))
        #expect((scale.low * scale.high - 1).magnitude < 1e-9)
        #expect(scale.place(of: 1).map { ($0 - 0.5).magnitude < 1e-9 } == true)
    }

    @Test func nothingToShow() {
        #expect(Self.labels(.count, []) == nil)
        #expect(Self.labels(.nanoseconds, [0], scale: .logarithmic) == nil)
        #expect(Self.labels(.count, [.nan, .infinity]) == nil)
    }
}
