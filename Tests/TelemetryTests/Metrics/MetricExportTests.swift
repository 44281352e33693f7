import OTLP
import Platform
import TestSupport
import Testing

@testable import Telemetry

/// How collections are exported.
struct MetricExportTests {
    /// The bytes that opentelemetry-proto `metrics/v1/metrics.proto` asks for, written field by field.
    @Test func aSumIsEncodedByTheBook() throws {
        let instrument = Instrument(
            InstrumentDescriptor(name: "n", kind: .counter, number: .integer, unit: "By", description: "d"),
            settings: MetricSettings(),
            now: 5
        )
        #expect(Counter(instrument: instrument).add(7, ["k": "v"]))
        var snapshot = instrument.collect(time: 90, isLast: false)
        snapshot.series[0].start = 80
        let expected = ProtobufBytes { scope in
            scope.field(2) { metric in
                metric.field(1, string: "n")
                metric.field(2, string: "d")
                metric.field(3, string: "By")
                metric.field(7) { sum in
                    sum.field(1) { point in
                        point.field(2, fixed64: 80)
                        point.field(3, fixed64: 90)
                        point.field(6, fixed64: 7)
                        point.field(7) { attribute in
                            attribute.field(1, string: "k")
                            attribute.field(2) { $0.field(1, string: "v") }
                        }
                    }
                    sum.field(2, varint: 2)
                    sum.field(3, varint: 1)
                }
            }
        }
        #expect(encoded(snapshot) == expected.bytes)
    }

    /// As above, for a histogram with deltas.
    @Test func aHistogramIsEncodedByTheBook() throws {
        var settings = MetricSettings()
        settings.temporality = .delta
        let instrument = Instrument(
            InstrumentDescriptor(name: "n", kind: .histogram, bounds: [1, 2]),
            settings: settings,
            now: 5
        )
        for value in [0.5, 1, 1.5, 8] { #expect(Histogram(instrument: instrument).record(value)) }
        let expected = ProtobufBytes { scope in
            scope.field(2) { metric in
                metric.field(1, string: "n")
                metric.field(9) { histogram in
                    histogram.field(1) { point in
                        point.field(2, fixed64: 5)
                        point.field(3, fixed64: 90)
                        point.field(4, fixed64: 4)
                        point.field(5, fixed64: (11.0).bitPattern)
                        point.field(6, bytes: littleEndian([2, 1, 1]))
                        point.field(7, bytes: littleEndian([(1.0).bitPattern, (2.0).bitPattern]))
                        point.field(11, fixed64: (0.5).bitPattern)
                        point.field(12, fixed64: (8.0).bitPattern)
                    }
                    histogram.field(2, varint: 1)
                }
            }
        }
        #expect(encoded(instrument.collect(time: 90, isLast: false)) == expected.bytes)
    }

    @Test func cumulativePointsRepeatWhatCameBeforeFromAConstantStart() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        let histogram = probe.histogram()
        var starts: Set<UInt64> = []
        var lastTime: UInt64 = 0
        for round in 1...5 {
            counter.add(1, ["a": 1])
            histogram.record(1)
            let metrics = try probe.collect()
            let point = try #require(metrics.first?.numbers.first)
            #expect(point.integer == Int64(round))
            #expect(metrics.last?.histograms.map(\.count) == [UInt64(round)])
            #expect(point.timeUnixNano > lastTime && point.timeUnixNano >= point.startTimeUnixNano)
            lastTime = point.timeUnixNano
            starts.insert(point.startTimeUnixNano)
        }
        #expect(starts.count == 1)
    }

    @Test func deltasBeginWhereTheLastOneEnded() throws {
        let probe = MetricsProbe { $0.temporality = .delta }
        let counter = probe.counter()
        let upDown = probe.upDownCounter()
        var lastTime: UInt64?
        for round in 1...5 {
            counter.add(Int64(round))
            upDown.add(1)
            let metrics = try probe.collect()
            let point = try #require(metrics.first?.numbers.first)
            #expect(metrics.map(\.temporality) == [1, 2])
            #expect(point.integer == Int64(round))
            #expect(lastTime == nil || point.startTimeUnixNano == lastTime)
            #expect(point.timeUnixNano > point.startTimeUnixNano)
            lastTime = point.timeUnixNano
            // The specification's preference "delta" leaves up-down counters cumulative.
            #expect(metrics.last?.numbers.map(\.integer) == [Int64(round)])
        }
        #expect(probe.flush() == .success)
        // Nothing was measured but the up-down counter's value stands.
        #expect(try probe.collect().map(\.name) == ["u"])
    }

    @Test func largeCollectionsAreSplit() throws {
        let probe = MetricsProbe { $0.requestBytes = 2000 }
        for name in ["a", "b", "c"] {
            let counter = probe.counter(name)
            for index in 0..<200 { counter.add(Int64(index), ["index": .integer(Int64(index))]) }
        }
        probe.counter("large").add(1, ["text": .string(String(repeating: "x", count: 5000))])
        #expect(probe.flush() == .success)
        #expect(probe.transport.requests.filter { $0.count > 2000 }.count == 1)
        let metrics = try probe.requests().flatMap { $0 }
        var sums: [String: Int64] = [:]
        for metric in metrics {
            for point in metric.numbers { sums[metric.name, default: 0] += point.integer ?? 0 }
        }
        #expect(sums == ["a": 19_900, "b": 19_900, "c": 19_900, "large": 1])
        let status = probe.provider.metricsStatus
        #expect(status.collectedPoints == 601 && status.exportedPoints == 601 && status.queuedPoints == 0)
        #expect(status.requests == UInt64(probe.transport.requests.count) && status.collections == 1)
    }

    @Test func whatIsTooLargeIsCutInTheMiddleOnce() throws {
        let probe = MetricsProbe([.tooLarge(reason: "413"), .accepted(rejectedItems: 0), .tooLarge(reason: "413")])
        for name in ["a", "b", "c"] {
            let counter = probe.counter(name)
            for index in 0..<10 { counter.add(1, ["index": .integer(Int64(index))]) }
        }
        #expect(probe.flush() == .failure(lostItems: 15))
        #expect(try probe.requests().map { $0.map(\.name) } == [["a", "b", "c"], ["a", "b"], ["b", "c"]])
        #expect(try probe.requests().map { $0.map(\.numbers.count) } == [[10, 10, 10], [10, 5], [5, 10]])
        #expect(probe.provider.metricsStatus.dropped == [.exportRejected: 15])
        #expect(probe.provider.metricsStatus.exportedPoints == 15)
    }

    @Test func theHalvesOfAMetricAreWhole() throws {
        let probe = MetricsProbe([.tooLarge(reason: "413")])
        let counter = probe.counter("c", unit: "By", description: "what")
        for index in 0..<7 { counter.add(Int64(index), ["index": .integer(Int64(index))]) }
        let histogram = probe.histogram("h", bounds: [1, 2])
        for index in 0..<20 { histogram.record(1, ["index": .integer(Int64(index))]) }
        let gauge = probe.gauge("g")
        for index in 0..<2 { gauge.record(Double(index), ["index": .integer(Int64(index))]) }
        #expect(probe.flush() == .success)
        let requests = try probe.requests()
        try #require(requests.count == 3)
        // Nothing is lost or changed: what lies on one side is as it was, and the halves of the one that is cut make it up.
        #expect(requests[1].map(\.name) == ["c", "h"] && requests[2].map(\.name) == ["h", "g"])
        #expect(requests[1][0] == requests[0][0] && requests[2][1] == requests[0][2])
        let (first, second, whole) = (requests[1][1], requests[2][0], requests[0][1])
        #expect(first.histograms.count == 7 && second.histograms.count == 13)
        guard case .histogram(let points, let temporality) = whole.data else {
            Issue.record("\(whole.data)")
            return
        }
        #expect(first.data == .histogram(Array(points[..<7]), temporality: temporality))
        #expect(second.data == .histogram(Array(points[7...]), temporality: temporality))
        #expect(probe.provider.metricsStatus.exportedPoints == 29)
    }

    @Test func aSinglePointIsNotCut() throws {
        let probe = MetricsProbe([.tooLarge(reason: "413")])
        probe.counter().add(1, ["a": 1])
        #expect(probe.flush() == .failure(lostItems: 1))
        #expect(probe.transport.requests.count == 1)
    }

    @Test func theIntervalCollectsByItself() throws {
        let probe = MetricsProbe { $0.interval = 1_000_000 }
        probe.counter().add(1)
        #expect(Waiting.until { probe.provider.metricsStatus.collections >= 3 && probe.transport.requests.count >= 2 })
        #expect(probe.transport.mostConcurrent == 1)
    }

    @Test func nothingIsSentWhenNothingWasMeasured() throws {
        let probe = MetricsProbe()
        #expect(probe.flush() == .success)
        _ = probe.counter()
        #expect(probe.flush() == .success)
        #expect(probe.transport.requests.isEmpty)
    }

    @Test func retryableFailuresAreRepeated() throws {
        let unavailable = ExportAnswer.retryable(reason: "503", retryAfter: nil)
        let probe = MetricsProbe([unavailable, unavailable])
        probe.counter().add(1)
        #expect(probe.flush() == .success)
        #expect(probe.transport.requests.count == 3)
        #expect(Set(probe.transport.requests).count == 1)
        #expect(probe.provider.metricsStatus.retries == 2)
        #expect(probe.provider.metricsStatus.lastFailure == "503")
    }

    @Test func lossesAreReportedOnceAndCumulativePointsRecover() throws {
        let probe = MetricsProbe([.rejected(reason: "400"), .accepted(rejectedItems: 1)])
        let counter = probe.counter()
        counter.add(1, ["a": 1])
        counter.add(1, ["a": 2])
        #expect(probe.flush() == .failure(lostItems: 2))
        #expect(probe.flush() == .failure(lostItems: 1))
        #expect(try probe.collect().first?.numbers.map(\.integer) == [1, 1])
        let status = probe.provider.metricsStatus
        #expect(status.dropped == [.exportRejected: 2, .itemsRejected: 1])
        #expect(status.collectedPoints == 6 && status.exportedPoints == 3 && status.failedPoints == 3)
    }

    @Test func retriesEndWithTheExportTimeout() throws {
        let answers = [ExportAnswer](repeating: .retryable(reason: "refused", retryAfter: nil), count: 5000)
        let probe = MetricsProbe(answers) { $0.exportTimeout = 5_000_000 }
        probe.counter().add(1)
        #expect(probe.flush() == .failure(lostItems: 1))
        #expect(probe.provider.metricsStatus.dropped == [.retriesExhausted: 1])
    }

    @Test func aFlushTimesOut() throws {
        let probe = MetricsProbe(isHeld: true)
        probe.counter().add(1)
        let ticket = probe.provider.beginFlush()
        let result = probe.provider.finishFlush(ticket, deadline: MonotonicClock.deadline(after: 10_000_000)).result
        guard case .timedOut = result else {
            Issue.record("\(result)")
            return
        }
        probe.transport.release()
        #expect(probe.flush() == .success)
    }

    @Test func withoutAThreadNoFlushSucceeds() {
        let reader = MetricReader(registry: InstrumentRegistry(settings: MetricSettings()), settings: MetricSettings())
        #expect(reader.claimStart() && !reader.claimStart())
        reader.startFailed("no thread")
        #expect(reader.finishFlush(reader.beginFlush(), deadline: .max).result == .timedOut(pendingItems: 0))
        #expect(reader.status.lastFailure == "no thread")
        #expect(reader.claimStart())
    }

    @Test func shutdownDeliversAndThenRefuses() throws {
        let probe = MetricsProbe()
        let counter = probe.counter()
        counter.add(1, ["a": 1])
        counter.add(1)
        #expect(probe.shutdown() == .success)
        #expect(try probe.requests().flatMap { $0 }.first?.numbers.count == 2)
        for attributes in [[:], ["a": 1], ["a": 2]] as [Attributes] { #expect(!counter.add(1, attributes)) }
        #expect(!counter.add(-1))
        #expect(!probe.gauge().record(1))
        #expect(probe.provider.metricsStatus.refused == [.alreadyShutdown: 5])
        #expect(probe.shutdown() == nil)
        #expect(probe.flush() == .success)
        #expect(probe.transport.requests.count == 1)
    }

    @Test func shutdownGivesUpInTime() throws {
        let probe = MetricsProbe(isHeld: true)
        let counter = probe.counter()
        counter.add(1)
        #expect(probe.provider.close())
        let ticket = probe.provider.beginFlush()
        let result = probe.provider.finishFlush(ticket, deadline: MonotonicClock.deadline(after: 10_000_000)).result
        probe.provider.abandon()
        guard case .timedOut = result else {
            Issue.record("\(result)")
            return
        }
        #expect(Waiting.until { probe.provider.metricsStatus.dropped == [.shutdownTimedOut: 1] })
        #expect(!counter.add(1))
    }

    @Test func aProviderThatIsReleasedStillDelivers() throws {
        let transport: ScriptedTransport
        do {
            let probe = MetricsProbe()
            probe.counter().add(1)
            transport = probe.transport
        }
        #expect(Waiting.until { transport.requests.count == 1 })
    }

    private func encoded(_ snapshot: InstrumentSnapshot) -> [UInt8] {
        var chunk = Chunk(capacity: 16)
        defer { chunk.deallocate() }
        #expect(MetricEncoder(snapshot).append(from: 0, to: &chunk, byteLimit: 1 << 20) == snapshot.series.count)
        return Array(chunk.bytes)
    }

    private func littleEndian(_ values: [UInt64]) -> [UInt8] {
        values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) } }
    }
}
