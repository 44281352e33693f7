import OTLP

/// A metric of a request that has been found valid, on its way into the ledger; its views are valid only during the call.
internal struct StagedMetric {
    /// Name of the instrumentation scope.
    internal var scope: OTLPText
    /// The metric's name.
    internal var name: OTLPText
    /// The metric's unit.
    internal var unit: OTLPText
    /// Its points.
    internal var data: MetricView.Data
}

/// What arrived of a run's metrics: its streams, by name and attributes.
///
/// A few hundred points a second, so strings and dictionaries are good enough here.
internal struct MetricAccount {
    /// Data points so far.
    internal private(set) var points: UInt64 = 0
    /// Requests rejected as malformed.
    internal var malformedRequests: UInt64 = 0

    private let limits: LedgerLimits
    /// What streams take their memory from, and never give back: they last as long as the ledger.
    private let budget: MemoryBudget
    private var requests: UInt64 = 0
    private var bodyBytes: UInt64 = 0
    private var refused: UInt64 = 0
    private var violations: UInt64 = 0
    private var messages: [String] = []
    /// What was found in the metric at hand, and the number of its request.
    private var found = WireViolations()
    private var request: UInt64 = 0
    private var streams: [MetricStream] = []
    /// Indices of ``streams`` by the bytes that tell a stream from others.
    private var index: [[UInt8]: Int] = [:]
    /// The key at hand: kept, so that a known stream needs no memory for it.
    private var key: [UInt8] = []

    /// An empty account.
    internal init(limits: LedgerLimits, budget: MemoryBudget) {
        self.limits = limits
        self.budget = budget
    }

    /// Counts a valid request with a body of this size.
    internal mutating func countRequest(bodyBytes: Int) {
        requests += 1
        self.bodyBytes += UInt64(bodyBytes)
    }

    /// Enters all points of a metric.
    ///
    /// - Parameters:
    ///   - metric: The metric.
    ///   - request: The number of its request.
    /// - Returns: What is wrong with the points. Keys that occur twice are left to ``WireCheck``, which sees every point.
    internal mutating func enter(_ metric: StagedMetric, request: UInt64) -> WireViolations {
        self.request = request
        found = WireViolations()
        enter(metric)
        return found
    }

    private mutating func enter(_ metric: StagedMetric) {
        switch metric.data {
        case .none:
            note("metric \(metric.name.lossyString) has no data", .emptyEnvelope)
        case .gauge(let gauge):
            let family = Family(metric: metric, kind: .gauge)
            for point in gauge.points {
                enter(point.attributes, family) { $0.enter(gauge: point) }
            }
        case .sum(let sum):
            var family = Family(metric: metric, kind: .sum, temporality: sum.temporality)
            family.isMonotonic = sum.isMonotonic
            for point in sum.points {
                enter(point.attributes, family) { $0.enter(sum: point) }
            }
        case .histogram(let histogram):
            let family = Family(metric: metric, kind: .histogram, temporality: histogram.temporality)
            for point in histogram.points {
                let numbers = point.bucketCounts.total + point.explicitBounds.total
                enter(point.attributes, family, numbers: numbers) { $0.enter(histogram: point) }
            }
        case .exponentialHistogram(let histogram):
            let family = Family(metric: metric, kind: .exponentialHistogram, temporality: histogram.temporality)
            for point in histogram.points {
                enter(point.attributes, family) { $0.enter(exponentialHistogram: point) }
            }
        case .summary(let summary):
            let family = Family(metric: metric, kind: .summary)
            for point in summary.points {
                enter(point.attributes, family) { $0.enter(summary: point) }
            }
        }
    }

    /// The account as it is now.
    internal func report() -> LedgerReport.MetricSignal {
        var report = LedgerReport.MetricSignal()
        report.requests = requests
        report.bodyBytes = bodyBytes
        report.malformedRequests = malformedRequests
        report.points = points
        report.refused = refused
        report.violations = violations
        report.violationMessages = messages
        report.streams = streams.map(\.report).sorted { left, right in
            (left.name, left.attributesDescription) < (right.name, right.attributesDescription)
        }
        report.duplicated = report.streams.reduce(0) { $0 + $1.duplicated }
        return report
    }

    /// What the streams of a metric have in common.
    private struct Family {
        var metric: StagedMetric
        var kind: MetricStreamReport.Kind
        var temporality: Int32 = 0
        var isMonotonic: Bool?
    }

    /// Enters a point, of whose numbers the stream keeps so many.
    private mutating func enter(
        _ attributes: AttributeList,
        _ family: Family,
        numbers: Int = 0,
        _ body: (inout MetricStream) -> [PointFault]
    ) {
        points += 1
        guard let position = findStream(attributes, family), reserve(numbers, forStream: position) else {
            refused += 1
            return
        }
        for fault in body(&streams[position]) {
            let report = streams[position].report
            note("\(report.name)\(report.attributesDescription): \(fault.text)", fault.kind)
        }
    }

    /// Takes memory for what a stream keeps of a histogram beyond what it has already; whether it was left.
    private func reserve(_ numbers: Int, forStream position: Int) -> Bool {
        let held = (streams[position].report.buckets?.count ?? 0) + (streams[position].report.bounds?.count ?? 0)
        return numbers <= held || budget.take((numbers - held) * MemoryLayout<UInt64>.stride)
    }

    private mutating func note(_ message: @autoclosure () -> String, _ kind: WireViolationKind? = nil) {
        violations += 1
        if let kind {
            let request = request
            found.add(kind) {
                WireViolation(kind, signal: .metrics, seen: message(), request: request, item: nil)
            }
        }
        guard messages.count < LedgerReport.MetricSignal.maximumMessages else { return }
        messages.append(String(message().prefix(LedgerReport.MetricSignal.maximumMessageLength)))
    }

    /// Index of the stream, made when it is new; nil when there are too many, or the point has too many attributes.
    private mutating func findStream(_ attributes: AttributeList, _ family: Family) -> Int? {
        // Every part of any length is preceded by it, so different parts never make the same key.
        key.removeAll(keepingCapacity: true)
        for part in [family.metric.name, family.metric.scope, family.metric.unit] { Self.append(part, to: &key) }
        key.append(contentsOf: family.kind.rawValue.utf8)
        key.append(UInt8(truncatingIfNeeded: family.temporality))
        key.append(family.isMonotonic == true ? 1 : 0)
        let some = Array(attributes.prefix(limits.maximumPointAttributes + 1))
        guard some.count <= limits.maximumPointAttributes else { return nil }
        // The order of attributes means nothing.
        let sorted = some.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }
        for attribute in sorted {
            Self.append(attribute.key, to: &key)
            Self.append(attribute.value.encoded, to: &key)
        }
        if let position = index[key] { return position }
        let size = Self.bytesPerStream + 4 * key.count + Self.bytesPerAttribute * sorted.count
        guard streams.count < limits.maximumMetricStreams, budget.take(size) else { return nil }
        var values: [String: MetricAttributeValue] = [:]
        var repeated: String?
        for attribute in sorted {
            let key = attribute.key.lossyString
            if values.updateValue(MetricAttributeValue(attribute.value), forKey: key) != nil { repeated = key }
        }
        let report = MetricStreamReport(
            name: family.metric.name.lossyString,
            unit: family.metric.unit.lossyString,
            scope: family.metric.scope.lossyString,
            kind: family.kind,
            temporality: MetricStreamReport.Temporality(family.temporality),
            isMonotonic: family.isMonotonic,
            attributes: values
        )
        streams.append(MetricStream(report))
        index[key] = streams.count - 1
        if let repeated {
            streams[streams.count - 1].report.violations += 1
            note("\(report.name): the attribute \(repeated) occurs twice")
        }
        if report.temporality == nil, family.kind != .gauge, family.kind != .summary {
            streams[streams.count - 1].report.violations += 1
            note(
                "\(report.name): aggregation temporality \(family.temporality) is neither delta nor cumulative",
                .pointShape
            )
        }
        return streams.count - 1
    }

    /// What a stream takes beside its texts, which are kept twice; generous, so that the budget holds.
    private static let bytesPerStream = 1024
    private static let bytesPerAttribute = 128

    private static func append(_ part: OTLPText, to key: inout [UInt8]) {
        var rest = part.count
        for _ in 0..<4 {
            key.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        key.append(contentsOf: part.bytes)
    }
}

extension OTLPText {
    /// The text, with replacement characters for what is not UTF-8.
    internal var lossyString: String { String(decoding: bytes, as: UTF8.self) }
}

extension RepeatedNumbers {
    /// How many numbers there are.
    fileprivate var total: Int { reduce(0) { count, _ in count + 1 } }
}

extension MetricStreamReport {
    /// The attributes in a fixed order, such as `{color=red, size=3}`; empty when there are none.
    internal var attributesDescription: String {
        if attributes.isEmpty { return "" }
        let pairs = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
        return "{\(pairs.joined(separator: ", "))}"
    }
}

extension MetricStreamReport.Temporality {
    /// The temporality of this number on the wire, or nil for one that is unspecified or unknown.
    fileprivate init?(_ number: Int32) {
        switch number {
        case 1: self = .delta
        case 2: self = .cumulative
        default: return nil
        }
    }
}

extension MetricAttributeValue {
    fileprivate init(_ value: AnyValueView) {
        switch value.content {
        case .string(let text): self = .string(text.lossyString)
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .empty: self = .string("(empty)")
        case .bytes(let bytes): self = .string("(\(bytes.count) bytes)")
        case .array, .keyValueList: self = .string("(\(value.encoded.count) bytes of values)")
        }
    }

    /// The value in words.
    fileprivate var text: String {
        switch self {
        case .string(let value): value
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        }
    }
}
