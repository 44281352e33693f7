/// One of the `otel.sdk.*` metrics: what a client has counted of itself.
///
/// Source: https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
public struct SelfMetric: Sendable {
    /// The value of one series.
    public enum Value: Sendable, Equatable {
        /// A sum.
        case count(Int64)
        /// Durations in seconds, counted into buckets whose upper bounds are given.
        case durations(count: UInt64, sum: Double, minimum: Double, maximum: Double, buckets: [UInt64])
    }

    /// A series.
    public struct Point: Sendable {
        /// What the value belongs to.
        public var attributes: Attributes
        /// The value since the client was made.
        public var value: Value
    }

    /// The upper bounds of the buckets of durations, in seconds.
    public static let durationBounds: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]

    /// The metric's name, beginning with `otel.sdk.`.
    public var name: String
    /// What the values mean.
    public var kind: MetricKind
    /// In UCUM.
    public var unit: String
    /// One point for each set of attributes; what never happened has none.
    public var points: [Point]
}

extension SelfMetric {
    /// The metric as if an instrument had measured it.
    ///
    /// - Parameters:
    ///   - start: When the client was made, nanoseconds since 1970.
    ///   - time: When the values were read.
    /// - Returns: What a collection would have made of it.
    func snapshot(start: UInt64, time: UInt64) -> InstrumentSnapshot {
        let descriptor = InstrumentDescriptor(
            name: name,
            kind: kind,
            number: kind == .histogram ? .double : .integer,
            unit: unit,
            bounds: Self.durationBounds
        )
        return InstrumentSnapshot(
            descriptor: descriptor,
            temporality: .cumulative,
            series: points.map { SeriesTable.Series(attributes: $0.attributes, start: start) },
            words: points.flatMap { $0.value.words },
            time: time
        )
    }
}

extension SelfMetric.Value {
    /// The value as the words of a series.
    fileprivate var words: [UInt64] {
        switch self {
        case .count(let value):
            [1, UInt64(bitPattern: value), 0]
        case .durations(let count, let sum, let minimum, let maximum, let buckets):
            [count, sum.bitPattern, minimum.bitPattern, maximum.bitPattern] + buckets
        }
    }
}
