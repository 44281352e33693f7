import Foundation
import HTTP
import HarnessCore
import OTLP
import Platform
import Testing

@testable import CollectorSink

/// Every fault between a real client and a real sink, on the loopback interface.
struct SinkFaultTests {
    private let sink: SinkServerTests.Sink
    /// Sends signals.
    private let client: HTTPClient
    /// Sends commands, over a connection of its own.
    private let control: HTTPClient

    init() throws {
        sink = try SinkServerTests.Sink()
        client = sink.makeClient()
        control = sink.makeClient()
    }

    @discardableResult
    private func command(_ method: String, _ body: String = "", query: String = "") throws -> HTTPResponse {
        try Array(body.utf8).withUnsafeBytes {
            try control.send(method: method, path: "/bench/faults\(query)", headers: HTTPHeaders(), body: [$0])
        }
    }

    private func set(_ text: String) throws {
        let response = try command("POST", text)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
    }

    private func report() throws -> FaultReport {
        try JSONDecoder().decode(FaultReport.self, from: Data(try command("GET").body))
    }

    private func post(
        _ sequences: Range<Int64>,
        path: String = "/v1/logs",
        timeout: UInt64 = 5_000_000_000
    ) throws(HTTPClientError) -> HTTPResponse {
        let body = LogsRequest.bytes(run: "r", sequences: sequences)
        var result: Result<HTTPResponse, HTTPClientError>?
        body.withUnsafeBytes { bytes in
            do throws(HTTPClientError) {
                result = .success(
                    try client.send(
                        method: "POST",
                        path: path,
                        headers: ["Content-Type": "application/x-protobuf"],
                        body: [bytes],
                        timeoutNanoseconds: timeout
                    )
                )
            } catch {
                result = .failure(error)
            }
        }
        guard let result else { preconditionFailure("withUnsafeBytes has run its body") }
        return try result.get()
    }

    private func failure(_ sequences: Range<Int64>, timeout: UInt64 = 5_000_000_000) -> HTTPClientError.Kind? {
        do {
            _ = try post(sequences, timeout: timeout)
            return nil
        } catch {
            return error.kind
        }
    }

    private var ledger: LedgerReport { sink.server.ledger.report(run: "r") }

    /// Duplicates in all, by retry and by bug.
    private var causes: [UInt64] {
        [ledger.duplicated, ledger.findings.duplicatedByRetry, ledger.findings.duplicatedByBug]
    }

    @Test("The sink tells retries from what was sent twice without a reason", arguments: ["lost", "drip=1B/s"])
    func duplicatesHaveACause(fault: String) throws {
        try set("\(fault),next=1")
        #expect(failure(0..<10, timeout: 300_000_000) != nil)
        #expect(try post(0..<10).status == 200)
        #expect(causes == [10, 10, 0])
        #expect(try post(5..<10).status == 200)
        // The last answer is known to be sent once the next request comes.
        #expect(try post(10..<11).status == 200)
        #expect(causes == [15, 10, 5])
    }

    @Test("A client that gave up a request before it was taken may send it again")
    func aDelayedCopyIsARetry() throws {
        try set("delay=400ms,next=1")
        #expect(failure(0..<10, timeout: 100_000_000) == .timedOut)
        #expect(try post(0..<10).status == 200)
        let deadline = MonotonicClock.deadline(after: 5_000_000_000)
        while ledger.duplicated == 0, MonotonicClock.now() < deadline {
            Sleep.until(monotonic: MonotonicClock.deadline(after: 10_000_000))
        }
        #expect(causes == [10, 10, 0])
    }

    // MARK: - Kinds

    @Test(arguments: [400, 401, 404, 413, 429, 500, 502, 503, 504])
    func aStatusIsAnsweredInTheRequestsType(_ status: Int) throws {
        try set("status=\(status),next=1")
        let response = try post(0..<10)
        #expect(response.status == status)
        #expect(response.headers["Content-Type"] == "application/x-protobuf")
        #expect(try response.body.withUnsafeBytes { try RPCStatus(decoding: $0) }.message.contains("\(status)"))
        #expect(ledger.items == 0)
        #expect(try post(0..<10).status == 200)
    }

    @Test func retryAfterComesInSecondsOrAsADate() throws {
        try set("status=503,retry_after=2s,next=1")
        #expect(try post(0..<1).headers["Retry-After"] == "2")
        try set("status=429,retry_after=2s,retry_after_form=date")
        let before = WallClock.now()
        let text = try #require(try post(0..<1).headers["Retry-After"])
        let date = try #require(HTTPDate.seconds(parsing: text)) * 1_000_000_000
        #expect(date >= before + 2_000_000_000)
        #expect(date <= WallClock.now() + 3_000_000_000)
        _ = try post(0..<1)
        #expect(try report().retryAfter.early == 1)
    }

    @Test func partOfTheItemsIsRejectedAndNotEntered() throws {
        try set("partial=3,next=2")
        let response = try post(0..<10)
        #expect(response.status == 200)
        #expect(try response.body.withUnsafeBytes { try ExportLogsResponse(decoding: $0) }.rejectedLogRecords == 3)
        #expect(ledger.distinct == 7)
        // Fewer than three: all are rejected.
        let second = try post(20..<22)
        #expect(try second.body.withUnsafeBytes { try ExportLogsResponse(decoding: $0) }.rejectedLogRecords == 2)
        #expect(ledger.distinct == 7)
        #expect(try post(10..<20).body.isEmpty)
        #expect(ledger.distinct == 17)
    }

    @Test func partialSuccessIsWrittenInJSONWithTheSignalsName() throws {
        let answer = ExportLogsResponse(rejected: 3, errorMessage: "a \"reason\"")
        for signal in OTLPSignal.allCases {
            let json = answer.encodedJSON(for: signal)
            #expect(try json.withUnsafeBytes { try ExportLogsResponse(decodingJSON: $0) } == answer)
        }
        #expect(String(decoding: answer.encodedJSON(for: .traces), as: UTF8.self).contains("rejectedSpans"))
        #expect(try answer.encoded().withUnsafeBytes { try ExportLogsResponse(decoding: $0) } == answer)
    }

    @Test func aClosedConnectionBringsNothing() throws {
        try set("close,next=1")
        #expect(failure(0..<10) == .connectionClosed)
        #expect(ledger.items == 0)
        #expect(try report().unanswered.requests == 0)
    }

    @Test func aResetConnectionBringsNothing() throws {
        try set("reset,next=1")
        do {
            // Larger than what the kernel takes at once, so that the reset comes in the middle.
            _ = try post(0..<100_000)
            Issue.record("the request was answered")
        } catch {
            #expect(error.kind == .connectionClosed)
            #expect(error.cause?.code == 104 || error.cause?.code == 32, "\(error)")
        }
        #expect(ledger.items == 0)
    }

    @Test func aHangingRequestIsNeverAnswered() throws {
        try set("hang,next=1")
        #expect(failure(0..<10, timeout: 100_000_000) == .timedOut)
        #expect(ledger.items == 0)
        #expect(try post(0..<10).status == 200)
    }

    @Test func aDelayIsWaitedForAndCutByTheNextCommand() throws {
        try set("delay=100ms,next=1")
        let start = MonotonicClock.now()
        #expect(try post(0..<10).status == 200)
        #expect(MonotonicClock.now() - start >= 100_000_000)
        // Longer than the test may take.
        try set("delay=1h")
        // The client is used by one thread at a time: this one uses the other.
        nonisolated(unsafe) let test = self
        let waiting = try PlatformThread.start(name: "waiting") { _ = test.failure(10..<20, timeout: 60_000_000_000) }
        while try report().faults[0].struck == 0 { Sleep.for(nanoseconds: 1_000_000) }
        try command("DELETE")
        #expect(waiting.join(untilMonotonic: MonotonicClock.deadline(after: 30_000_000_000)))
        #expect(ledger.distinct == 20)
    }

    @Test func whatComesTooLateIsTakenAndCounted() throws {
        try set("delay=300ms,next=1")
        #expect(failure(0..<10, timeout: 50_000_000) == .timedOut)
        while ledger.items == 0 { Sleep.for(nanoseconds: 5_000_000) }
        while try report().unanswered.items == 0 { Sleep.for(nanoseconds: 5_000_000) }
        #expect(try report().unanswered.items == 10)
    }

    @Test func slowReadingAndDrippingTakeTheirTime() throws {
        let bytes = UInt64(LogsRequest.bytes(run: "r", sequences: 0..<100).count)
        try set("slow_read=\(bytes * 10),next=1")
        var start = MonotonicClock.now()
        #expect(try post(0..<100).status == 200)
        #expect(MonotonicClock.now() - start >= 100_000_000)
        // About 100 bytes of head.
        try set("drip=1000,next=1")
        start = MonotonicClock.now()
        #expect(try post(100..<200).status == 200)
        #expect(MonotonicClock.now() - start >= 50_000_000)
        #expect(ledger.distinct == 200)
        try set("drip=10")
        #expect(failure(200..<210, timeout: 200_000_000) == .timedOut)
        while try report().unanswered.items == 0 { Sleep.for(nanoseconds: 5_000_000) }
    }

    @Test func garbageIsNoAnswer() throws {
        try set("garbage,next=1")
        guard case .malformedResponse = failure(0..<10) else {
            Issue.record("garbage was taken for an answer")
            return
        }
        #expect(ledger.items == 0)
    }

    @Test func aLostAnswerLeavesItemsInTheLedger() throws {
        try set("lost,next=1")
        #expect(failure(0..<10) == .connectionClosed)
        #expect(ledger.distinct == 10)
        #expect(try post(0..<10).status == 200)
        #expect(ledger.duplicated == 10)
        let report = try report()
        #expect(report.unanswered.requests == 1 && report.unanswered.items == 10)
    }

    @Test func aHalfClosedConnectionIsNoticed() throws {
        try set("half_close,next=1")
        #expect(try post(0..<10).status == 200)
        // The client sees that the kept connection has ended, and opens another.
        #expect(try post(10..<20).status == 200)
        #expect(ledger.distinct == 20)
        #expect(ledger.duplicated == 0)
    }

    // MARK: - The listener

    @Test func nobodyListensForAWhile() throws {
        #expect(try post(0..<10).status == 200)
        try set("refuse,for=1h")
        // The kept connection has ended, and a new one is refused.
        guard case .connectFailed = failure(10..<20) else {
            Issue.record("somebody listens")
            return
        }
        try command("DELETE")
        #expect(try post(10..<20).status == 200)
        #expect(ledger.distinct == 20)
    }

    @Test func aRestartKeepsThePort() throws {
        #expect(try post(0..<10).status == 200)
        try set("restart=50ms")
        while try report().faults[0].state != .over { Sleep.for(nanoseconds: 5_000_000) }
        let deadline = MonotonicClock.deadline(after: 10_000_000_000)
        var isBack = false
        while !isBack, MonotonicClock.now() < deadline { isBack = failure(10..<20) == nil }
        #expect(isBack)
        #expect(try report().faults[0].struck == 1)
    }

    // MARK: - Composition and commands

    @Test func aDelayedErrorIsBoth() throws {
        try set("delay=50ms;status=503,p=0.5,seed=1,next=1000")
        var statuses: Set<Int> = []
        let start = MonotonicClock.now()
        for sequence in Int64(0)..<10 { statuses.insert(try post(sequence..<sequence + 1).status) }
        #expect(MonotonicClock.now() - start >= 500_000_000)
        #expect(statuses == [200, 503])
        let entries = try report().faults
        #expect(entries[0].struck == 10)
        #expect(entries[1].seen == 10 && entries[1].struck == 10 - ledger.distinct)
    }

    @Test func faultsAreAddedAndRemovedOneByOne() throws {
        try set("status=400")
        #expect(try command("POST", "delay=1ms", query: "?add=1").status == 200)
        let faults = try report().faults
        #expect(faults.map(\.fault) == ["status=400", "delay=1ms"])
        #expect(try command("DELETE", query: "?id=\(faults[0].id)").status == 200)
        #expect(try post(0..<1).status == 200)
        #expect(try command("DELETE", query: "?id=99").status == 404)
    }

    @Test(arguments: [
        ("", "the body is empty"), ("stauts=503", "did you mean"), ("{\"fault\": []}", "the body has no \"faults\""),
        ("refuse", "say how long, for example refuse,for=10s"), ("close,phase=down", "knows no plan"),
        ("{\"faults\": \"close\", \"start\": {}}", "give either \"monotonic_ns\" or \"unix_ns\""),
    ])
    func aWrongCommandIsExplainedAndChangesNothing(_ body: String, _ part: String) throws {
        try set("status=400")
        let response = try command("POST", body)
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains(part))
        #expect(try report().faults.count == 1)
    }

    @Test func timesMayBeRelativeToAMomentOfEitherClock() throws {
        let future = MonotonicClock.now() + 3_600_000_000_000
        try set("{\"faults\": \"close\", \"start\": {\"monotonic_ns\": \(future)}}")
        #expect(try report().faults[0].state == .waiting)
        let past = WallClock.now() - 10_000_000_000
        try set("{\"faults\": \"close,for=5s\", \"start\": {\"unix_ns\": \(past)}}")
        #expect(try report().faults[0].state == .over)
        #expect(try post(0..<1).status == 200)
    }
}
