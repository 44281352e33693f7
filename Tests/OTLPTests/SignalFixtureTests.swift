import Testing

@testable import OTLP

/// Every signal, in protobuf as Google's runtime wrote it and in JSON: both mean the same, and what they should.
struct SignalFixtureTests {
    @Test(arguments: ["otlp", "escaped.otlp"])
    func logsInJSONAreThoseInProtobuf(form: String) throws {
        let decoded = try DecodedLogs(decoding: try Fixture.bytes("logs.bin"))
        #expect(try DecodedLogs(decodingJSON: try Fixture.bytes("logs.\(form).json")) == decoded)
        let record = try #require(decoded.logRecords.first)
        #expect(record.timeUnixNano == 1_700_000_000_000_000_001)
        #expect(record.observedTimeUnixNano == .max)
        #expect(record.traceID == Array(0xA0..<0xB0))
        #expect(record.droppedAttributesCount == .max)
        #expect(record["int.min"] == .int(.min))
        #expect(record["double.third"] == .double(1.0 / 3))
        #expect(record["double.small"] == .double(Double.leastNonzeroMagnitude))
        #expect(record["double.-0"] == .double(-0.0))
        #expect(record["bytes"] == .bytes(Array(0...255)))
        #expect(record["string"] == .string("größer \"quoted\" \\ / \u{8}\u{c}\n\r\t\u{1}\u{7f} 🛰️ \u{2028}"))
    }

    @Test(arguments: ["otlp", "escaped.otlp"])
    func tracesInJSONAreThoseInProtobuf(form: String) throws {
        let decoded = try DecodedTraces(decoding: try Fixture.bytes("traces.bin"))
        #expect(try DecodedTraces(decodingJSON: try Fixture.bytes("traces.\(form).json")) == decoded)
    }

    @Test func spansHaveEveryField() throws {
        let decoded = try DecodedTraces(decoding: try Fixture.bytes("traces.bin"))
        #expect(decoded.resources.map(\.scopes.count) == [1, 1])
        #expect(decoded.spans.count == 3 + 4)
        #expect(decoded.resources[1].scopes[0].name == "scope")
        let span = decoded.spans[1]
        #expect(span.traceID == Array(0xA0..<0xB0))
        #expect(span.spanID == Array(2..<10))
        #expect(span.parentSpanID == Array(1..<9))
        #expect(span.traceState == "vendor=value,other=1")
        #expect(span.name == "span.1 é")
        #expect(span.kind == 1)
        #expect(span.startTimeUnixNano == 1_700_000_000_000_000_001)
        #expect(span.endTimeUnixNano == 1_700_000_000_000_000_002)
        #expect(span["bench.id"] == .int(1))
        #expect(span.attributes.count == 23)
        #expect([span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount] == [1, 2, 3])
        #expect(span.events.map(\.name) == ["event.0", "event.1", "event.2"])
        #expect(span.events[2].timeUnixNano == 1_700_000_000_000_000_002)
        #expect(span.events[2].attributes.map(\.value) == [.int(2), .int(2)])
        #expect(span.events[2].droppedAttributesCount == 18)
        #expect(
            span.links.map(\.traceID) == [[UInt8](repeating: 0xC0, count: 16), [UInt8](repeating: 0xC1, count: 16)]
        )
        #expect(span.links[1].spanID == [UInt8](repeating: 0xD1, count: 8))
        #expect(span.links[1].traceState == "link=1")
        #expect(span.links[1].attributes == [DecodedAttribute(key: "link.attribute", value: .double(0.5))])
        #expect([span.links[1].droppedAttributesCount, span.links[1].flags] == [8, 0x100])
        #expect(span.statusCode == 2)
        #expect(span.statusMessage == "it failed")
        #expect(span.flags == 0x301)
        #expect(decoded.spans[2].spanID.isEmpty)
    }

    @Test(arguments: ["otlp", "escaped.otlp"])
    func metricsInJSONAreThoseInProtobuf(form: String) throws {
        let decoded = try DecodedMetrics(decoding: try Fixture.bytes("metrics.bin"))
        #expect(try DecodedMetrics(decodingJSON: try Fixture.bytes("metrics.\(form).json")) == decoded)
    }

    @Test func metricsHaveEveryField() throws {
        let metrics = try DecodedMetrics(decoding: try Fixture.bytes("metrics.bin")).metrics
        let (start, time): (UInt64, UInt64) = (1_700_000_000_000_000_000, 1_700_000_060_000_000_000)
        #expect(metrics.map(\.name) == ["gauge", "sum", "delta", "histogram", "exponential", "summary", "none"])
        #expect(metrics[0].description == "a gauge – größer")
        #expect(metrics[0].unit == "By")
        #expect(metrics[0].metadata == [DecodedAttribute(key: "meta", value: .string("data"))])
        #expect(metrics[6].data == .none)

        guard case .gauge(let gauge) = metrics[0].data, case .sum(let sum, 2, true) = metrics[1].data,
            case .sum(let delta, 1, false) = metrics[2].data, case .histogram(let histogram, 2) = metrics[3].data,
            case .exponentialHistogram(let exponential, 1) = metrics[4].data,
            case .summary(let summary) = metrics[5].data
        else {
            Issue.record("a metric has another kind: \(metrics.map(\.data))")
            return
        }
        #expect(gauge.map(\.value) == [.double(-0.0), .int(0), nil])
        #expect(gauge.map(\.flags) == [0, 1, 0])
        #expect(sum.map(\.value) == [.int(0), .int(1), .int(-1), .int(.max), .int(.min)])
        #expect(sum[0].startTimeUnixNano == start && sum[0].timeUnixNano == time)
        #expect(sum[0].exemplars.map(\.value) == [.int(-7), .double(2.5), nil])
        #expect(sum[0].exemplars[0].spanID == Array(1..<9))
        #expect(sum[0].exemplars[0].traceID == Array(0xA0..<0xB0))
        #expect(sum[0].exemplars[0].filteredAttributes == [DecodedAttribute(key: "filtered", value: .bool(true))])
        #expect(delta[0].value == .double(1e-7))
        #expect(histogram[0].count == (UInt64(1) << 63) + 5)
        #expect(histogram[0].sum == 0)
        #expect(histogram[0].bucketCounts == [1 << 63, 2, 0, 3])
        #expect(histogram[0].explicitBounds == [0, 5.5, 1e300])
        #expect(histogram[0].min == -1.5 && histogram[0].max == 1e301)
        #expect(histogram[1].sum == nil && histogram[1].min == nil && histogram[1].bucketCounts.isEmpty)
        #expect(exponential[0].scale == -10 && exponential[1].scale == 20)
        #expect(exponential[0].zeroCount == 3 && exponential[0].zeroThreshold == 0.125)
        #expect(exponential[0].positiveOffset == .min && exponential[0].negativeOffset == .max)
        #expect(exponential[0].positiveCounts == [0, 1, 300, .max] && exponential[0].negativeCounts == [4])
        #expect(summary[0].quantiles == [[0, 0], [0.5, 4], [1, 8]])
        #expect(summary[0].count == 5 && summary[0].sum == 12.5)
    }

    /// A file of damaged requests with the independent implementation's verdicts; its layout is in `generate_signals.py`.
    func verdicts(_ name: String) throws -> [(input: [UInt8], isValid: Bool)] {
        let bytes = try Fixture.bytes("\(name).mutations.bin")
        var position = 0
        func number(_ size: Int) -> Int {
            defer { position += size }
            return (0..<size).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        }
        return (0..<number(4)).map { _ in
            let size = number(2)
            let isValid = number(1) == 1
            defer { position += size }
            return (Array(bytes[position..<position + size]), isValid)
        }
    }

    @Test("Damaged traces are rejected where the independent implementation rejects them")
    func mutatedTraces() throws {
        let cases = try verdicts("traces")
        #expect(cases.count == 300)
        for (index, (input, isValid)) in cases.enumerated() {
            #expect(((try? DecodedTraces(decoding: input)) != nil) == isValid, "input \(index)")
        }
    }

    @Test("Damaged metrics are rejected where the independent implementation rejects them")
    func mutatedMetrics() throws {
        let cases = try verdicts("metrics")
        #expect(cases.count == 300)
        for (index, (input, isValid)) in cases.enumerated() {
            #expect(((try? DecodedMetrics(decoding: input)) != nil) == isValid, "input \(index)")
        }
    }
}
