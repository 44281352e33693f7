/// What an instrument is: fixed when it is made.
struct InstrumentDescriptor: Sendable {
    /// In which numbers a sum is kept.
    enum Number: Sendable, Hashable {
        case integer
        case double
    }

    var name: String
    var kind: MetricKind
    var number: Number
    var unit: String
    var description: String
    /// The upper, inclusive bounds of a histogram's buckets: finite and ascending; empty for other kinds.
    var bounds: [Double]

    /// Describes an instrument.
    ///
    /// - Parameters:
    ///   - name: Not checked here.
    ///   - kind: What the values mean.
    ///   - number: In which numbers a sum is kept; gauges and histograms have doubles.
    ///   - unit: In UCUM, or empty.
    ///   - description: Or empty.
    ///   - bounds: Of a histogram, in any order; the default bounds when nil.
    init(
        name: String,
        kind: MetricKind,
        number: Number = .double,
        unit: String = "",
        description: String = "",
        bounds: [Double]? = nil
    ) {
        self.name = name
        self.kind = kind
        self.number = number
        self.unit = unit
        self.description = description
        guard kind == .histogram else {
            self.bounds = []
            return
        }
        self.bounds = []
        for bound in (bounds ?? Histogram.defaultBounds).filter(\.isFinite).sorted() where bound != self.bounds.last {
            self.bounds.append(bound)
        }
    }

    /// Whether the sum never goes down.
    var isMonotonic: Bool {
        kind == .counter
    }

    /// What the points of the instrument cover, if this is what the client prefers.
    ///
    /// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/#additional-environment-variable-configuration
    func temporality(preferring preference: AggregationTemporality) -> AggregationTemporality {
        switch kind {
        case .counter, .histogram: preference
        case .upDownCounter, .gauge: .cumulative
        }
    }

    /// Whether a name is one that an instrument may have.
    ///
    /// Source: https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax
    static func isValid(name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= 255 else { return false }
        guard isLetter(first) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "/"):
                true
            default: isLetter(byte)
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
