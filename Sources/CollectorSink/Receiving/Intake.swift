package import OTLP
import Platform

/// Takes requests of every signal into a ledger: decodes, then enters everything or nothing.
///
/// One for each connection, used by one thread at a time; the ledger is shared. Its buffers are used again from request
/// to request, so a valid request of logs or spans of known runs allocates nothing.
package struct Intake: ~Copyable {
    private let ledger: DeliveryLedger
    private let wallClock: @Sendable () -> UInt64
    private var logs: ItemCollector<LogRecordReader>
    private var spans: ItemCollector<SpanReader>
    private var metrics: MetricCollector
    /// How many logs or spans the last request brought into the ledger; 0 when it was malformed.
    internal private(set) var lastItems = 0
    /// How many of them were rejected.
    internal private(set) var lastRejected = 0

    /// An intake for one connection.
    ///
    /// - Parameters:
    ///   - ledger: Where items are entered.
    ///   - wallClock: Nanoseconds since 1970, read once for each request.
    package init(ledger: DeliveryLedger, wallClock: @escaping @Sendable () -> UInt64 = WallClock.now) {
        self.ledger = ledger
        self.wallClock = wallClock
        logs = ItemCollector(ledger: ledger)
        spans = ItemCollector(ledger: ledger)
        metrics = MetricCollector(ledger: ledger)
    }

    /// Enters the content of one request.
    ///
    /// Hot path: decoding and ledger together take about 35 ns a log record with one attribute.
    ///
    /// - Parameters:
    ///   - body: An export request of the signal in protobuf.
    ///   - signal: The signal.
    ///   - sentBytes: Size of the body as it was sent, for the account; that of `body` when nil.
    ///   - rejected: How many of the last identified logs or spans are not entered: a fault.
    /// - Throws: ``OTLPDecodingError`` when it is malformed. Then nothing of it has been entered, and the request is
    ///   counted as malformed: in the run of the resource in which the fault lies, as far as that could be read.
    package mutating func receive(
        _ body: UnsafeRawBufferPointer,
        of signal: OTLPSignal = .logs,
        sentBytes: Int? = nil,
        rejecting rejected: Int = 0
    ) throws(OTLPDecodingError) {
        let size = sentBytes ?? body.count
        (lastItems, lastRejected) = (0, 0)
        switch signal {
        case .logs:
            (lastItems, lastRejected) = try Self.receive(body, .logs, into: &logs, ledger, size, rejected, wallClock)
        case .traces:
            (lastItems, lastRejected) = try Self.receive(body, .traces, into: &spans, ledger, size, rejected, wallClock)
        case .metrics: try receiveMetrics(body, size: size)
        }
    }

    /// Counts a request that is malformed before it is protobuf.
    package func countMalformedRequest(of signal: OTLPSignal) {
        ledger.unattributed.countMalformedRequest(signal)
    }

    private static func receive<Reader: ItemReader>(
        _ body: UnsafeRawBufferPointer,
        _ signal: OTLPSignal,
        into collector: inout ItemCollector<Reader>,
        _ ledger: DeliveryLedger,
        _ size: Int,
        _ rejected: Int,
        _ wallClock: () -> UInt64
    ) throws(OTLPDecodingError) -> (items: Int, rejected: Int) {
        defer { collector.reset() }
        do throws(OTLPDecodingError) {
            try OTLPDecoder.decode(body, into: &collector)
        } catch {
            (collector.groups.last?.run ?? ledger.unattributed).countMalformedRequest(signal)
            throw error
        }
        collector.finish()
        let rejected = rejected > 0 ? collector.reject(last: rejected) : 0
        let now = wallClock()
        // A request counts once for each run that it has something of.
        var counted: Set<ObjectIdentifier> = []
        for (index, group) in collector.groups.enumerated() {
            let end = index + 1 < collector.groups.count ? collector.groups[index + 1].start : collector.items.count
            let isFirst = collector.groups.count == 1 || counted.insert(ObjectIdentifier(group.run)).inserted
            group.run.commit(
                signal,
                collector.items.items(group.start..<end).span,
                unidentified: group.counts,
                request: isFirst ? size : nil,
                now: now
            )
        }
        return (collector.items.count, rejected)
    }

    private mutating func receiveMetrics(_ body: UnsafeRawBufferPointer, size: Int) throws(OTLPDecodingError) {
        defer { metrics.reset() }
        // Twice: once to find any fault, once to enter. Metrics are few, and nothing needs to be set aside.
        do throws(OTLPDecodingError) {
            metrics.isEntering = false
            try OTLPDecoder.decode(body, into: &metrics)
        } catch {
            (metrics.runs.last ?? ledger.unattributed).countMalformedRequest(.metrics)
            throw error
        }
        var counted: Set<ObjectIdentifier> = []
        for run in metrics.runs.isEmpty ? [ledger.unattributed] : metrics.runs
        where counted.insert(ObjectIdentifier(run)).inserted {
            run.countMetricsRequest(bodyBytes: size)
        }
        metrics.isEntering = true
        try OTLPDecoder.decode(body, into: &metrics)
    }
}
