import Measurement
import Testing

struct PercentileTableTests {
    /// HdrHistogram's own table tells all steps at which it prints; a histogram with the counts of its rows must give the
    /// same rows again.
    ///
    /// The fixture is the C port's: its percentiles have fewer decimals, and its last line says `inf`.
    @Test func rowsAreThoseOfHdrHistogram() throws {
        let theirs = try HistogramLogTests.fixture("percentiles-example1.txt").split(separator: "\n")
        let rows = theirs.dropFirst().filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
        var counts = [UInt64](repeating: 0, count: HistogramLayout.slotCount)
        var seen: UInt64 = 0
        for row in rows {
            let value = try #require(Double(row[0]).map { UInt64($0) })
            let count = try #require(UInt64(row[2]))
            counts[HistogramLayout.index(of: value)] += count - seen
            seen = count
        }
        let text = PercentileTable(HistogramSnapshot(counts: counts), nanosecondsPerUnit: 1).text
        let ours = text.split(separator: "\n")
        #expect(
            text.hasPrefix(
                "       Value     Percentile TotalCount 1/(1-Percentile)\n\n      16.000 0.000000000000          1"
            )
        )
        let ourRows = ours.dropFirst().filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
        try #require(ourRows.count == rows.count)
        for (our, their) in zip(ourRows, rows) {
            #expect(our[0] == their[0] && our[2] == their[2])
            let (ourShare, theirShare) = (try #require(Double(our[1])), try #require(Double(their[1])))
            #expect(abs(ourShare - theirShare) <= 0.000_000_6)
            #expect(our.count == 4 ? our[3] == their[3] : their[3] == "inf")
        }
        #expect(ours[ours.count - 2] == "#[Max     =  9428991.000, Total count    =       475109]")
        #expect(ours[ours.count - 1] == "#[Buckets =           32, SubBuckets     =         2048]")
    }

    /// Worked out by hand: 1 … 4 in microseconds, with the format strings of `AbstractHistogram.java`.
    @Test func theTextIsExact() {
        let table = PercentileTable(HistogramSnapshot(recording: [1000, 2000, 2000, 2047]), nanosecondsPerUnit: 1000)
        #expect(
            table.text == """
                       Value     Percentile TotalCount 1/(1-Percentile)

                       1.000 0.000000000000          1           1.00
                       1.000 0.100000000000          1           1.11
                       1.000 0.200000000000          1           1.25
                       2.000 0.300000000000          3           1.43
                       2.000 0.400000000000          3           1.67
                       2.000 0.500000000000          3           2.00
                       2.000 0.550000000000          3           2.22
                       2.000 0.600000000000          3           2.50
                       2.000 0.650000000000          3           2.86
                       2.000 0.700000000000          3           3.33
                       2.000 0.750000000000          3           4.00
                       2.047 0.775000000000          4           4.44
                       2.047 1.000000000000          4
                #[Mean    =        1.762, StdDeviation   =        0.440]
                #[Max     =        2.047, Total count    =            4]
                #[Buckets =           32, SubBuckets     =         2048]

                """
        )
    }

    @Test func anEmptyHistogramHasNoRows() {
        let lines = PercentileTable(HistogramSnapshot(), nanosecondsPerUnit: 1).text.split(separator: "\n")
        #expect(lines.count == 4)
    }
}
