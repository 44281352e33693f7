/// The account of one metric stream, as `GET /bench/ledger` answers it.
///
/// Doubles that JSON cannot hold are strings there: `"nan"`, `"inf"`, `"-inf"`.
/// A stream is a metric of one name, unit, kind, temporality and scope with one set of attributes.
package struct MetricStreamReport: Codable, Equatable, Sendable {
    /// What a metric's data are.
    package enum Kind: String, Codable, Equatable, Sendable {
        /// The last value counts.
        case gauge
        /// Increments that are added up.
        case sum
        /// A distribution over explicit bounds.
        case histogram
        /// A distribution over exponential buckets.
        case exponentialHistogram = "exponential_histogram"
        /// Quantiles computed by the sender.
        case summary
    }

    /// How the points of a stream relate to each other.
    package enum Temporality: String, Codable, Equatable, Sendable {
        /// Each point counts from the one before.
        case delta
        /// Each point counts from the stream's start.
        case cumulative
    }

    /// The metric's name.
    package var name: String
    /// The metric's unit in UCUM; empty when not set.
    package var unit: String
    /// Name of the instrumentation scope; empty when not set.
    package var scope: String
    /// The kind of data.
    package var kind: Kind
    /// Absent for gauges and summaries, and where the sender does not say.
    package var temporality: Temporality?
    /// Whether a sum never falls; absent for other kinds.
    package var isMonotonic: Bool?
    /// What tells the stream from others of the metric.
    package var attributes: [String: MetricAttributeValue]
    /// Points that arrived, the duplicated ones included.
    package var points: UInt64 = 0
    /// Points that had arrived before; they do not count in the sums.
    package var duplicated: UInt64 = 0
    /// How often a point contradicted the specification or the points before it.
    package var violations: UInt64 = 0
    /// Start of the last point's interval, in nanoseconds since 1970; 0 = not known.
    package var startUnixNano: UInt64 = 0
    /// Time of the last point, in nanoseconds since 1970.
    package var timeUnixNano: UInt64 = 0
    /// The total: the last cumulative value or the sum of the deltas; of a distribution the sum of its measurements.
    ///
    /// Absent for gauges, and where the sender gives no sum.
    package var sum: MetricNumber?
    /// The last point's value, of a gauge or a sum.
    package var last: MetricNumber?
    /// The total number of measurements of a distribution.
    package var count: UInt64?
    /// The least measurement of a distribution that any point told of.
    package var minimum: Double?
    /// The greatest measurement of a distribution that any point told of.
    package var maximum: Double?
    /// Upper bounds of a histogram's buckets.
    package var bounds: [Double]?
    /// Measurements in each of a histogram's buckets: in the last cumulative point, or added up.
    package var buckets: [UInt64]?

    private enum CodingKeys: String, CodingKey {
        case name, unit, scope, kind, temporality, attributes, points, duplicated, violations, sum, last, count, bounds
        case buckets
        case isMonotonic = "monotonic"
        case startUnixNano = "start_unix_nano"
        case timeUnixNano = "time_unix_nano"
        case minimum = "min"
        case maximum = "max"
    }
}

/// A number that stays an integer when it is one, in memory and in JSON.
///
/// Doubles that JSON cannot hold are strings there: `"nan"`, `"inf"`, `"-inf"`. An integral double is read back as an
/// integer from JSON, which knows no difference.
package enum MetricNumber: Equatable, Sendable {
    /// An integer, exact.
    case int(Int64)
    /// A double.
    case double(Double)

    /// The number as a double, rounded beyond 2^53.
    package var doubleValue: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }
}

extension MetricNumber: Codable {
    /// Reads a number, or a string for what JSON has no number for.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let text = try? container.decode(String.self) {
            guard let value = Double(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is not a number")
            }
            self = .double(value)
        } else {
            self = .double(try container.decode(Double.self))
        }
    }

    /// Writes a number, or a string for what JSON has no number for.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .int(let value): try container.encode(value)
        case .double(let value) where value.isFinite: try container.encode(value)
        case .double(let value): try container.encode("\(value)")
        }
    }
}

/// The value of a stream's attribute; what is neither a string, a number nor a Boolean is described in words.
package enum MetricAttributeValue: Equatable, Hashable, Sendable {
    /// Text, or the description of a value of another kind.
    case string(String)
    /// A Boolean.
    case bool(Bool)
    /// An integer.
    case int(Int64)
    /// A double.
    case double(Double)
}

extension MetricAttributeValue: Codable {
    /// Reads a JSON scalar.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Writes a JSON scalar.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let value): try container.encode(value)
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value) where value.isFinite: try container.encode(value)
        case .double(let value): try container.encode("\(value)")
        }
    }
}
