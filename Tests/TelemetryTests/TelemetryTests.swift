import OTLP
import Platform
import TestSupport
import Testing

@testable import Telemetry

/// The client with a scripted backend: no sockets, no waiting for time to pass.
struct TelemetryTests {
    private let patience: Duration = .seconds(30)

    @Test func flushDeliversEverythingInOrder() throws {
        let transport = ScriptedTransport()
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        for index in 0..<25 { #expect(telemetry.trackEvent("e", ["index": .integer(Int64(index))])) }
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(try indices(transport) == Array(0..<25))
        let status = telemetry.status
        #expect(status.accepted == 25 && status.exported == 25 && status.queued == 0 && status.dropped.isEmpty)
        #expect(status.requests == UInt64(transport.requests.count))
    }

    @Test func aFullBatchLeavesByItself() throws {
        let transport = ScriptedTransport()
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        for _ in 0..<10 { telemetry.trackEvent("e") }
        #expect(Waiting.until { telemetry.status.exported == 10 })
        #expect(transport.requests.count == 1)
    }

    @Test func anOldBatchLeavesByItself() throws {
        let transport = ScriptedTransport()
        let configuration = testConfiguration { $0.flushInterval = .milliseconds(5) }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        telemetry.trackEvent("e")
        #expect(Waiting.until { telemetry.status.exported == 1 })
    }

    @Test func manualExportWaitsForTheFlush() throws {
        let transport = ScriptedTransport()
        let configuration = testConfiguration {
            $0.exportMode = .manual
            $0.flushInterval = .milliseconds(1)
        }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        for _ in 0..<100 { telemetry.trackEvent("e") }
        #expect(transport.requests.isEmpty)
        #expect(telemetry.status.queued == 100)
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(transport.requests.count == 10)
    }

    @Test func aFullQueueRefusesTheNewest() throws {
        let transport = ScriptedTransport(isHeld: true)
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        var refused = 0
        for index in 0..<120 where !telemetry.trackEvent("e", ["index": .integer(Int64(index))]) { refused += 1 }
        #expect(refused == 20)
        #expect(telemetry.status.dropped == [.queueFull: 20])
        transport.release()
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(try indices(transport) == Array(0..<100))
    }

    @Test func aCallerThatMayWaitLosesNothing() throws {
        let transport = ScriptedTransport()
        let configuration = testConfiguration {
            $0.overflow = .wait
            $0.queueLimit = 10
        }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        for index in 0..<1000 { #expect(telemetry.trackEvent("e", ["index": .integer(Int64(index))])) }
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(try indices(transport) == Array(0..<1000))
    }

    @Test(arguments: [TelemetryConfiguration.OverflowPolicy.wait, .dropNewest])
    func aQueueFullOfOneIncompleteBatchIsExported(overflow: TelemetryConfiguration.OverflowPolicy) throws {
        let transport = ScriptedTransport()
        let configuration = testConfiguration {
            $0.batchSize = 100
            $0.queueByteLimit = 200
            $0.overflow = overflow
        }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        // Neither 100 items nor an hour pass here: only the full queue can make the batch leave.
        #expect(Waiting.until { telemetry.trackEvent("e") && telemetry.status.exported > 0 })
    }

    @Test func shutdownReleasesCallersThatWait() throws {
        let transport = ScriptedTransport(isHeld: true)
        let configuration = testConfiguration {
            $0.overflow = .wait
            $0.queueLimit = 10
        }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        let caller = try PlatformThread.start(name: "caller") {
            for _ in 0..<11 { telemetry.trackEvent("e") }
        }
        #expect(Waiting.until { telemetry.status.accepted == 10 })
        #expect(telemetry.shutdown(timeout: .milliseconds(1)) == .timedOut(pendingItems: 10))
        caller.join()
        #expect(Waiting.until { telemetry.status.dropped == [.alreadyShutdown: 1, .shutdownTimedOut: 10] })
    }

    @Test func retryableFailuresAreRepeatedAndNothingIsLost() throws {
        let unavailable = ExportAnswer.retryable(reason: "503", retryAfter: nil)
        let transport = ScriptedTransport([unavailable, unavailable, unavailable])
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(transport.requests.count == 4)
        #expect(Set(transport.requests).count == 1)
        #expect(telemetry.status.retries == 3)
        #expect(telemetry.status.lastFailure == "503")
    }

    @Test func retriesEnd() throws {
        let answers = [ExportAnswer](repeating: .retryable(reason: "connection refused", retryAfter: nil), count: 500)
        let configuration = testConfiguration { $0.retry.maximumElapsed = .milliseconds(20) }
        let telemetry = try Telemetry(configuration: configuration, transport: ScriptedTransport(answers))
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 1))
        #expect(telemetry.status.dropped == [.retriesExhausted: 1])
    }

    @Test func otherFailuresAreNotRepeated() throws {
        let transport = ScriptedTransport([.rejected(reason: "400")])
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        for _ in 0..<3 { telemetry.trackEvent("e") }
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 3))
        #expect(transport.requests.count == 1)
        #expect(telemetry.status.dropped == [.exportRejected: 3])
        // The failure has been told: a later flush speaks of what came after it.
        #expect(telemetry.flush(timeout: patience) == .success)
    }

    @Test(arguments: [ProtocolFormat.protobuf, .json])
    func aBatchThatIsTooLargeIsSplitOnce(format: ProtocolFormat) throws {
        let tooLarge = ExportAnswer.tooLarge(reason: "413")
        // The batch, its first half, its second half.
        let transport = ScriptedTransport([tooLarge, .accepted(rejectedItems: 0), tooLarge])
        let configuration = testConfiguration { $0.protocolFormat = format }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        for index in 0..<5 {
            // Text that would mislead whoever looks for the borders of JSON records by commas and braces.
            telemetry.trackEvent("e", ["index": .integer(Int64(index)), "text": "},{ \\\" ],\"", "list": [1, 2]])
        }
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 3))
        #expect(transport.requests.count == 3)
        #expect(transport.requests[1] + transport.requests[2] == transport.requests[0])
        let status = telemetry.status
        #expect(status.exported == 2 && status.dropped == [.exportRejected: 3])
        #expect(status.requests == 3 && status.retries == 0 && status.lastFailure == "413")
        if format == .protobuf {
            let envelope = SignalEnvelope(resource: [], scope: [])
            let first = transport.requests[1]
            let records = try DecodedLogs(decoding: envelope.prefix(recordBytes: first.count) + first).logRecords
            #expect(records.map { $0["index"] } == [.int(0), .int(1)])
        }
    }

    @Test func oneItemThatIsTooLargeIsLost() throws {
        let transport = ScriptedTransport([.tooLarge(reason: "413")])
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 1))
        #expect(transport.requests.count == 1)
    }

    @Test func partialSuccessIsCountedAndNotRepeated() throws {
        let transport = ScriptedTransport([.accepted(rejectedItems: 2)])
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        for _ in 0..<5 { telemetry.trackEvent("e") }
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 2))
        #expect(transport.requests.count == 1)
        let status = telemetry.status
        #expect(status.exported == 3 && status.failed == 2 && status.dropped == [.itemsRejected: 2])
    }

    @Test func aLossBeforeTheFlushIsReported() throws {
        let transport = ScriptedTransport([.rejected(reason: "500")])
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        for _ in 0..<10 { telemetry.trackEvent("e") }
        #expect(Waiting.until { telemetry.status.failed == 10 })
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 10))
    }

    @Test func flushTimesOut() throws {
        let transport = ScriptedTransport(isHeld: true)
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: .milliseconds(10)) == .timedOut(pendingItems: 1))
        transport.release()
        #expect(telemetry.flush(timeout: patience) == .success)
    }

    @Test func anEmptyFlushSucceedsWithoutARequest() throws {
        let transport = ScriptedTransport()
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        #expect(telemetry.flush(timeout: .zero) == .success)
        #expect(transport.requests.isEmpty)
    }

    @Test func shutdownDeliversAndThenRefuses() throws {
        let transport = ScriptedTransport()
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        telemetry.trackEvent("e")
        #expect(telemetry.shutdown(timeout: patience) == .success)
        #expect(transport.requests.count == 1)
        #expect(!telemetry.trackEvent("late"))
        #expect(telemetry.status.dropped == [.alreadyShutdown: 1])
        #expect(telemetry.shutdown(timeout: patience) == .success)
    }

    @Test func aClientThatIsReleasedStillDelivers() throws {
        let transport = ScriptedTransport()
        do {
            let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
            telemetry.trackEvent("e")
        }
        #expect(Waiting.until { transport.requests.count == 1 })
    }

    @Test func exportsNeverOverlap() throws {
        let transport = ScriptedTransport()
        let configuration = testConfiguration {
            $0.batchSize = 1
            $0.overflow = .wait
        }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        let threads = try (0..<4).map { _ in
            try PlatformThread.start(name: "caller") {
                for _ in 0..<200 {
                    telemetry.trackEvent("e")
                    telemetry.flush(timeout: .seconds(30))
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(telemetry.status.exported == 800)
        #expect(transport.mostConcurrent == 1)
    }

    @Test func manyCallersLoseAndDuplicateNothing() throws {
        let transport = ScriptedTransport()
        let configuration = testConfiguration { $0.overflow = .wait }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        let threads = try (0..<4).map { thread in
            try PlatformThread.start(name: "caller") {
                for index in 0..<2500 { telemetry.trackEvent("e", ["index": .integer(Int64(thread * 2500 + index))]) }
            }
        }
        for thread in threads { thread.join() }
        #expect(telemetry.shutdown(timeout: patience) == .success)
        #expect(try indices(transport).sorted() == Array(0..<10_000))
    }

    @Test func aDisabledClientDoesNothing() throws {
        let transport = ScriptedTransport()
        let telemetry = try Telemetry(configuration: testConfiguration { $0.isEnabled = false }, transport: transport)
        #expect(!telemetry.isEnabled)
        #expect(!telemetry.trackEvent("e", ["a": 1]))
        #expect(telemetry.flush(timeout: .zero) == .success)
        #expect(telemetry.shutdown(timeout: .zero) == .success)
        #expect(telemetry.status == TelemetryStatus(isEnabled: false))
        #expect(transport.requests.isEmpty)
    }

    /// The `index` attributes of everything that was sent, in order.
    private func indices(_ transport: ScriptedTransport) throws -> [Int64] {
        let envelope = SignalEnvelope(resource: [], scope: [])
        return try transport.requests.flatMap { records in
            try DecodedLogs(decoding: envelope.prefix(recordBytes: records.count) + records).logRecords
        }.map { record in
            guard case .int(let index) = record["index"] else { return -1 }
            return index
        }
    }
}
