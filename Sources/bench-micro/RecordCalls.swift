import Telemetry

/// The calls that `bench micro record` measures, each a function of its own as it would be in a program: in one large
/// function the compiler gives up on keeping lists of attributes off the heap.
///
/// All take the number of the call, from 0, and tell whether the item was accepted.
enum RecordCalls {
    /// Ten keys of 20 characters, made at run time.
    static let keys = (0..<10).map { "bench.attribute.000\($0)" }
    /// Ten values of 20 characters, made at run time.
    static let values = (0..<10).map { "abcdefghijklmnopqrs\($0)" }

    /// Attributes of 20 and 20 characters, as in OpenTelemetry's benchmark specification.
    @inline(__always)
    static func ten(_ keys: [String], _ values: [String]) -> Attributes {
        var attributes = Attributes(capacity: 10)
        for index in 0..<10 { attributes.append(keys[index], .string(values[index])) }
        return attributes
    }

    /// The same, known when the program is compiled.
    @inline(__always)
    static func tenLiterals() -> Attributes {
        [
            "bench.attribute.0000": "abcdefghijklmnopqrs0", "bench.attribute.0001": "abcdefghijklmnopqrs1",
            "bench.attribute.0002": "abcdefghijklmnopqrs2", "bench.attribute.0003": "abcdefghijklmnopqrs3",
            "bench.attribute.0004": "abcdefghijklmnopqrs4", "bench.attribute.0005": "abcdefghijklmnopqrs5",
            "bench.attribute.0006": "abcdefghijklmnopqrs6", "bench.attribute.0007": "abcdefghijklmnopqrs7",
            "bench.attribute.0008": "abcdefghijklmnopqrs8", "bench.attribute.0009": "abcdefghijklmnopqrs9",
        ]
    }

    @inline(never)
    static func event(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.trackEvent("bench.event")
    }

    @inline(never)
    static func eventWithOne(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.trackEvent("bench.event", ["bench.id": .integer(Int64(index))])
    }

    @inline(never)
    static func eventWithTen(_ keys: [String], _ values: [String], _ telemetry: Telemetry) -> Bool {
        telemetry.trackEvent("bench.event", ten(keys, values))
    }

    @inline(never)
    static func logWithOne(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.trackLog("the cache is warm now", ["bench.id": .integer(Int64(index))])
    }

    @inline(never)
    static func spanWithOne(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))]).end()
    }

    @inline(never)
    static func spanWithTen(_ keys: [String], _ values: [String], _ telemetry: Telemetry) -> Bool {
        telemetry.startSpan("bench.span", attributes: ten(keys, values)).end()
    }

    @inline(never)
    static func spanWithTenLiterals(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.startSpan("bench.span", attributes: tenLiterals()).end()
    }

    @inline(never)
    static func spanWithEvent(_ telemetry: Telemetry, _ index: Int) -> Bool {
        let span = telemetry.startSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))])
        span.addEvent("bench.step")
        span.setStatus(.ok)
        return span.end()
    }

    @inline(never)
    static func withSpan(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.withSpan("bench.span", attributes: ["bench.id": .integer(Int64(index))]) { _ in true }
    }

    @inline(never)
    static func metricWithOne(_ telemetry: Telemetry, _ index: Int) -> Bool {
        telemetry.trackMetric("bench.metric", 1, kind: .counter, ["bench.id": .integer(Int64(index & 7))])
    }

    @inline(never)
    static func counterWithOne(_ counter: Counter, _ index: Int) -> Bool {
        counter.add(1, ["bench.id": .integer(Int64(index & 7))])
    }
}
