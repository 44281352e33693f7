import Platform
import TestSupport
import Testing

@testable import Telemetry

/// What flush and shutdown say when things go wrong, and how long a backend is left alone.
struct DeliveryTruthTests {
    private let patience: Duration = .seconds(30)

    // MARK: - Retry-After

    @Test("a Retry-After that outlasts its batch holds for the next one")
    func quietAcrossBatches() throws {
        let pause: UInt64 = 60_000_000
        let transport = ScriptedTransport([.retryable(reason: "busy", retryAfter: pause)])
        let configuration = testConfiguration { $0.retry.maximumElapsed = .milliseconds(5) }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        telemetry.trackEvent("first")
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 1))
        telemetry.trackEvent("second")
        #expect(telemetry.flush(timeout: patience) == .success)
        let times = transport.times
        try #require(times.count == 2)
        #expect(times[1] - times[0] >= pause)
        #expect(telemetry.status.dropped == [.retriesExhausted: 1])
    }

    @Test("the second half of a batch that was cut heeds what the first was answered")
    func quietBetweenHalves() throws {
        let pause: UInt64 = 60_000_000
        let transport = ScriptedTransport([.tooLarge(reason: "413"), .retryable(reason: "busy", retryAfter: pause)])
        let configuration = testConfiguration { $0.retry.maximumElapsed = .milliseconds(5) }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        for _ in 0..<4 { telemetry.trackEvent("e") }
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 2))
        let times = transport.times
        try #require(times.count == 3)
        #expect(times[2] - times[1] >= pause)
    }

    @Test("time-outs hold while the backend wants to be left alone, and nothing is sent")
    func timeoutsHoldWhileQuiet() throws {
        let transport = ScriptedTransport([.retryable(reason: "busy", retryAfter: .max)])
        let configuration = testConfiguration { $0.retry.maximumElapsed = .milliseconds(5) }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        telemetry.trackEvent("first")
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 1))
        telemetry.trackEvent("second")
        #expect(telemetry.flush(timeout: .milliseconds(1)) == .timedOut(pendingItems: 1))
        #expect(telemetry.shutdown(timeout: .milliseconds(1)) == .timedOut(pendingItems: 1))
        #expect(Waiting.until { telemetry.status.dropped == [.retriesExhausted: 1, .shutdownTimedOut: 1] })
        #expect(transport.requests.count == 1)
    }

    // MARK: - Retries

    @Test("a request that is sent again over a new connection counts as a retry")
    func resentRequestsCount() throws {
        let server = try ScriptedServer { socket, number in
            var answered = 0
            while Self.readsRequest(socket) {
                // The first connection dies with its second request, unanswered.
                if number == 0 && answered == 1 { return }
                try? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                answered += 1
            }
        }
        var configuration = testConfiguration()
        configuration.endpoint = "http://127.0.0.1:\(server.port)"
        let telemetry = try Telemetry(configuration: configuration)
        telemetry.trackEvent("first")
        #expect(telemetry.flush(timeout: patience) == .success)
        telemetry.trackEvent("second")
        #expect(telemetry.flush(timeout: patience) == .success)
        #expect(telemetry.status.retries == 1)
        #expect(telemetry.status.requests == 3)
    }

    /// Reads one request with its body; false at the end of the stream.
    private static func readsRequest(_ socket: TCPSocket) -> Bool {
        var text = ""
        while let more = try? socket.readSome(), !more.isEmpty {
            // Whatever is not text takes at least as many bytes as it had.
            text += String(decoding: more, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n"),
                let field = text.firstRange(of: "Content-Length: "),
                let length = Int(text[field.upperBound...].prefix { $0.isNumber })
            else { continue }
            if text[end.upperBound...].utf8.count >= length { return true }
        }
        return false
    }

    // MARK: - Flush

    /// Logs are answered at once, spans when the test says so.
    @Test("a loss that a time-out of another signal hides is told by the next flush")
    func lossesBehindATimeout() throws {
        let logs = ScriptedTransport([.rejected(reason: "no")])
        let spans = ScriptedTransport(isHeld: true)
        let configuration = try testConfiguration().resolved(with: .fixed())
        let telemetry = try Telemetry(configuration: configuration) { $0 == .logs ? logs : spans }
        telemetry.trackEvent("e")
        telemetry.startSpan("s").end()
        #expect(
            Waiting.until { telemetry.flush(timeout: .milliseconds(1)) != .success && telemetry.status.failed == 1 }
        )
        spans.release()
        #expect(telemetry.flush(timeout: patience) == .failure(lostItems: 1))
        #expect(telemetry.flush(timeout: patience) == .success)
    }

    @Test("callers that wait get through although what is left is less than a batch")
    func waitingForLessThanABatch() throws {
        let transport = ScriptedTransport(isHeld: true)
        let configuration = testConfiguration {
            $0.overflow = .wait
            $0.batchSize = 10
            $0.queueByteLimit = 7_000
        }
        let large = String(repeating: "x", count: 5_000)
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        // One batch is under way, and a single item fills the queue: no second batch will ever be complete.
        let caller = try PlatformThread.start(name: "caller") {
            for _ in 0..<10 { telemetry.trackEvent("e") }
            for _ in 0..<2 { telemetry.trackEvent("e", ["text": .string(large)]) }
        }
        #expect(Waiting.until { telemetry.status.accepted == 11 && transport.requests.count == 1 })
        transport.release()
        // The flush interval is an hour.
        #expect(caller.join(untilMonotonic: Waiting.deadline()))
        #expect(telemetry.status.accepted == 12)
    }

    // MARK: - Shutdown

    @Test("a second shutdown does not claim success while the first has not ended")
    func shutdownTwiceAtOnce() throws {
        let transport = ScriptedTransport(isHeld: true)
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        telemetry.trackEvent("e")
        let first = Shared<FlushResult?>(nil)
        let thread = try PlatformThread.start(name: "shutdown") { [patience] in
            first.set(telemetry.shutdown(timeout: patience))
        }
        #expect(Waiting.until { !telemetry.trackEvent("late") && transport.requests.count == 1 })
        guard case .timedOut = telemetry.shutdown(timeout: .milliseconds(1)) else {
            Issue.record("the first shutdown has not ended")
            return
        }
        transport.release()
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        // It has given nothing up: that is the first one's business.
        #expect(first.get() == .success)
        #expect(telemetry.shutdown(timeout: patience) == .success)
    }

    @Test("after a shutdown that timed out no call claims success for what was given up")
    func shutdownAfterTimeout() throws {
        let transport = ScriptedTransport(isHeld: true)
        let telemetry = try Telemetry(configuration: testConfiguration(), transport: transport)
        telemetry.trackEvent("e")
        #expect(telemetry.shutdown(timeout: .milliseconds(1)) == .timedOut(pendingItems: 1))
        #expect(telemetry.shutdown(timeout: patience) == .failure(lostItems: 1))
    }

    @Test("nor for measurements that were never collected")
    func shutdownAfterTimeoutWithMetrics() throws {
        let transport = ScriptedTransport(isHeld: true)
        let configuration = testConfiguration { $0.metricInterval = .seconds(3600) }
        let telemetry = try Telemetry(configuration: configuration, transport: transport)
        let counter = telemetry.makeCounter("c")
        counter.add(1)
        #expect(telemetry.flush(timeout: .milliseconds(1)) != .success)
        #expect(Waiting.until { transport.requests.count == 1 })
        counter.add(1)
        #expect(telemetry.shutdown(timeout: .milliseconds(1)) != .success)
        #expect(telemetry.flush(timeout: patience) != .success)
    }
}
