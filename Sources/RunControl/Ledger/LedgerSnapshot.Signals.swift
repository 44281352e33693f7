package import Results

extension LedgerSnapshot {
    /// What arrived, signal by signal; a sink that does not tell them apart leaves it out.
    package struct Signals: Decodable, Sendable, Equatable {
        /// Log records, and so events.
        package var logs: ItemSignal?
        /// Spans.
        package var spans: ItemSignal?
        /// Metrics, by what their streams add up to.
        package var metrics: MetricSignal?
    }

    /// Arrivals so far, in all phases.
    package struct Arrivals: Codable, Sendable, Equatable {
        /// Different items.
        package var distinct: UInt64 = 0
        /// Of items that had arrived before.
        package var duplicated: UInt64 = 0
    }

    /// Arrivals so far, in all phases.
    package var arrivals: Arrivals {
        Arrivals(distinct: distinct, duplicated: duplicated)
    }

    /// Arrivals so far that no healthy system causes.
    package struct Strays: Codable, Sendable, Equatable {
        /// Without an id that a producer could have given.
        package var foreign: UInt64 = 0
        /// Against the specification; nil where nobody looked.
        package var invalid: UInt64?
    }

    /// Arrivals so far that no healthy system causes.
    package var strays: Strays {
        let invalid = [signals?.logs?.invalid, signals?.spans?.invalid].compactMap(\.self)
        return Strays(foreign: foreign, invalid: invalid.isEmpty ? nil : invalid.reduce(0, +))
    }

    /// The account of a signal whose items have ids.
    package struct ItemSignal: Decodable, Sendable, Equatable {
        /// Different items that arrived.
        package var distinct: UInt64
        /// Arrivals of items that had arrived before.
        package var duplicated: UInt64
        /// Items that break the specification; absent where nobody looked.
        package var invalid: UInt64?
        /// What the sink found; absent where it does not look.
        package var findings: LedgerFindings?
    }

    /// The account of the metrics.
    package struct MetricSignal: Decodable, Sendable, Equatable {
        /// Data points that arrived.
        package var points: UInt64
        /// How often a point contradicted the specification or the points before it.
        package var violations: UInt64
        /// The first of these in words.
        package var violationMessages: [String]?
        /// Requests received.
        package var requests: UInt64?
        /// Bytes of their bodies.
        package var bodyBytes: UInt64?
        /// Every stream, by name and attributes.
        package var streams: [Stream]

        private enum CodingKeys: String, CodingKey {
            case points
            case violations
            case violationMessages = "violation_messages"
            case requests
            case bodyBytes = "body_bytes"
            case streams
        }
    }

    /// One metric with one set of attributes.
    package struct Stream: Decodable, Sendable, Equatable {
        /// The metric's name.
        package var name: String
        /// The producer whose measurements it holds; nil where all share a stream.
        package var producer: Int?
        /// The total of a sum, whatever its temporality.
        package var sum: Double?
        /// The last value of a gauge or a sum.
        package var last: Double?
        /// The number of measurements of a distribution.
        package var count: UInt64?

        /// Makes the account of a stream.
        package init(
            name: String,
            producer: Int? = nil,
            sum: Double? = nil,
            last: Double? = nil,
            count: UInt64? = nil
        ) {
            self.name = name
            self.producer = producer
            self.sum = sum
            self.last = last
            self.count = count
        }

        private enum CodingKeys: String, CodingKey {
            case name
            case attributes
            case sum
            case last
            case count
        }

        private enum AttributeKeys: String, CodingKey {
            case producer = "bench.producer"
        }

        /// Reads a stream; of its attributes only the producer matters here.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            let attributes = try? container.nestedContainer(keyedBy: AttributeKeys.self, forKey: .attributes)
            producer = try? attributes?.decode(Int.self, forKey: .producer)
            // What JSON has no number for stands there as a text, and is the total of nothing that we measured.
            sum = try? container.decode(Double.self, forKey: .sum)
            last = try? container.decode(Double.self, forKey: .last)
            count = try container.decodeIfPresent(UInt64.self, forKey: .count)
        }
    }
}
