import Compression
import FoundationEssentials
import HTTP
import HarnessCore
import OTLP
import Platform
import Synchronization

/// Answers the requests of one connection to the sink.
///
///     POST /v1/logs, /v1/traces, /v1/metrics
///                                         OTLP in protobuf or JSON, also gzip; answered when it is in the ledger
///     GET  /bench/ledger?run=ID           the account of a run, as JSON; with &view=counts its sums alone,
///                                         and with &freshness=since_last the ages of what came since
///     POST /bench/run?run=ID&tenants=N&canary=WORD
///                                         says what a run is to be checked for
///     POST /bench/phase?run=ID&name=NAME  begins a phase of a run
///     GET  /bench/requests?last=N         the last requests of signals, as JSON
///     GET  /bench/health                  that the sink lives, and what it has used
///     GET, POST, DELETE /bench/faults     how the sink misbehaves on purpose
///
/// Used by its connection's thread alone; the ledger behind it is shared.
internal final class SinkConnection: HTTPConnectionHandler {
    internal let ledger: DeliveryLedger
    internal let tally: SinkTally
    internal let board: FaultBoard
    internal let log: RequestLog
    /// What befalls the request at hand.
    internal var strike: FaultStrike?
    /// How many items the request at hand brought.
    internal var takenItems = 0
    /// Bytes of the body at hand after decompression; nil as long as it does not come to that.
    internal var inflatedBytes: Int?
    /// Whether the connection serves commands, not signals: faults leave it alone.
    internal private(set) var staysWhenSuspended = false
    internal let maximumInflatedBytes: Int
    internal let print: (@Sendable (String) -> Void)?
    internal var intake: Intake
    /// Made when the first compressed body comes.
    internal var inflater: Inflater?
    /// The last compressed body as it was before, at the beginning of memory that is used again for the next one.
    internal var inflated: [UInt8] = []
    internal var transcoder = OTLPJSONTranscoder()

    /// A handler for one connection.
    ///
    /// - Parameters:
    ///   - ledger: Where items are entered.
    ///   - board: The faults.
    ///   - log: Where requests are remembered for a while.
    ///   - tally: Where this connection and its requests are counted.
    ///   - maximumInflatedBytes: Most bytes of a body after decompression.
    ///   - isChecking: Whether what OTLP forbids is looked for.
    ///   - print: Takes a line for each item of each request; nil for none.
    internal init(
        ledger: DeliveryLedger,
        board: FaultBoard,
        log: RequestLog,
        tally: SinkTally,
        maximumInflatedBytes: Int,
        isChecking: Bool,
        print: (@Sendable (String) -> Void)?
    ) {
        self.print = print
        self.board = board
        self.log = log
        self.maximumInflatedBytes = maximumInflatedBytes
        self.ledger = ledger
        self.tally = tally
        intake = Intake(ledger: ledger, isChecking: isChecking)
        tally.connections.add(1, ordering: .relaxed)
    }

    deinit {
        tally.connections.subtract(1, ordering: .relaxed)
    }

    /// Answers a request.
    ///
    /// Blocks only on the ledger's lock, and for a fault that delays.
    internal func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        let number = tally.requests.add(1, ordering: .relaxed).newValue
        let path = head.path
        takenItems = 0
        if path == "/bench/faults" { return FaultEndpoint(board: board).respond(to: head, body: body) }
        guard let method = Self.methods[path] else {
            return Self.failure(404, head: head, "unknown path \(path); known are \(Self.knownPaths)")
        }
        guard head.method == method else {
            var response = Self.failure(405, head: head, "\(path) takes \(method), not \(head.method)")
            response.headers.append("Allow", method)
            return response
        }
        if let signal = Self.signals[path] {
            var record = RequestRecord(head, number: number, timeUnixNano: WallClock.now())
            let start = MonotonicClock.now()
            intake.begin(request: number)
            inflatedBytes = nil
            let response: HTTPResponse
            if let strike {
                response = suffer(strike, head) { receive(signal, head, body) }
            } else {
                response = receive(signal, head, body)
            }
            record.durationNanoseconds = MonotonicClock.now() - start
            finish(&record, response)
            record.wireBytes = body.count
            log.append(record)
            return response
        }
        return switch path {
        case "/bench/ledger": reportLedger(head)
        case "/bench/phase": beginPhase(head)
        case "/bench/requests": listRequests(head)
        case "/bench/run": expect(head)
        default: Self.json(health)
        }
    }

    private static let signals = Dictionary(uniqueKeysWithValues: OTLPSignal.allCases.map { ($0.path, $0) })

    /// The method that each known path takes.
    private static let methods = signals.mapValues { _ in "POST" }
        .merging([
            "/bench/ledger": "GET", "/bench/phase": "POST", "/bench/run": "POST", "/bench/requests": "GET",
            "/bench/health": "GET",
        ]) { first, _ in first }

    private static let knownPaths = (methods.keys + ["/bench/faults"]).sorted().joined(separator: ", ")

    /// Completes what is remembered of a request by what came of it.
    private func finish(_ record: inout RequestRecord, _ response: HTTPResponse) {
        record.inflatedBytes = inflatedBytes
        record.items = intake.last.items
        record.violations = intake.last.violations
        record.status = response.status
        record.fault = strike?.name
    }

    /// Answers a request whose body is too large or does not come: a `google.rpc.Status` where OTLP wants one.
    internal func refusal(of head: HTTPRequestHead, status: Int, reason: String) -> HTTPResponse? {
        guard let signal = Self.signals[head.path] else { return nil }
        let number = tally.requests.add(1, ordering: .relaxed).newValue
        var record = RequestRecord(head, number: number, timeUnixNano: WallClock.now())
        intake.begin(request: number)
        inflatedBytes = nil
        if status == 413 { intake.note(.bodyTooLarge, of: signal, reason) }
        let response = Self.failure(status, head: head, reason)
        finish(&record, response)
        log.append(record)
        return response
    }

    // MARK: - Faults

    /// Learns what befalls the request.
    internal func conduct(for head: HTTPRequestHead) -> HTTPConduct? {
        let path = head.path
        staysWhenSuspended = !path.hasPrefix("/v1/")
        strike = staysWhenSuspended ? nil : board.strike(path: path, now: MonotonicClock.now())
        return strike?.conduct
    }

    /// Whoever sent these items knows that they have arrived.
    internal func answerWasSent() {
        intake.settle(isAnswered: true)
    }

    /// Counts items that were taken and whose sender does not know.
    internal func answerWasLost() {
        intake.settle(isAnswered: false)
        if takenItems > 0 { board.countUnanswered(items: takenItems) }
    }

    // MARK: - Answers

    /// An answer of 200 with a value as JSON.
    internal static func json(_ value: some Encodable) -> HTTPResponse {
        do {
            let body = Array(try JSONEncoder.forAnswers().encode(value))
            return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
        } catch {
            return HTTPResponse(status: 500, text: "cannot encode the answer: \(error)")
        }
    }

    /// An error answer: under `/v1/` as ``OTLPAnswerFormat/failure(_:_:)`` has it, a line of text elsewhere.
    internal static func failure(_ status: Int, head: HTTPRequestHead, _ message: String) -> HTTPResponse {
        guard head.path.hasPrefix("/v1/") else { return HTTPResponse(status: status, text: message) }
        return (OTLPAnswerFormat(of: head) ?? .protobuf).failure(status, message)
    }
}
