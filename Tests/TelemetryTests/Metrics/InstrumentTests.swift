import HarnessCore
import OTLP
import Synchronization
import Testing

@testable import Telemetry

/// What instruments make of measurements.
struct InstrumentTests {
    @Test func countersSumIntegersExactly() throws {
        let probe = MetricsProbe()
        let counter = probe.counter(unit: "{request}", description: "Requests")
        // Above 2⁵³ a double would lose the ones.
        #expect(counter.add(1 << 60))
        for value in 1...1000 { counter.add(Int64(value)) }
        let metric = try #require(try probe.collect().first)
        #expect(metric.name == "c" && metric.unit == "{request}" && metric.description == "Requests")
        guard case .sum(let points, temporality: 2, isMonotonic: true) = metric.data else {
            Issue.record("not a cumulative monotonic sum: \(metric.data)")
            return
        }
        #expect(points.map(\.integer) == [1 << 60 + 1000 * 1001 / 2])
    }

    @Test func sumsOfDoublesDoNotDependOnTheOrder() throws {
        // 10⁸ · 0.1 drifts in a naive sum; here 1 + n·2⁻⁵³, of which a naive sum keeps nothing.
        let probe = MetricsProbe()
        let counter = probe.doubleCounter()
        counter.add(1)
        for _ in 0..<1024 { counter.add(0x1p-53) }
        #expect(try probe.collect().first?.numbers.map(\.double) == [1 + 0x1p-43])
    }

    @Test func aMonotonicSumOfDoublesNeverGoesDown() throws {
        let instrument = Instrument(
            InstrumentDescriptor(name: "c", kind: .counter),
            settings: MetricSettings(),
            now: 1
        )
        var random = SplitMix64(seed: 7)
        var last = 0.0
        for index in 0..<20_000 {
            let value = Double(random.next() >> 11) * 0x1p-53 * (index % 3 == 0 ? 1e-18 : 1)
            #expect(DoubleCounter(instrument: instrument).add(value))
            let snapshot = instrument.collect(time: 2, isLast: false)
            let sum = Double(bitPattern: snapshot.word(SeriesWords.value, at: 0))
            guard sum >= last else {
                Issue.record("\(sum) follows \(last)")
                return
            }
            last = sum
        }
    }

    @Test func countersRefuseToGoDown() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        let doubles = probe.doubleCounter("d")
        #expect(counter.add(5))
        #expect(!counter.add(-1))
        #expect(!doubles.add(-0.5))
        #expect(!doubles.add(-.infinity))
        #expect(counter.add(0))
        let metrics = try probe.collect()
        // The counter of doubles measured nothing: it is not reported.
        #expect(metrics.count == 1)
        #expect(metrics.first?.numbers.map(\.integer) == [5])
        #expect(probe.provider.metricsStatus.refused == [.negativeIncrement: 3])
        #expect(probe.provider.metricsStatus.measurements == 2)
    }

    @Test func upDownCountersGoBothWays() throws {
        let probe = MetricsProbe()
        let counter = probe.upDownCounter()
        counter.add(3)
        counter.add(-7)
        let metric = try #require(try probe.collect().first)
        guard case .sum(let points, temporality: 2, isMonotonic: false) = metric.data else {
            Issue.record("not a cumulative sum: \(metric.data)")
            return
        }
        #expect(points.map(\.integer) == [-4])
    }

    @Test func aSumThatWouldOverflowStays() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        #expect(counter.add(.max))
        #expect(!counter.add(1))
        let doubles = probe.doubleCounter("d")
        #expect(doubles.add(.greatestFiniteMagnitude))
        #expect(!doubles.add(.greatestFiniteMagnitude))
        let metrics = try probe.collect()
        #expect(metrics.map { $0.numbers.first?.integer } == [.max, nil])
        #expect(metrics.map { $0.numbers.first?.double } == [nil, .greatestFiniteMagnitude])
        #expect(probe.provider.metricsStatus.refused == [.sumOverflow: 2])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func whatIsNotFiniteSpoilsNoSum(value: Double) throws {
        let probe = MetricsProbe()
        let histogram = probe.histogram()
        #expect(histogram.record(1))
        #expect(!histogram.record(value))
        let counter = probe.doubleCounter()
        #expect(counter.add(1))
        #expect(!counter.add(value))
        let metrics = try probe.collect()
        #expect(metrics[0].histograms.map(\.sum) == [1])
        #expect(metrics[1].numbers.map(\.double) == [1])
        #expect(probe.provider.metricsStatus.refused.values.reduce(0, +) == 2)
    }

    @Test func gaugesKeepTheLastValue() throws {
        let probe = MetricsProbe()
        let gauge = probe.gauge()
        gauge.record(1)
        gauge.record(-2.5)
        let metric = try #require(try probe.collect().first)
        guard case .gauge(let points) = metric.data else {
            Issue.record("not a gauge: \(metric.data)")
            return
        }
        #expect(points.map(\.double) == [-2.5])
        #expect(points.map(\.startTimeUnixNano) == [0])
    }

    /// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#explicit-bucket-histogram-aggregation ("exclusive of
    /// the lower bound, inclusive of the upper") with the default bounds given there.
    @Test func bucketsIncludeTheirUpperBound() throws {
        let probe = MetricsProbe()
        let histogram = probe.histogram()
        let bounds: [Double] = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000]
        for bound in bounds {
            histogram.record(bound)
            histogram.record(bound.nextUp)
        }
        let point = try #require(try probe.collect().first?.histograms.first)
        #expect(point.explicitBounds == bounds)
        #expect(point.bucketCounts == [1] + [UInt64](repeating: 2, count: 14) + [1])
        #expect(point.count == 30)
        #expect(point.min == 0 && point.max == 10000.0.nextUp)
    }

    @Test(arguments: [0, 1, 3, 4, 5, 31, 32, 33, 64, 1000])
    func bucketsAreTheClosedForm(count: Int) throws {
        let probe = MetricsProbe()
        let histogram = probe.histogram(bounds: (0..<count).map { Double(10 * $0 + 9) })
        // Bucket i of width 10 gets the integers 10i … 10i + 9.
        let values = 10 * count + 20
        for value in 0..<values { histogram.record(Double(value)) }
        let point = try #require(try probe.collect().first?.histograms.first)
        #expect(point.bucketCounts == [UInt64](repeating: 10, count: count) + [20])
        #expect(point.explicitBounds.count == count)
        #expect(point.sum == Double(values * (values - 1) / 2))
    }

    @Test func boundsArePutInOrder() {
        let descriptor = InstrumentDescriptor(
            name: "h",
            kind: .histogram,
            bounds: [5, 1, 5, .nan, .infinity, -1]
        )
        #expect(descriptor.bounds == [-1, 1, 5])
    }

    /// Source: opentelemetry-proto `metrics/v1/metrics.proto`, `HistogramDataPoint.sum`.
    @Test func aHistogramWithNegativeValuesHasNoSum() throws {
        let probe = MetricsProbe()
        let histogram = probe.histogram()
        histogram.record(-1)
        histogram.record(3)
        let point = try #require(try probe.collect().first?.histograms.first)
        #expect(point.sum == nil && point.min == -1 && point.max == 3 && point.count == 2)
    }

    /// The syntax is that of https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax.
    @Test(arguments: [
        ("a", true), ("http.server-request/duration_1", true), (String(repeating: "x", count: 255), true),
        (String(repeating: "x", count: 256), false), ("", false), ("1a", false), ("_a", false), ("a b", false),
        ("ä", false), ("a\u{0}", false),
    ])
    func namesAreChecked(name: String, isValid: Bool) {
        #expect(InstrumentDescriptor.isValid(name: name) == isValid)
        let probe = MetricsProbe()
        #expect(probe.counter(name).add(1) == isValid)
        #expect(probe.provider.metricsStatus.refused == (isValid ? [:] : [.invalidName: 1]))
    }

    @Test func instrumentsOfOneNameAreOne() throws {
        let probe = MetricsProbe()
        probe.counter("Requests").add(1)
        probe.counter("requests").add(2)
        #expect(probe.track("REQUESTS", 4, kind: .counter))
        #expect(probe.track("requests", 8, kind: .counter))
        let metrics = try probe.collect()
        #expect(metrics.map(\.name) == ["Requests"])
        #expect(metrics.first?.numbers.map(\.integer) == [15])
        #expect(probe.provider.metricsStatus.conflicts == 0)
    }

    @Test func conflictsAreCountedAndBothInstrumentsWork() throws {
        let probe = MetricsProbe()
        #expect(probe.counter("x", unit: "s").add(1))
        #expect(probe.counter("x", unit: "By").add(1))
        #expect(probe.gauge("x").record(1))
        #expect(probe.provider.metricsStatus.conflicts == 2)
        let metrics = try probe.collect()
        #expect(metrics.map(\.unit) == ["s", "By", ""])
        #expect(metrics.prefix(2).map { $0.numbers.map(\.integer) } == [[1], [1]])
        // The same again is the same instrument.
        #expect(probe.counter("X", unit: "By").add(2))
        #expect(probe.track("x", 4, kind: .counter))
        #expect(try probe.collect().prefix(2).map { $0.numbers.map(\.integer) } == [[5], [3]])
        #expect(probe.provider.metricsStatus.conflicts == 2)
    }

    @Test func aNameIsWarnedAboutOnce() {
        let warnings = Mutex<[String]>([])
        let probe = MetricsProbe { $0.warn = { text in warnings.withLock { $0.append(text) } } }
        _ = (probe.counter("x", unit: "s"), probe.counter("x", unit: "By"), probe.gauge("X"), probe.gauge("y"))
        _ = (probe.histogram("h"), probe.histogram("h", bounds: [1]))
        #expect(
            warnings.withLock { $0 } == [
                "metric 'x' is a counter of integers, unit 'By', description '' and was a counter of integers, unit 's', "
                    + "description '' before; they are exported as two streams; give one of them another name",
                "metric 'h' is a histogram, unit '', description '', 1 bounds and was a histogram, unit '', description '', "
                    + "15 bounds before; the first bounds hold; give one of them another name",
            ]
        )
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func gaugesRefuseWhatIsNotFinite(value: Double) throws {
        let probe = MetricsProbe()
        let gauge = probe.gauge()
        #expect(gauge.record(1) && !gauge.record(value))
        #expect(try probe.collect().first?.numbers.map(\.double) == [1])
        #expect(probe.provider.metricsStatus.refused == [.notFinite: 1])
    }

    @Test func instrumentsAreLimited() {
        let probe = MetricsProbe { $0.instrumentLimit = 2 }
        for name in ["a", "b", "c"] { #expect(probe.counter(name).add(1) == (name != "c")) }
        #expect(!probe.track("d", 1.0, kind: .gauge))
        #expect(probe.provider.metricsStatus.refused == [.tooManyInstruments: 2])
        #expect(probe.provider.metricsStatus.instruments == 2)
    }
}
