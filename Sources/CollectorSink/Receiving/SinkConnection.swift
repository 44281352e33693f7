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
///     GET  /bench/ledger?run=ID           the account of a run, as JSON; with &view=counts its sums alone
///     POST /bench/run?run=ID&tenants=N&canary=WORD
///                                         says what a run is to be checked for
///     POST /bench/phase?run=ID&name=NAME  begins a phase of a run
///     GET  /bench/requests?last=N         the last requests of signals, as JSON
///     GET  /bench/health                  that the sink lives, and what it has used
///     GET, POST, DELETE /bench/faults     how the sink misbehaves on purpose
///
/// Used by its connection's thread alone; the ledger behind it is shared.
internal final class SinkConnection: HTTPConnectionHandler {
    private let ledger: DeliveryLedger
    private let tally: SinkTally
    private let board: FaultBoard
    private let log: RequestLog
    /// What befalls the request at hand.
    private var strike: FaultStrike?
    /// How many items the request at hand brought.
    private var takenItems = 0
    /// Bytes of the body at hand after decompression; nil as long as it does not come to that.
    private var inflatedBytes: Int?
    /// Whether the connection serves commands, not signals: faults leave it alone.
    internal private(set) var staysWhenSuspended = false
    private let maximumInflatedBytes: Int
    private let print: (@Sendable (String) -> Void)?
    private var intake: Intake
    /// Made when the first compressed body comes.
    private var inflater: Inflater?
    /// The last compressed body as it was before, at the beginning of memory that is used again for the next one.
    private var inflated: [UInt8] = []
    private var transcoder = OTLPJSONTranscoder()

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

    /// Answers as the faults want it.
    private func suffer(_ strike: FaultStrike, _ head: HTTPRequestHead, take: () -> HTTPResponse) -> HTTPResponse {
        if strike.delayNanoseconds > 0 { board.pause(nanoseconds: strike.delayNanoseconds) }
        switch strike.outcome {
        case nil, .partial, .lost: return take()
        case .status(let status, let retryAfter):
            var response = Self.failure(status, head: head, "a fault that was asked for: \(status)")
            if let retryAfter { response.headers.append("Retry-After", ask(retryAfter, path: head.path)) }
            return response
        // Nothing is taken, and nothing of this is sent.
        default: return HTTPResponse(status: 503, text: "a fault that was asked for")
        }
    }

    /// The value of a header that asks to come back later, which is noted.
    private func ask(_ retryAfter: FaultRetryAfter, path: String) -> String {
        let pause = retryAfter.seconds * 1_000_000_000
        guard retryAfter.isDate else {
            board.askToWait(path: path, until: MonotonicClock.now() + pause)
            return String(retryAfter.seconds)
        }
        // A date is of whole seconds: the next one after the pause.
        let now = WallClock.now()
        let second = (now + pause + 999_999_999) / 1_000_000_000
        board.askToWait(path: path, until: MonotonicClock.now() + (second * 1_000_000_000 - now))
        return HTTPDate.format(seconds: second)
    }

    // MARK: - Signals

    /// Most bytes of memory kept for decompressed bodies.
    private static let retainedInflatedBytes = 4 << 20

    private func receive(_ signal: OTLPSignal, _ head: HTTPRequestHead, _ body: UnsafeRawBufferPointer) -> HTTPResponse
    {
        guard let format = Format(of: head) else {
            let type = head.headers["Content-Type"] ?? "none"
            intake.note(.contentType, of: signal, "the content type is \(type)")
            let known = "\(OTLPHTTP.protobufContentType) or \(OTLPHTTP.jsonContentType)"
            return Format.protobuf.failure(415, "content type \(type) is not supported; send \(known)")
        }
        switch head.headers["Content-Encoding"]?.lowercased() ?? "identity" {
        case "identity": return enter(signal, format, body, sentBytes: body.count)
        case "gzip": return inflate(signal, format, body)
        case let encoding:
            intake.note(.contentEncoding, of: signal, "the content encoding is \(encoding)")
            let advice = "content encoding \(encoding) is not supported; send gzip, or the body without compression"
            return format.failure(415, advice)
        }
    }

    /// Enters a body that is compressed with gzip.
    private func inflate(_ signal: OTLPSignal, _ format: Format, _ body: UnsafeRawBufferPointer) -> HTTPResponse {
        defer { if inflated.count > Self.retainedInflatedBytes { inflated = [] } }
        let count: Int
        do throws(CompressionError) {
            if inflater == nil { inflater = try Inflater(format: .gzip) }
            let found = try inflater?.decompress(body, into: &inflated, limit: maximumInflatedBytes)
            guard let found else { preconditionFailure("the decompressor has just been made") }
            count = found
        } catch .outputTooLarge(let limit) {
            intake.note(.inflatedTooLarge, of: signal, "\(body.count) bytes inflate to more than \(limit)")
            return format.failure(413, "the body is larger than \(limit) bytes when decompressed")
        } catch {
            intake.countMalformedRequest(of: signal)
            intake.note(.gzipMalformed, of: signal, "\(error)")
            return format.failure(400, "malformed gzip: \(error)")
        }
        return inflated.withUnsafeBytes { bytes in
            enter(signal, format, UnsafeRawBufferPointer(rebasing: bytes[..<count]), sentBytes: body.count)
        }
    }

    private func enter(
        _ signal: OTLPSignal,
        _ format: Format,
        _ body: UnsafeRawBufferPointer,
        sentBytes: Int
    ) -> HTTPResponse {
        inflatedBytes = body.count
        ledger.canaries.inspect(body, from: signal.path)
        guard format == .json else { return enter(signal, answer: format, protobuf: body, sentBytes: sentBytes) }
        do throws(OTLPJSONError) {
            defer { noteUnknownMembers(signal) }
            return try transcoder.transcode(body, of: signal) { protobuf in
                enter(signal, answer: format, protobuf: protobuf, sentBytes: sentBytes)
            }
        } catch {
            intake.countMalformedRequest(of: signal)
            intake.note(error.violation, of: signal, error.description)
            return format.failure(400, error.description)
        }
    }

    private func noteUnknownMembers(_ signal: OTLPSignal) {
        let unknown = transcoder.unknownMembers
        guard let first = unknown.first else { return }
        intake.note(.unknownField, of: signal, count: unknown.count, "OTLP has no member \(first)")
    }

    private func enter(
        _ signal: OTLPSignal,
        answer format: Format,
        protobuf: UnsafeRawBufferPointer,
        sentBytes: Int
    ) -> HTTPResponse {
        var rejected = 0
        if case .partial(let items)? = strike?.outcome { rejected = Int(clamping: items) }
        do throws(OTLPDecodingError) {
            try intake.receive(protobuf, of: signal, sentBytes: sentBytes, rejecting: rejected, isAtRisk: strike != nil)
            if let print { print(Self.lines(of: protobuf, signal)) }
        } catch {
            return format.failure(400, error.description)
        }
        takenItems = intake.lastItems
        return intake.lastRejected > 0 ? format.partialSuccess(signal, rejected: intake.lastRejected) : format.success
    }

    /// The lines of a request that the ledger has taken; what the ledger need not read may still be no text.
    private static func lines(of body: UnsafeRawBufferPointer, _ signal: OTLPSignal) -> String {
        do throws(OTLPDecodingError) {
            return try RecordPrinter.text(of: body, signal)
        } catch {
            return "a request cannot be shown: \(error)\n"
        }
    }

    // MARK: - Control

    private func reportLedger(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let run = head.query("run") else {
            let advice = "no run is named; ask for \(head.path)?run=ID (an empty ID shows what belongs to no run)"
            return Self.failure(400, head: head, advice)
        }
        // Whoever asks each second while a run is measured is not to cost the sink the whole account.
        return head.query("view") == "counts" ? Self.json(ledger.counts(run: run)) : Self.json(ledger.report(run: run))
    }

    private func listRequests(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let count = RequestLog.count(in: head) else {
            let advice = "last=\(head.query("last") ?? "") is no number from 1 to \(RequestLog.capacity)"
            return Self.failure(400, head: head, "\(advice); ask for \(head.path)?last=20")
        }
        return Self.json(log.last(count))
    }

    private func beginPhase(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let run = head.query("run"), let name = head.query("name") else {
            let advice = "a run and a name are needed; post to \(head.path)?run=ID&name=NAME"
            return Self.failure(400, head: head, advice)
        }
        guard ledger.beginPhase(name, ofRun: run) else {
            let limits = "\(ledger.limits.maximumRuns) runs, names of \(ledger.limits.maximumRunNameBytes) bytes"
            return Self.failure(
                507,
                head: head,
                "cannot remember another run (at most \(limits)); restart the sink"
            )
        }
        return HTTPResponse(status: 204)
    }

    private func expect(_ head: HTTPRequestHead) -> HTTPResponse {
        let tenants = head.query("tenants").map { Int($0) ?? 0 }
        guard let run = head.query("run"), ledger.expect(ofRun: run, tenants: tenants, canary: head.query("canary"))
        else {
            let advice =
                "post to \(head.path)?run=ID&tenants=N&canary=WORD, with at most \(ledger.limits.maximumRuns) "
                + "runs, 1 to \(Tenancy.maximumCount) tenants, and a word of "
                + "\(CanaryWatch.lengths.lowerBound) to \(CanaryWatch.lengths.upperBound) bytes"
            return Self.failure(400, head: head, advice)
        }
        return HTTPResponse(status: 204)
    }

    private var health: SinkHealth {
        let totals = ledger.totals()
        return SinkHealth(
            pid: ProcessInfo.processInfo.processIdentifier,
            cpuNanoseconds: CPUClock.process(),
            connections: tally.connections.load(ordering: .relaxed),
            requests: tally.requests.load(ordering: .relaxed),
            items: totals.items,
            malformedRequests: totals.malformedRequests
        )
    }

    // MARK: - Answers

    private static func json(_ value: some Encodable) -> HTTPResponse {
        do {
            let body = Array(try JSONEncoder.forAnswers().encode(value))
            return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
        } catch {
            return HTTPResponse(status: 500, text: "cannot encode the answer: \(error)")
        }
    }

    /// An error answer: under `/v1/` as ``Format/failure(_:_:)`` has it, a line of text elsewhere.
    private static func failure(_ status: Int, head: HTTPRequestHead, _ message: String) -> HTTPResponse {
        guard head.path.hasPrefix("/v1/") else { return HTTPResponse(status: status, text: message) }
        return (Format(of: head) ?? .protobuf).failure(status, message)
    }
}

extension SinkConnection {
    /// How a request is encoded, and so its answer.
    ///
    /// "The server MUST use the same "Content-Type" in the response as it received in the request."
    /// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
    private enum Format {
        case protobuf
        case json

        /// The format of a request; nil when it is neither.
        init?(of head: HTTPRequestHead) {
            if head.headers.hasMediaType(OTLPHTTP.protobufContentType) {
                self = .protobuf
            } else if head.headers.hasMediaType(OTLPHTTP.jsonContentType) {
                self = .json
            } else {
                return nil
            }
        }

        private var headers: HTTPHeaders {
            ["Content-Type": self == .json ? OTLPHTTP.jsonContentType : OTLPHTTP.protobufContentType]
        }

        /// Full success: an `Export…ServiceResponse` without fields.
        var success: HTTPResponse {
            HTTPResponse(status: 200, headers: headers, body: self == .json ? Array("{}".utf8) : [])
        }

        /// An answer that rejects items: an `Export…ServiceResponse` with `partial_success`.
        func partialSuccess(_ signal: OTLPSignal, rejected: Int) -> HTTPResponse {
            let answer = ExportLogsResponse(rejected: rejected, errorMessage: "a fault that was asked for")
            return HTTPResponse(
                status: 200,
                headers: headers,
                body: self == .json ? answer.encodedJSON(for: signal) : answer.encoded()
            )
        }

        /// An error answer: a `google.rpc.Status`.
        func failure(_ status: Int, _ message: String) -> HTTPResponse {
            let body = RPCStatus(message: message)
            return HTTPResponse(
                status: status,
                headers: headers,
                body: self == .json ? body.encodedJSON() : body.encoded()
            )
        }
    }
}

extension OTLPJSONError {
    /// What a judge calls it.
    fileprivate var violation: WireViolationKind {
        switch kind {
        case .enumName: .enumName
        case .wrongType, .numberOutOfRange, .invalidHexadecimal, .invalidBase64: .fieldType
        case .invalidUTF8: .invalidUTF8
        case .duplicateField: .duplicateKey
        case .truncated, .invalidSyntax, .controlCharacter, .invalidEscape, .nestingTooDeep: .malformedBody
        }
    }
}
