import HarnessCore
import OTLP
import Testing

@testable import Telemetry

/// How attributes become series.
struct SeriesTableTests {
    @Test func attributesAreASetWhateverTheirOrder() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        counter.add(1, ["a": 1, "b": "two", "c": [3, 4.5]])
        counter.add(2, ["c": [3, 4.5], "a": 1, "b": "two"])
        counter.add(4, ["b": "two", "c": [3, 4.5], "a": 1])
        let points = try #require(try probe.collect().first).numbers
        #expect(points.map(\.integer) == [7])
        #expect(points.first?.attributes.map(\.key) == ["a", "b", "c"])
    }

    @Test(
        arguments: [
            (["a": 1], ["a": 1.0]), (["a": 1], ["a": "1"]), (["a": true], ["a": 1]), (["a": 0.0], ["a": -0.0]),
            (["a": 1], ["a": 1, "b": 1]), (["a": 1, "b": 2], ["a": 2, "b": 1]), (["a": [1, 2]], ["a": [2, 1]]),
            (["ab": "c"], ["a": "bc"]), (["a": "e\u{301}"], ["a": "\u{E9}"]), ([:], ["": ""]),
        ] as [(Attributes, Attributes)]
    )
    func differentAttributesAreDifferentSeries(left: Attributes, right: Attributes) throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        for attributes in [left, right, left, right] { counter.add(1, attributes) }
        #expect(try probe.collect().first?.numbers.map(\.integer) == [2, 2])
    }

    @Test func aTextIsTheSameHoweverItIsStored() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        var built = ""
        built.reserveCapacity(100)
        for character in "short" { built.append(character) }
        let long = "a text that is too long to be stored in place"
        counter.add(1, ["a": "short", "b": .string(long)])
        counter.add(1, ["a": .string(built), "b": .string(String(long.map { $0 }))])
        #expect(try probe.collect().first?.numbers.map(\.integer) == [2])
    }

    @Test func aKeyGivenTwiceHasItsLastValue() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        counter.add(1, ["a": 1, "b": 2, "a": 3])
        counter.add(1, ["b": 2, "a": 3])
        counter.add(1, ["a": 1, "b": 2, "a": 3])
        let points = try #require(try probe.collect().first).numbers
        #expect(points.map(\.integer) == [3])
        #expect(points.first?.attributes == [.init(key: "b", value: .int(2)), .init(key: "a", value: .int(3))])
    }

    @Test func whatMustNotLeaveMakesNoSeries() throws {
        let probe = MetricsProbe {
            $0.sanitize = { attributes in
                var clean = Attributes()
                for (key, value) in attributes.elements where key != "email" { clean.append(key, value) }
                return clean
            }
        }
        let counter = probe.counter()
        for index in 0..<100 { counter.add(1, ["email": .string("\(index)@example.org"), "plan": "free"]) }
        counter.add(1, ["plan": "free"])
        counter.add(1, ["email": "x"])
        counter.add(1)
        let points = try #require(try probe.collect().first).numbers
        #expect(points.map(\.integer) == [101, 2])
        #expect(probe.provider.metricsStatus.series == 2)
    }

    /// As https://opentelemetry.io/docs/specs/otel/metrics/sdk/#synchronous-instrument-cardinality-limits asks.
    @Test func whatExceedsTheLimitGoesIntoTheOverflowSeries() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        for round in 1...2 {
            for index in 0..<3000 { #expect(counter.add(Int64(round), ["index": .integer(Int64(index))])) }
        }
        let points = try #require(try probe.collect().first).numbers
        #expect(points.count == 2001)
        #expect(points.prefix(2000).allSatisfy { $0.integer == 3 })
        #expect(points.last?.attributes == [.init(key: "otel.metric.overflow", value: .bool(true))])
        #expect(points.last?.integer == 3000)
        // No measurement is lost or counted twice.
        #expect(points.reduce(0) { $0 + ($1.integer ?? 0) } == 9000)
        #expect(probe.provider.metricsStatus.overflowMeasurements == 2000)
        #expect(probe.provider.metricsStatus.measurements == 6000)
    }

    @Test func upToTheLimitNothingOverflows() throws {
        let probe = MetricsProbe { $0.cardinalityLimit = 3 }
        let counter = probe.counter()
        for attributes in [[:], ["a": 1], ["a": 2]] as [Attributes] { counter.add(1, attributes) }
        #expect(try probe.collect().first?.numbers.count == 3)
        counter.add(5, ["otel.metric.overflow": true])
        counter.add(7, ["a": 3])
        #expect(try probe.collect().first?.numbers.map(\.integer) == [1, 1, 1, 12])
    }

    @Test func deltasForgetWhatWasNotMeasured() throws {
        let probe = MetricsProbe {
            $0.cardinalityLimit = 10
            $0.temporality = .delta
        }
        let counter = probe.counter()
        for round in 0..<20 {
            counter.add(1)
            for index in 0..<9 { counter.add(1, ["index": .integer(Int64(10 * round + index))]) }
            #expect(try probe.collect().first?.numbers.map(\.integer) == [Int64](repeating: 1, count: 10))
        }
        #expect(probe.provider.metricsStatus.overflowMeasurements == 0)
        #expect(probe.provider.metricsStatus.measurements == 200)
    }

    @Test func randomUseAgreesWithADictionary() throws {
        var random = SplitMix64(seed: 42)
        let probe = MetricsProbe { $0.temporality = .delta }
        let counter = probe.counter()
        for _ in 0..<5 {
            var expected: [[Int64]: Int64] = [:]
            for _ in 0..<3000 {
                let pair = [Int64(random.next() % 20), Int64(random.next() % 10)]
                let isTurned = random.next() % 2 == 0
                var attributes: Attributes = [:]
                if isTurned { attributes.append("b", .integer(pair[1])) }
                attributes.append("a", .integer(pair[0]))
                if !isTurned { attributes.append("b", .integer(pair[1])) }
                let value = Int64(random.next() % 100)
                counter.add(value, attributes)
                expected[pair, default: 0] += value
            }
            var found: [[Int64]: Int64] = [:]
            for point in try #require(try probe.collect().first).numbers {
                if case .int(let a) = point.attributes["a"], case .int(let b) = point.attributes["b"] {
                    found[[a, b]] = point.integer
                }
            }
            #expect(found == expected)
        }
    }
}
