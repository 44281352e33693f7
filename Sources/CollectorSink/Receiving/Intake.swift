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
    /// The signal of the last request, as long as it is open whether its answer reaches its sender.
    private var unsettled: OTLPSignal?
    /// How many logs or spans the last request brought into the ledger; 0 when it was malformed.
    internal private(set) var lastItems = 0
    /// How many of them were rejected.
    internal private(set) var lastRejected = 0
    /// What came of the last request.
    internal private(set) var last = TakenRequest()
    /// The number of the request at hand, for examples of violations.
    private var requestNumber: UInt64 = 0
    private let isChecking: Bool
    /// The run of the last request that named one.
    private var lastRun: RunLedger?

    /// An intake for one connection.
    ///
    /// - Parameters:
    ///   - ledger: Where items are entered.
    ///   - isChecking: Whether what OTLP forbids is looked for; to measure what that costs, it can be left.
    ///   - wallClock: Nanoseconds since 1970, read once before and once after each request is decoded.
    package init(
        ledger: DeliveryLedger,
        isChecking: Bool = true,
        wallClock: @escaping @Sendable () -> UInt64 = WallClock.now
    ) {
        self.isChecking = isChecking
        self.ledger = ledger
        self.wallClock = wallClock
        logs = ItemCollector(ledger: ledger, signal: .logs, isChecking: isChecking)
        spans = ItemCollector(ledger: ledger, signal: .traces, isChecking: isChecking)
        metrics = MetricCollector(ledger: ledger, isChecking: isChecking)
    }

    /// Begins a request: nothing has come of it yet.
    ///
    /// - Parameter number: Its number, for examples of violations; requests that are not begun have none, which is 0.
    internal mutating func begin(request number: UInt64) {
        requestNumber = number
        last = TakenRequest()
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
    ///   - isAtRisk: Whether the answer may well be lost: a fault strikes the request.
    /// - Throws: ``OTLPDecodingError`` when it is malformed. Then nothing of it has been entered, and the request is
    ///   counted as malformed: in the run of the resource in which the fault lies, as far as that could be read.
    package mutating func receive(
        _ body: UnsafeRawBufferPointer,
        of signal: OTLPSignal = .logs,
        sentBytes: Int? = nil,
        rejecting rejected: Int = 0,
        isAtRisk: Bool = false
    ) throws(OTLPDecodingError) {
        let size = sentBytes ?? body.count
        // Of a request that nobody has settled nothing is known: nothing was lost.
        settle(isAnswered: true)
        (lastItems, lastRejected) = (0, 0)
        do throws(OTLPDecodingError) {
            switch signal {
            case .logs:
                if isChecking { logs.check.begin(request: requestNumber, now: wallClock()) }
                lastRejected = try Self.decode(body, .logs, into: &logs, ledger, rejected)
                lastItems = logs.items.count
                take(logs.summary)
                logs.commit(.logs, size: size, isAtRisk: isAtRisk, now: wallClock())
            case .traces:
                if isChecking { spans.check.begin(request: requestNumber, now: wallClock()) }
                lastRejected = try Self.decode(body, .traces, into: &spans, ledger, rejected)
                lastItems = spans.items.count
                take(spans.summary)
                spans.commit(.traces, size: size, isAtRisk: isAtRisk, now: wallClock())
            case .metrics: take(try receiveMetrics(body, size: size))
            }
        } catch {
            note(error.kind == .invalidUTF8 ? .invalidUTF8 : .malformedBody, of: signal, error.description)
            throw error
        }
        unsettled = signal
    }

    private mutating func take(_ taken: TakenRequest) {
        last.items = taken.items
        last.violations += taken.violations
        if let run = taken.run, run !== ledger.unattributed { lastRun = run }
    }

    /// Notes what became of the answer to the last request.
    ///
    /// - Parameter isAnswered: Whether the answer was sent, as far as the sink can tell.
    package mutating func settle(isAnswered: Bool) {
        switch unsettled {
        case .logs?: logs.settle(.logs, isAnswered: isAnswered)
        case .traces?: spans.settle(.traces, isAnswered: isAnswered)
        default: break
        }
        unsettled = nil
    }

    /// Counts a request that is malformed before it is protobuf.
    package func countMalformedRequest(of signal: OTLPSignal) {
        ledger.unattributed.countMalformedRequest(signal)
    }

    /// Counts violations that were found outside the request's messages.
    ///
    /// They are of the run that this connection named last, else of the one that was announced last.
    ///
    /// - Parameters:
    ///   - kind: What was done.
    ///   - signal: The signal of the request.
    ///   - count: How often.
    ///   - seen: What was seen, in words.
    internal mutating func note(_ kind: WireViolationKind, of signal: OTLPSignal, count: UInt64 = 1, _ seen: String) {
        guard isChecking else { return }
        let number = requestNumber
        var found = WireViolations()
        found.add(kind, count: count) { WireViolation(kind, signal: signal, seen: seen, request: number, item: nil) }
        last.violations += count
        (lastRun ?? ledger.announced ?? ledger.unattributed).note(found)
    }

    /// Stages a request, and returns how many items of it were rejected; a malformed one leaves nothing behind.
    private static func decode<Reader: ItemReader>(
        _ body: UnsafeRawBufferPointer,
        _ signal: OTLPSignal,
        into collector: inout ItemCollector<Reader>,
        _ ledger: DeliveryLedger,
        _ rejected: Int
    ) throws(OTLPDecodingError) -> Int {
        do throws(OTLPDecodingError) {
            try OTLPDecoder.decode(body, into: &collector)
        } catch {
            (collector.groups.last?.run ?? ledger.unattributed).countMalformedRequest(signal)
            collector.reset()
            throw error
        }
        collector.finish()
        return rejected > 0 ? collector.reject(last: rejected) : 0
    }

    private mutating func receiveMetrics(
        _ body: UnsafeRawBufferPointer,
        size: Int
    ) throws(OTLPDecodingError) -> TakenRequest {
        defer { metrics.reset() }
        if isChecking { metrics.check.begin(request: requestNumber, now: wallClock()) }
        // Twice: once to find any fault, once to enter. Metrics are few, and nothing needs to be set aside.
        do throws(OTLPDecodingError) {
            metrics.isEntering = false
            try OTLPDecoder.decode(body, into: &metrics)
        } catch {
            (metrics.runs.last ?? ledger.unattributed).countMalformedRequest(.metrics)
            throw error
        }
        metrics.finish()
        var taken = TakenRequest(items: metrics.check.items)
        for (run, found) in zip(metrics.runs, metrics.violations) where !found.isEmpty {
            taken.violations += found.total
            run.note(found)
        }
        var counted: Set<ObjectIdentifier> = []
        for run in metrics.runs.isEmpty ? [ledger.unattributed] : metrics.runs
        where counted.insert(ObjectIdentifier(run)).inserted {
            run.countMetricsRequest(bodyBytes: size)
        }
        if metrics.runs.isEmpty {
            let found = metrics.check.takeViolations()
            taken.violations += found.total
            ledger.unattributed.note(found)
        }
        metrics.request = requestNumber
        metrics.isEntering = true
        try OTLPDecoder.decode(body, into: &metrics)
        taken.violations += metrics.pointViolations
        taken.run = metrics.runs.first
        return taken
    }
}
