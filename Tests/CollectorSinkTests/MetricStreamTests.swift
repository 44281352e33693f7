import Foundation
import OTLP
import TestSupport
import Testing

@testable import CollectorSink

/// Metric streams in the ledger: what points add up to, and what they must not do.
struct MetricStreamTests {
    let ledger: DeliveryLedger

    init() {
        self.init(ledger: DeliveryLedger())
    }

    private init(ledger: DeliveryLedger) {
        self.ledger = ledger
    }

    /// Enters a request of these metrics in JSON.
    func receive(_ metrics: String..., run: String = "r") throws {
        let json = """
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"bench.run_id","value":{"stringValue":"\(run)"}}]},
            "scopeMetrics":[{"scope":{"name":"s"},"metrics":[\(metrics.joined(separator: ","))]}]}]}
            """
        var transcoder = OTLPJSONTranscoder()
        let ledger = ledger
        try Array(json.utf8).withUnsafeBytes { bytes in
            let error = try transcoder.transcode(bytes, of: .metrics) { protobuf -> OTLPDecodingError? in
                var intake = Intake(ledger: ledger)
                do throws(OTLPDecodingError) {
                    try intake.receive(protobuf, of: .metrics)
                    return nil
                } catch {
                    return error
                }
            }
            if let error { throw error }
        }
    }

    func sum(
        _ value: String,
        start: Int = 1,
        time: Int,
        temporality: Int = 2,
        isMonotonic: Bool = true,
        color: String? = nil
    )
        -> String
    {
        let attributes = color.map { "{\"key\":\"color\",\"value\":{\"stringValue\":\"\($0)\"}}" } ?? ""
        return """
            {"name":"sum","unit":"By","sum":{"aggregationTemporality":\(temporality),"isMonotonic":\(isMonotonic),
            "dataPoints":[{"startTimeUnixNano":\(start),"timeUnixNano":\(time),\(value),"attributes":[\(attributes)]}]}}
            """
    }

    func histogram(
        _ buckets: String,
        bounds: String = "[1,2]",
        count: Int,
        sum: Double,
        start: Int = 1,
        time: Int,
        delta: Bool
    )
        -> String
    {
        """
        {"name":"histogram","histogram":{"aggregationTemporality":\(delta ? 1 : 2),"dataPoints":[{"startTimeUnixNano":\(start),
        "timeUnixNano":\(time),"count":\(count),"sum":\(sum),"min":\(time),"max":\(time * 2),"bucketCounts":\(buckets),
        "explicitBounds":\(bounds)}]}}
        """
    }

    var metrics: LedgerReport.MetricSignal { ledger.report(run: "r").signals.metrics }

    // MARK: - Sums

    @Test func lastCumulativeValueIsTheSum() throws {
        try receive(sum("\"asInt\":\"5\"", time: 10), sum("\"asInt\":\"1\"", time: 10, color: "red"))
        try receive(sum("\"asInt\":\"9007199254740993\"", time: 20), sum("\"asInt\":\"4\"", time: 20, color: "red"))
        #expect(metrics.violations == 0)
        #expect(metrics.points == 4)
        #expect(metrics.requests == 2)
        #expect(metrics.streams.map(\.sum) == [.int(9_007_199_254_740_993), .int(4)])
        let stream = try #require(metrics.streams.last)
        #expect(stream.name == "sum" && stream.unit == "By" && stream.scope == "s")
        #expect(stream.kind == .sum && stream.temporality == .cumulative && stream.isMonotonic == true)
        #expect(stream.attributes == ["color": .string("red")])
        #expect(stream.points == 2 && stream.startUnixNano == 1 && stream.timeUnixNano == 20)
        #expect(stream.last == .int(4))
        // Metrics are no items.
        #expect(ledger.report(run: "r").items == 0)
        #expect(ledger.report(run: "r").requests == 0)
    }

    @Test func deltasAreAddedUpExactly() throws {
        try receive(sum("\"asInt\":\"9007199254740993\"", start: 1, time: 10, temporality: 1))
        try receive(sum("\"asInt\":\"1\"", start: 10, time: 20, temporality: 1))
        try receive(sum("\"asInt\":\"1\"", start: 25, time: 30, temporality: 1))
        #expect(metrics.violations == 0)
        #expect(metrics.streams.map(\.sum) == [.int(9_007_199_254_740_995)])
        #expect(metrics.streams.map(\.last) == [.int(1)])
    }

    @Test("A point that comes again, as after a lost answer, counts once")
    func repeatedPoints() throws {
        for _ in 0..<3 { try receive(sum("\"asInt\":\"5\"", time: 10, temporality: 1)) }
        #expect(metrics.duplicated == 2)
        #expect(metrics.points == 3)
        #expect(metrics.violations == 0)
        #expect(metrics.streams.map(\.sum) == [.int(5)])
    }

    @Test func upDownSumsMayFall() throws {
        try receive(sum("\"asDouble\":2.5", time: 10, isMonotonic: false))
        try receive(sum("\"asDouble\":-2.5", time: 20, isMonotonic: false))
        #expect(metrics.violations == 0)
        #expect(metrics.streams.map(\.sum) == [.double(-2.5)])
    }

    @Test("What contradicts the points before it is a violation, in words")
    func violations() throws {
        try receive(sum("\"asInt\":\"5\"", start: 5, time: 10))
        try receive(sum("\"asInt\":\"4\"", start: 5, time: 20))
        try receive(sum("\"asInt\":\"6\"", start: 6, time: 30))
        try receive(sum("\"asInt\":\"7\"", start: 6, time: 29))
        try receive(sum("\"flags\":0", start: 6, time: 31))
        try receive(sum("\"asInt\":\"1\"", start: 1, time: 10, temporality: 1))
        try receive(sum("\"asInt\":\"1\"", start: 9, time: 20, temporality: 1))
        try receive(sum("\"asInt\":\"-1\"", start: 20, time: 30, temporality: 1))
        try receive(sum("\"asInt\":\"1\"", time: 10, temporality: 0))
        try receive("{\"name\":\"nothing\"}")
        #expect(
            metrics.violationMessages == [
                "sum: the monotonic sum falls from 5.0 to 4.0", "sum: the start changes from 5 to 6",
                "sum: time goes back from 30 to 29", "sum: a point has no value",
                "sum: the interval from 9 overlaps the one before, to 10",
                "sum: the monotonic sum falls from 0.0 to -1.0",
                "sum: aggregation temporality 0 is neither delta nor cumulative", "metric nothing has no data",
            ]
        )
        #expect(metrics.violations == 8)
    }

    // MARK: - Other kinds

    @Test func gaugesKeepTheLastValue() throws {
        func gauge(_ value: Double, time: Int) -> String {
            "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\(time),\"asDouble\":\(value)}]}}"
        }
        try receive(gauge(1.5, time: 10), gauge(-2, time: 20))
        #expect(metrics.streams.map(\.last) == [.double(-2)])
        #expect(metrics.streams.map(\.sum) == [nil])
        #expect(metrics.streams.map(\.temporality) == [nil])
        #expect(metrics.violations == 0)
    }

    @Test(arguments: [true, false])
    func histogramsAddUp(isDelta: Bool) throws {
        try receive(histogram("[1,0,2]", count: 3, sum: 4.5, start: 1, time: 10, delta: isDelta))
        let second =
            isDelta
            ? histogram("[0,1,1]", count: 2, sum: 1.5, start: 10, time: 20, delta: true)
            : histogram("[1,1,3]", count: 5, sum: 6, start: 1, time: 20, delta: false)
        try receive(second)
        let stream = try #require(metrics.streams.first)
        #expect(metrics.violationMessages == [])
        #expect(stream.count == 5)
        #expect(stream.sum == .double(6))
        #expect(stream.buckets == [1, 1, 3])
        #expect(stream.bounds == [1, 2])
        #expect(stream.minimum == 10 && stream.maximum == 40)
    }

    @Test func histogramsThatContradictThemselves() throws {
        try receive(histogram("[1,0]", count: 1, sum: 1, time: 10, delta: false))
        try receive(histogram("[1,0,1]", count: 3, sum: 1, time: 20, delta: false))
        try receive(histogram("[0,0,3]", count: 3, sum: 1, time: 30, delta: false))
        try receive(histogram("[0,0,2]", bounds: "[2,1]", count: 2, sum: 1, time: 40, delta: false))
        #expect(
            metrics.violationMessages == [
                "histogram: 2 buckets do not fit 2 bounds", "histogram: the buckets hold 2 measurements, not 3",
                "histogram: a bucket's count falls", "histogram: the bounds do not ascend",
                "histogram: the bounds have changed",
                "histogram: the count falls from 3 to 2",
            ]
        )
    }

    @Test func everyKindOfAFixtureIsTaken() throws {
        try receive(
            """
            {"name":"e","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[{"startTimeUnixNano":1,
            "timeUnixNano":2,"count":"6","sum":3.5,"scale":2,"zeroCount":"1","positive":{"offset":-1,"bucketCounts":["2","3"]}}]}}
            """,
            """
            {"name":"q","summary":{"dataPoints":[{"timeUnixNano":2,"count":"6","sum":3.5,
            "quantileValues":[{"quantile":0.5,"value":2}]}]}}
            """
        )
        #expect(metrics.violationMessages == [])
        #expect(metrics.streams.map(\.kind) == [.exponentialHistogram, .summary])
        #expect(metrics.streams.map(\.count) == [6, 6])
        #expect(metrics.streams.map(\.sum) == [.double(3.5), .double(3.5)])
    }

    // MARK: - Streams

    @Test("The order of attributes means nothing; their values, kinds and the scope do")
    func streamsAreToldApart() throws {
        func gauge(_ attributes: String) -> String {
            "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":1,\"asInt\":1,\"attributes\":[\(attributes)]}]}}"
        }
        let (a, b) = ("{\"key\":\"a\",\"value\":{\"intValue\":1}}", "{\"key\":\"b\",\"value\":{\"boolValue\":true}}")
        try receive(gauge("\(a),\(b)"))
        try receive(gauge("\(b),\(a)"))
        try receive(gauge("\(a)"))
        try receive(gauge("{\"key\":\"a\",\"value\":{\"stringValue\":\"1\"}}"))
        #expect(metrics.streams.count == 3)
        #expect(metrics.duplicated == 1)
        #expect(metrics.streams.map(\.attributes).contains(["a": .int(1), "b": .bool(true)]))
        #expect(metrics.violations == 0)
        try receive(gauge("\(b),\(b)"))
        #expect(metrics.violationMessages == ["g: the attribute b occurs twice"])
    }

    @Test func streamsBeyondTheLimitAreRefused() throws {
        var limits = LedgerLimits()
        limits.maximumMetricStreams = 2
        let test = MetricStreamTests(ledger: DeliveryLedger(limits: limits))
        for color in ["red", "green", "blue", "red"] {
            try test.receive(test.sum("\"asInt\":1", time: 10, color: color))
        }
        #expect(test.metrics.streams.count == 2)
        #expect(test.metrics.refused == 1)
        #expect(test.metrics.points == 4)
    }

    @Test("Nothing of a malformed request is entered, however late the fault")
    func malformedRequests() throws {
        let body = ProtobufBytes {
            $0.field(1) {
                $0.field(1) {
                    $0.field(1) {
                        $0.field(1, string: "bench.run_id")
                        $0.field(2) { $0.field(1, string: "r") }
                    }
                }
                $0.field(2) {
                    $0.field(2) {
                        $0.field(1, string: "good")
                        $0.field(5) { $0.field(1) { $0.field(3, fixed64: 1) } }
                    }
                    $0.field(2) { $0.field(5) { $0.field(1, bytes: [0x19, 0]) } }
                }
            }
        }
        var intake = Intake(ledger: ledger)
        #expect(throws: OTLPDecodingError.self) {
            try body.bytes.withUnsafeBytes { try intake.receive($0, of: .metrics) }
        }
        #expect(metrics.points == 0 && metrics.streams.isEmpty && metrics.requests == 0)
        #expect(metrics.malformedRequests == 1)
        #expect(ledger.report(run: "r").malformedRequests == 1)
    }

    @Test("A point with more attributes than the limit is refused, and counted")
    func tooManyAttributes() throws {
        func gauge(_ attributes: Int) -> String {
            let list = (0..<attributes).map { "{\"key\":\"k\($0)\",\"value\":{\"intValue\":1}}" }.joined(separator: ",")
            return
                "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":1,\"asInt\":1,\"attributes\":[\(list)]}]}}"
        }
        try receive(gauge(1000), gauge(1001))
        #expect(metrics.points == 2 && metrics.refused == 1 && metrics.streams.count == 1)
    }

    @Test("Streams and buckets beyond the ledger's memory are refused, and what is there stays")
    func noMemoryLeft() throws {
        var limits = LedgerLimits()
        limits.maximumBytes = 3000
        let tests = MetricStreamTests(ledger: DeliveryLedger(limits: limits))
        let bounds = (0..<200).map(String.init).joined(separator: ",")
        let buckets = (0...200).map { _ in "0" }.joined(separator: ",")
        try tests.receive(histogram("[1,0,2]", count: 3, sum: 4.5, time: 10, delta: true))
        try tests.receive(histogram("[\(buckets)]", bounds: "[\(bounds)]", count: 0, sum: 0, time: 20, delta: true))
        #expect(tests.metrics.points == 2 && tests.metrics.refused == 1)
        #expect(tests.metrics.streams.map(\.buckets) == [[1, 0, 2]])
        let name = String(repeating: "n", count: 1000)
        try tests.receive("{\"name\":\"\(name)\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":1,\"asInt\":1}]}}")
        #expect(tests.metrics.points == 3 && tests.metrics.refused == 2 && tests.metrics.streams.count == 1)
    }

    @Test func messagesAreCutToTheirLimit() throws {
        let name = String(repeating: "n", count: 1000)
        try receive("{\"name\":\"\(name)\"}")
        #expect(metrics.violations == 1 && metrics.violationMessages.map(\.count) == [500])
    }

    @Test func reportIsReadBackFromItsJSON() throws {
        try receive(
            sum("\"asInt\":\"9007199254740993\"", time: 10, color: "red"),
            histogram("[1,0,2]", count: 3, sum: 4.5, start: 1, time: 10, delta: true)
        )
        try receive(
            """
            {"name":"edges","histogram":{"aggregationTemporality":1,"dataPoints":[{"timeUnixNano":1,"count":1,
            "bucketCounts":[1,0],"explicitBounds":["Infinity"],"min":"-Infinity","max":"Infinity"}]}}
            """
        )
        try receive("{\"name\":\"nan\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":1,\"asDouble\":\"Infinity\"}]}}")
        let report = ledger.report(run: "r")
        let json = try JSONEncoder.forAnswers().encode(report)
        #expect(try LedgerReport(decodingJSON: json) == report)
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.contains("\"sum\":9007199254740993"))
        #expect(text.contains("\"last\":\"inf\""))
        #expect(text.contains("\"bounds\":[\"inf\"]") && text.contains("\"min\":\"-inf\""))
    }
}
