import HarnessCore
import Testing

@testable import Results

struct LimitTests {
    @Test(
        arguments: [
            (">= 900", .perSecond, .atLeast, 900), ("<= 250ms", .nanoseconds, .atMost, 250_000_000),
            ("< 20MB", .bytes, .less, 20_000_000), ("== 0", .count, .equal, 0), ("!= 3", .count, .notEqual, 3),
            ("> 1.5k/s", .perSecond, .more, 1_500), ("<2s", .seconds, .less, 2),
            ("  <=   0.5%  ", .percent, .atMost, 0.5),
            ("< 5", .percent, .less, 5), ("< 5 %", .percent, .less, 5), (">= 50k", .count, .atLeast, 50_000),
            ("<= 40B", .bytesPerItem, .atMost, 40), ("<= 120.5", .bytesPerItem, .atMost, 120.5),
            ("<= 1kB", .bytesPerItem, .atMost, 1_000), ("< 90ms", .secondsPerMillion, .less, 0.09),
            (">= -1", .count, .atLeast, -1), (">= 0/s", .perSecond, .atLeast, 0), (">= 0", .perSecond, .atLeast, 0),
            (">= 600/m", .perSecond, .atLeast, 10), ("<= 500kB/h", .bytesPerHour, .atMost, 500_000),
            ("<= 1MB", .bytesPerHour, .atMost, 1_000_000), (">= -2kB/h", .bytesPerHour, .atLeast, -2_000),
        ] as [(String, MetricUnit, Limit.Comparison, Double)]
    )
    func reads(expression: String, unit: MetricUnit, comparison: Limit.Comparison, value: Double) throws {
        let limit = try Limit(parsing: expression, unit: unit)
        #expect(limit.comparison == comparison)
        #expect(limit.value == value)
        #expect(try Limit(parsing: limit.expression, unit: unit) == limit)
    }

    @Test(
        "Every mistake is told with what to write instead",
        arguments: [
            ("900", .perSecond, "it does not begin with a comparison (>= <= == != > <); for example \"<= 900/s\""),
            ("=> 900", .perSecond, "it does not begin with a comparison (>= <= == != > <); did you mean \">= 900\"?"),
            ("=< 1s", .seconds, "it does not begin with a comparison (>= <= == != > <); did you mean \"<= 1s\"?"),
            ("= 0", .count, "it does not begin with a comparison (>= <= == != > <); did you mean \"== 0\"?"),
            ("", .count, "it does not begin with a comparison (>= <= == != > <); for example \"<= 0\""),
            ("<= 250", .nanoseconds, "\"250\" needs a unit; for example \"<= 250us\""),
            ("< 20mb", .bytes, nil), (">= max", .perSecond, nil), (">= 20MB", .perSecond, nil), ("<", .count, nil),
            ("< 5 percent", .percent, nil), ("< 1s", .bytes, nil), ("== one", .count, nil), ("<= nan", .percent, nil),
        ] as [(String, MetricUnit, String?)]
    )
    func refuses(expression: String, unit: MetricUnit, message: String?) throws {
        let error = #expect(throws: QuantityError.self) { try Limit(parsing: expression, unit: unit) }
        if let message {
            #expect(try #require(error).description == "\"\(expression)\" is not a limit: \(message)")
        }
    }

    @Test(
        arguments: [
            (">= 10", 10, true, 0), (">= 10", 9, false, -1), ("> 10", 10, false, 0), ("> 10", 11, true, 1),
            ("<= 10", 10, true, 0), ("<= 10", 12, false, -2), ("< 10", 10, false, 0), ("< 10", 4, true, 6),
            ("== 10", 10, true, 0), ("== 10", 12, false, -2), ("== 10", 8, false, -2), ("!= 10", 10, false, 0),
            ("!= 10", 7, true, 3),
        ] as [(String, Double, Bool, Double)]
    )
    func judges(expression: String, observed: Double, holds: Bool, margin: Double) throws {
        let limit = try Limit(parsing: expression, unit: .count)
        #expect(limit.holds(for: observed) == holds)
        #expect(limit.margin(of: observed) == margin)
    }

    @Test(
        arguments: [
            (.count, 1_234, "1,234"), (.perSecond, 999.6, "999.6/s"), (.nanoseconds, 412, "412 ns"),
            (.seconds, 1.25, "1.25 s"),
            (.bytes, 12_345_678, "12.3 MB"), (.bytesPerItem, 141.2, "141.2 B"), (.bytesPerItem, 2_500, "2.50 kB"),
            (.bytesPerItem, -12, "-12 B"), (.bytesPerHour, -12_300, "-12.3 kB/h"), (.percent, 4.321, "4.32 %"),
            (.secondsPerMillion, 0.0521, "52.1 ms"),
        ] as [(MetricUnit, Double, String)]
    )
    func shows(unit: MetricUnit, value: Double, text: String) {
        #expect(unit.format(value) == text)
    }

    @Test(
        arguments: [
            ("sustained", "sustained", true), ("sustained", "*", true), ("sustained", "sus*", true),
            ("sustained", "*ned", true), ("sustained", "s*t*d", true), ("sustained", "s?stained", true),
            ("sustained", "sustain", false), ("sustained", "?", false), ("", "*", true), ("", "", true),
            ("a", "", false),
            ("aaab", "*ab", true), ("abcabd", "*abd", true), ("sustained", "**", true),
            ("multi-producer", "multi-?*", true),
        ]
    )
    func patterns(name: String, pattern: String, matches: Bool) {
        #expect(Glob.matches(name, pattern: pattern) == matches)
    }
}
