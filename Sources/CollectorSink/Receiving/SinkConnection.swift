import FoundationEssentials
import HTTP
import OTLP
import Platform
import Synchronization

/// Answers the requests of one connection to the sink.
///
///     POST /v1/logs                       logs in protobuf; answered when they are in the ledger
///     GET  /bench/ledger?run=ID           the account of a run, as JSON
///     POST /bench/phase?run=ID&name=NAME  begins a phase of a run
///     GET  /bench/health                  that the sink lives, and what it has used
///
/// Used by its connection's thread alone; the ledger behind it is shared.
internal final class SinkConnection: HTTPConnectionHandler {
    private let ledger: DeliveryLedger
    private let tally: SinkTally
    private var intake: LogsIntake

    /// A handler for one connection.
    ///
    /// - Parameters:
    ///   - ledger: Where items are entered.
    ///   - tally: Where this connection and its requests are counted.
    internal init(ledger: DeliveryLedger, tally: SinkTally) {
        self.ledger = ledger
        self.tally = tally
        intake = LogsIntake(ledger: ledger)
        tally.connections.add(1, ordering: .relaxed)
    }

    deinit {
        tally.connections.subtract(1, ordering: .relaxed)
    }

    /// Answers a request.
    ///
    /// Blocks only on the ledger's lock.
    internal func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        tally.requests.add(1, ordering: .relaxed)
        let path = head.path
        guard let method = Self.methods[path] else {
            return Self.failure(404, path: path, "unknown path \(path); known are \(Self.knownPaths)")
        }
        guard head.method == method else {
            var response = Self.failure(405, path: path, "\(path) takes \(method), not \(head.method)")
            response.headers.append("Allow", method)
            return response
        }
        return switch path {
        case OTLPHTTP.logsPath: receiveLogs(head, body)
        case "/bench/ledger": reportLedger(head)
        case "/bench/phase": beginPhase(head)
        default: Self.json(health)
        }
    }

    /// The method that each known path takes.
    private static let methods = [
        OTLPHTTP.logsPath: "POST", "/bench/ledger": "GET", "/bench/phase": "POST", "/bench/health": "GET",
    ]

    private static let knownPaths = methods.keys.sorted().joined(separator: ", ")

    // MARK: - Logs

    private func receiveLogs(_ head: HTTPRequestHead, _ body: UnsafeRawBufferPointer) -> HTTPResponse {
        guard head.headers.hasMediaType(OTLPHTTP.protobufContentType) else {
            let type = head.headers["Content-Type"] ?? "none"
            let expected = OTLPHTTP.protobufContentType
            return Self.failure(415, path: head.path, "content type \(type) is not supported; send \(expected)")
        }
        if let encoding = head.headers["Content-Encoding"], encoding.lowercased() != "identity" {
            let advice = "content encoding \(encoding) is not supported; send the body without compression"
            return Self.failure(415, path: head.path, advice)
        }
        do throws(OTLPDecodingError) {
            try intake.receive(body)
        } catch {
            return Self.failure(400, path: head.path, error.description)
        }
        // Full success is an ExportLogsServiceResponse without fields: no bytes.
        return HTTPResponse(status: 200, headers: ["Content-Type": OTLPHTTP.protobufContentType])
    }

    // MARK: - Control

    private func reportLedger(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let run = head.query("run") else {
            let advice = "no run is named; ask for \(head.path)?run=ID (an empty ID shows what belongs to no run)"
            return Self.failure(400, path: head.path, advice)
        }
        return Self.json(ledger.report(run: run))
    }

    private func beginPhase(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let run = head.query("run"), let name = head.query("name") else {
            let advice = "a run and a name are needed; post to \(head.path)?run=ID&name=NAME"
            return Self.failure(400, path: head.path, advice)
        }
        guard ledger.beginPhase(name, ofRun: run) else {
            let limits = "\(ledger.limits.maximumRuns) runs, names of \(ledger.limits.maximumRunNameBytes) bytes"
            return Self.failure(
                507,
                path: head.path,
                "cannot remember another run (at most \(limits)); restart the sink"
            )
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let body = Array(try encoder.encode(value))
            return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
        } catch {
            return HTTPResponse(status: 500, text: "cannot encode the answer: \(error)")
        }
    }

    /// An error answer: a `google.rpc.Status` in protobuf under `/v1/`, a line of text elsewhere.
    private static func failure(_ status: Int, path: String, _ message: String) -> HTTPResponse {
        guard path.hasPrefix("/v1/") else { return HTTPResponse(status: status, text: message) }
        let body = RPCStatus(message: message).encoded()
        return HTTPResponse(status: status, headers: ["Content-Type": OTLPHTTP.protobufContentType], body: body)
    }
}
