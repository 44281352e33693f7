package import CollectorSink
import FoundationEssentials
import HTTP
import OTLP
import Platform

/// Spoilt requests against the whole receiving path: server, decompression, both encodings, every signal, ledger.
///
/// Each is to be answered as the protocol says, everything is to be accounted for, and memory is to stay where it is. A crash
/// ends the process; the requests of a seed are the same each time.
package final class FuzzRun: Sendable {
    /// Where the requests go; bounded so tightly that the bounds are met.
    package let server: SinkServer

    private let seed: UInt64
    private let seeds: [RequestSeed]
    private let report: Guarded<FuzzReport>

    /// Most bytes that the ledger's contents may take, and all buffers with it.
    private static let ledgerBytes = 16 << 20
    private static let heapBytes: UInt64 = 64 << 20
    /// How long an answer may take: what takes longer hangs.
    private static let patience: UInt64 = 30_000_000_000
    /// So many requests come between two messages with a spoilt head.
    private static let headInterval: UInt64 = 64
    /// The fewest requests after which every outcome must have occurred.
    private static let enough: UInt64 = 10_000

    /// Starts a receiver.
    ///
    /// - Parameters:
    ///   - seed: What all requests follow from.
    ///   - seeds: Requests to spoil, beside those that our SDK makes here and now.
    /// - Throws: What keeps the receiver or the SDK from starting.
    package init(seed: UInt64, seeds: [RequestSeed] = []) throws {
        self.seed = seed
        self.seeds = seeds + (try RecordedRequests.make())
        report = Guarded(FuzzReport(seed: seed))
        var configuration = SinkServer.defaultConfiguration
        configuration.port = 0
        configuration.maximumBodyBytes = 1 << 20
        var limits = LedgerLimits()
        limits.maximumRuns = 16
        limits.maximumProducers = 64
        limits.maximumBytes = Self.ledgerBytes
        server = SinkServer(configuration: configuration, ledger: DeliveryLedger(limits: limits))
        try server.start()
    }

    /// How many requests have been answered.
    package var done: UInt64 {
        report.withLock { $0.requests }
    }

    /// Sends the requests, on two connections at a time.
    ///
    /// - Parameter requests: How many.
    /// - Returns: What came of them.
    /// - Throws: `SystemError` if there is no thread to be had.
    package func run(requests: UInt64) throws -> FuzzReport {
        let began = MonotonicClock.now()
        let heapAtStart = HeapUsage.bytesInUse()
        var sent: UInt64 = 0
        let streams = try (0..<2).map { lane in
            try SpoiltRequests(seed: seed &* 2 &+ UInt64(lane), seeds: seeds)
        }
        // In tenths, so that memory is looked at when nothing is under way.
        for tenth in 1...10 {
            let goal = requests * UInt64(tenth) / 10
            let share = (goal - sent) / 2
            let threads = try zip(streams, [share, goal - sent - share]).map { stream, count in
                try PlatformThread.start(name: "fuzz") { self.send(count, of: stream) }
            }
            for thread in threads { thread.join() }
            sent = goal
            if let heap = HeapUsage.bytesInUse() { report.withLock { $0.heapBytes.append(heap) } }
        }
        var result = report.withLock { $0 }
        checkAccounts(&result)
        if let heapAtStart, let heap = result.heapBytes.max(), heap > heapAtStart + Self.heapBytes {
            result.note("\(heapAtStart) bytes in use grew to \(heap)")
        }
        if !server.stop(deadline: MonotonicClock.deadline(after: Self.patience)) {
            result.note("some connections have not ended")
        }
        result.seconds = Double(MonotonicClock.now() - began) / 1e9
        return result
    }

    private func send(_ count: UInt64, of stream: SpoiltRequests) {
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port))
        defer { client.close() }
        for index in 0..<count {
            if index % Self.headInterval == Self.headInterval - 1 { sendSpoiltHead(stream.nextMessage()) }
            let request = stream.next()
            let place = "request \(stream.number) of seed \(seed), \(request.path)"
            do throws(HTTPClientError) {
                let response = try send(request, by: client)
                let problem = Self.problem(of: response, to: request)
                report.withLock { report in
                    report.requests += 1
                    report.answers[response.status, default: 0] += 1
                    if let problem { report.note("\(place): \(problem)") }
                }
            } catch {
                report.withLock { $0.note("\(place): \(error)") }
            }
        }
    }

    private func send(_ request: SpoiltRequests.Request, by client: HTTPClient) throws(HTTPClientError) -> HTTPResponse
    {
        var headers = HTTPHeaders()
        headers.append("Content-Type", request.type)
        if let encoding = request.encoding { headers.append("Content-Encoding", encoding) }
        var failure: HTTPClientError?
        let response = request.body.withUnsafeBytes { body -> HTTPResponse? in
            do throws(HTTPClientError) {
                return try client.send(
                    method: "POST",
                    path: request.path,
                    headers: headers,
                    body: [body],
                    timeoutNanoseconds: Self.patience
                )
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        guard let response else { preconditionFailure("a request is answered, or there is an error") }
        return response
    }

    /// What is wrong with an answer, by https://opentelemetry.io/docs/specs/otlp/#otlphttp-response.
    private static func problem(of response: HTTPResponse, to request: SpoiltRequests.Request) -> String? {
        let isJSON = response.headers["Content-Type"] == OTLPHTTP.jsonContentType
        switch response.status {
        case 200:
            let type = response.headers["Content-Type"]
            if type != request.type { return "the answer is of type \(type ?? "none")" }
            return response.body == (isJSON ? Array("{}".utf8) : []) ? nil : "a full success says something"
        case _ where request.isIntact: return "an intact request is answered with \(response.status)"
        case 400, 413, 415:
            let status = response.body.withUnsafeBytes { bytes in
                isJSON ? try? RPCStatus(decodingJSON: bytes) : try? RPCStatus(decoding: bytes)
            }
            return status?.message.isEmpty == false ? nil : "the answer \(response.status) gives no reason"
        default: return "the answer is \(response.status)"
        }
    }

    /// Sends a message whose head is spoilt too, on a connection of its own; the server may answer or close.
    private func sendSpoiltHead(_ message: [UInt8]) {
        let deadline = MonotonicClock.deadline(after: Self.patience)
        do throws(SystemError) {
            let socket = try TCPSocket.connect(host: "127.0.0.1", port: server.port, deadline: deadline)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(message.count, 4096), alignment: 16)
            defer { buffer.deallocate() }
            buffer.copyBytes(from: message)
            // The server may have refused and closed already.
            try? socket.write(UnsafeRawBufferPointer(rebasing: buffer[..<message.count]), deadline: deadline)
            socket.shutdown(.writing)
            // Closed or reset without an answer is one, too; silence is none.
            let count = (try? socket.read(into: buffer, deadline: deadline)) ?? 0
            let isAnswer = count == 0 || buffer.prefix(count).starts(with: "HTTP/1.1 ".utf8)
            report.withLock { report in
                report.spoiltHeads += 1
                if !isAnswer { report.note("a spoilt head is answered with something that is not HTTP") }
                if MonotonicClock.now() >= deadline { report.note("a spoilt head is not answered") }
            }
        } catch {
            report.withLock { $0.note("no connection for a spoilt head: \(error)") }
        }
    }

    /// Every refusal is counted, every run's account balances, and the requests were neither all rubbish nor all intact.
    private func checkAccounts(_ result: inout FuzzReport) {
        let (taken, refused) = (result.answers[200, default: 0], result.answers[400, default: 0])
        let counted = server.ledger.totals().malformedRequests
        if counted < refused { result.note("\(refused) requests were refused, the ledger counts \(counted)") }
        if result.requests >= Self.enough {
            if min(taken, refused) <= result.requests / 16 { result.note("too few of a kind: \(result.answers)") }
            for status in [413, 415] where result.answers[status, default: 0] == 0 {
                result.note("no answer was \(status)")
            }
        }
        for run in ["", "fuzz"] {
            let account = server.ledger.report(run: run)
            if account.items != account.distinct + account.duplicated + account.foreign {
                result.note("the account of run \"\(run)\" does not balance")
            }
        }
    }
}
