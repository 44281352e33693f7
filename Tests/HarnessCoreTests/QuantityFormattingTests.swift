import HarnessCore
import Testing

struct QuantityFormattingTests {
    @Test(
        arguments: [
            (0, "0 ns"), (412, "412 ns"), (999, "999 ns"), (1_000, "1.00 µs"), (3_100, "3.10 µs"), (99_949, "99.9 µs"),
            (99_951, "100 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"), (1_250_000, "1.25 ms"),
            (250_000_000, "250 ms"),
            (1_000_000_000, "1.00 s"), (12_345_000_000, "12.3 s"), (119_900_000_000, "120 s"),
            (120_000_000_000, "2 min 0 s"),
            (125_400_000_000, "2 min 5 s"), (7_199_400_000_000, "119 min 59 s"), (7_199_600_000_000, "2 h 0 min"),
            (7_200_000_000_000, "2 h 0 min"), (9_000_000_000_000, "2 h 30 min"),
        ] as [(UInt64, String)]
    )
    func durations(nanoseconds: UInt64, text: String) {
        #expect(Quantity.format(durationNanoseconds: nanoseconds) == text)
    }

    @Test func durationsWithDecimalsAndSign() {
        #expect(Quantity.format(durationNanoseconds: 0.25) == "0.25 ns")
        #expect(Quantity.format(durationNanoseconds: -1_500.0) == "-1.50 µs")
        #expect(Quantity.format(durationNanoseconds: 59.6) == "59.6 ns")
    }

    @Test(
        arguments: [
            (0, "0 B"), (512, "512 B"), (-512, "-512 B"), (1_000, "1.00 kB"), (64_000, "64.0 kB"),
            (12_345_678, "12.3 MB"),
            (-2_000_000, "-2.00 MB"), (999_999, "1.00 MB"), (4_000_000_000, "4.00 GB"), (Int64.max, "9.22 EB"),
        ] as [(Int64, String)]
    )
    func sizes(bytes: Int64, text: String) {
        #expect(Quantity.format(bytes: bytes) == text)
    }

    @Test(
        arguments: [
            (9_995.2, "9,995/s"), (12.34, "12.3/s"), (0.5, "0.50/s"), (1_000, "1,000/s"), (5_123_456.7, "5,123,457/s"),
            (99.96, "100.0/s"), (999.6, "999.6/s"), (999.96, "1,000/s"), (850, "850/s"), (2, "2/s"),
        ]
    )
    func rates(perSecond: Double, text: String) {
        #expect(Quantity.format(perSecond: perSecond) == text)
    }

    @Test func rateValues() {
        #expect(Quantity.format(rate: .unlimited) == "max")
        #expect(Quantity.format(rate: .perSecond(events: 1, perNanoseconds: 1_000_000)) == "1,000/s")
    }

    @Test(
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"),
            (UInt64.max, "18,446,744,073,709,551,615"),
        ]
            as [(UInt64, String)]
    )
    func counts(count: UInt64, text: String) {
        #expect(Quantity.format(count: count) == text)
    }

    @Test func fixedDecimals() {
        #expect(Quantity.format(number: 0.005, decimals: 2) == "0.01")
        #expect(Quantity.format(number: -0.004, decimals: 2) == "0.00")
        #expect(Quantity.format(number: -1234.5, decimals: 1) == "-1,234.5")
        #expect(Quantity.format(number: 1e17, decimals: 2) == "100,000,000,000,000,000")
        #expect(Quantity.format(number: .infinity, decimals: 2) == "inf")
        #expect(Quantity.format(number: 1e300, decimals: 0) == "1e+300")
    }
}
