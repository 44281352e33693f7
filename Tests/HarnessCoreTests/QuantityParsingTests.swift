import HarnessCore
import Testing

struct QuantityParsingTests {
    // MARK: - Durations

    @Test(
        arguments: [
            ("0s", 0), ("1ns", 1), ("250ms", 250_000_000), ("1.5s", 1_500_000_000), ("10s", 10_000_000_000),
            ("1h30m", 5_400_000_000_000), ("2d", 172_800_000_000_000), ("1m2.5s", 62_500_000_000), ("3us", 3_000),
            ("3µs", 3_000), ("3μs", 3_000), ("0.000001s", 1_000), ("18446744073709ms", 18_446_744_073_709_000_000),
        ] as [(String, UInt64)]
    )
    func durations(text: String, nanoseconds: UInt64) throws {
        #expect(try Quantity.durationNanoseconds(text) == nanoseconds)
    }

    @Test(
        arguments: [
            ("", "\"\" is not a duration: it is empty; for example \"250ms\""),
            ("10", "\"10\" is not a duration: it has no unit; did you mean \"10s\"?"),
            ("1e3s", "\"1e3s\" is not a duration: it has an exponent; write the number out; for example \"250ms\""),
            ("ten", "\"ten\" is not a duration: it does not begin with a number; did you mean \"10ms\"?"),
            ("-1s", "\"-1s\" is not a duration: it must not be negative; for example \"250ms\""),
            (".5s", "\".5s\" is not a duration: it begins with a point; did you mean \"0.5s\"?"),
            ("5 s", nil), ("1.s", nil), ("1..5s", nil), ("1s ", nil), ("s", nil), ("1e3s", nil),
            (
                "10S",
                "\"10S\" is not a duration: it has the unknown unit \"S\" "
                    + "(known: d, h, m, s, ms, us, ns, µs, μs); did you mean \"10s\"?"
            ),
            (
                "30m1h",
                "\"30m1h\" is not a duration: its parts must go from large units to small ones; did you mean \"1h30m\"?"
            ),
            (
                "1s1s",
                "\"1s1s\" is not a duration: its parts must go from large units to small ones; did you mean \"1h30m\"?"
            ),
            ("1.5h30m", "\"1.5h30m\" is not a duration: only its last part may have decimals; for example \"250ms\""),
            ("0.5ns", "\"0.5ns\" is not a duration: it is not a whole number of nanoseconds; for example \"250ms\""),
            ("999999d", "\"999999d\" is not a duration: it is longer than 584 years; for example \"250ms\""),
            (
                "1234567890123456789s",
                "\"1234567890123456789s\" is not a duration: it has more than 18 digits; for example \"250ms\""
            ),
        ] as [(String, String?)]
    )
    func refusedDurations(text: String, message: String?) throws {
        let error = #expect(throws: QuantityError.self) { try Quantity.durationNanoseconds(text) }
        if let message { #expect(try #require(error).description == message) }
    }

    // MARK: - Sizes

    @Test(
        arguments: [
            ("512", 512), ("512B", 512), ("20MB", 20_000_000), ("64KiB", 65_536), ("1.5MB", 1_500_000), ("2kB", 2_000),
            ("2KB", 2_000), ("1GiB", 1_073_741_824), ("0.5KiB", 512), ("3TB", 3_000_000_000_000), ("0", 0),
        ] as [(String, UInt64)]
    )
    func sizes(text: String, bytes: UInt64) throws {
        #expect(try Quantity.bytes(text) == bytes)
    }

    @Test(
        arguments: [
            (
                "20mb",
                "\"20mb\" is not a size: it has the unknown unit \"mb\" "
                    + "(known: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, KB); did you mean \"20MB\"?"
            ),
            ("0.5B", "\"0.5B\" is not a size: it is not a whole number of bytes; for example \"20MB\""),
            ("99999999TB", "\"99999999TB\" is not a size: it exceeds 16 exbibytes; for example \"20MB\""),
            ("1MB2", "\"1MB2\" is not a size: \"2\" follows its unit; for example \"20MB\""),
            ("big", "\"big\" is not a size: it does not begin with a number; for example \"20MB\""),
        ]
    )
    func refusedSizes(text: String, message: String) throws {
        let error = #expect(throws: QuantityError.self) { try Quantity.bytes(text) }
        #expect(try #require(error).description == message)
    }

    // MARK: - Counts

    @Test(
        arguments: [
            ("10k", 10_000), ("1M", 1_000_000), ("1.5k", 1_500), ("0", 0), ("12345", 12_345), ("2G", 2_000_000_000),
        ]
            as [(String, UInt64)]
    )
    func counts(text: String, count: UInt64) throws {
        #expect(try Quantity.count(text) == count)
    }

    @Test(arguments: ["1.5", "10K", "k", "-3", "1,000", "99999999999999G", "10k5"])
    func refusedCounts(text: String) {
        #expect(throws: QuantityError.self) { try Quantity.count(text) }
    }

    // MARK: - Rates

    @Test(
        "Rates are exact reduced fractions",
        arguments: [
            ("1000/s", 1, 1_000_000), ("2500", 1, 400_000), ("50k/s", 1, 20_000), ("600/m", 1, 100_000_000),
            ("100/100ms", 1, 1_000_000), ("0.5/s", 1, 2_000_000_000), ("1/h", 1, 3_600_000_000_000),
            ("3/s", 3, 1_000_000_000),
            ("3M/s", 3, 1_000), ("0.001/s", 1, 1_000_000_000_000), ("7/1m30s", 7, 90_000_000_000),
            ("1.5k/s", 3, 2_000_000),
        ] as [(String, UInt64, UInt64)]
    )
    func rates(text: String, events: UInt64, nanoseconds: UInt64) throws {
        #expect(try Quantity.rate(text) == .perSecond(events: events, perNanoseconds: nanoseconds))
    }

    @Test func theRateWithoutLimit() throws {
        #expect(try Quantity.rate("max") == .unlimited)
        #expect(Rate.unlimited.eventsPerSecond == nil)
        #expect(Rate.every(nanoseconds: 0, events: 1) == nil)
        #expect(Rate.every(nanoseconds: 1, events: 0) == nil)
        #expect(Rate.every(nanoseconds: 2_000_000_000, events: 5)?.eventsPerSecond == 2.5)
    }

    @Test(
        arguments: [
            ("ten", "\"ten\" is not a rate: it does not begin with a number; did you mean \"10/s\"?"),
            ("MAX", "\"MAX\" is not a rate: it does not begin with a number; did you mean \"max\"?"),
            ("fast", "\"fast\" is not a rate: it does not begin with a number; for example \"1000/s\""),
            (
                "0",
                "\"0\" is not a rate: it is zero; use a phase of shape \"idle\" for no load, \"max\" for no limit; for example \"1000/s\""
            ),
            ("10/", "\"10/\" is not a rate: nothing follows the slash; did you mean \"10/s\"?"),
            ("10/fortnight", "\"10/fortnight\" is not a rate: \"fortnight\" is not a time; did you mean \"10/s\"?"),
            ("10/0s", "\"10/0s\" is not a rate: \"0s\" is not a time; did you mean \"10/s\"?"),
            (
                "10K/s",
                "\"10K/s\" is not a rate: it has the unknown unit \"K\" (known: k, M, G); did you mean \"10k/s\"?"
            ),
            ("10/s/s", "\"10/s/s\" is not a rate: \"s/s\" is not a time; did you mean \"10/s\"?"),
            ("", "\"\" is not a rate: it is empty; for example \"1000/s\""),
        ]
    )
    func refusedRates(text: String, message: String) throws {
        let error = #expect(throws: QuantityError.self) { try Quantity.rate(text) }
        #expect(try #require(error).description == message)
    }
}
