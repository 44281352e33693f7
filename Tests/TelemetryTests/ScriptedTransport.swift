import HTTP
import Platform
import Synchronization
import Testing

@testable import Telemetry

/// A backend in the test's hands: it answers as scripted and keeps what it was sent.
final class ScriptedTransport: ExportTransport {
    private struct State {
        var answers: [ExportAnswer]
        var requests: [[UInt8]] = []
        var times: [UInt64] = []
        var isHeld = false
        var isCancelled = false
        var concurrent = 0
        var mostConcurrent = 0
    }

    private let condition = Condition()
    private let state: Mutex<State>

    /// Answers in the order given, then accepts everything.
    init(_ answers: [ExportAnswer] = [], isHeld: Bool = false) {
        state = Mutex(State(answers: answers, isHeld: isHeld))
    }

    /// What was sent, request by request.
    var requests: [[UInt8]] {
        state.withLock { $0.requests }
    }

    /// When each of them came, by the monotonic clock.
    var times: [UInt64] {
        state.withLock { $0.times }
    }

    /// The most requests that were under way at a time.
    var mostConcurrent: Int {
        state.withLock { $0.mostConcurrent }
    }

    /// Lets requests that wait for an answer go on.
    func release() {
        condition.withLock {
            state.withLock { $0.isHeld = false }
            condition.broadcast()
        }
    }

    func send(_ records: UnsafeRawBufferPointer) -> ExportAnswer {
        state.withLock { state in
            state.requests.append(Array(records))
            state.times.append(MonotonicClock.now())
            state.concurrent += 1
            state.mostConcurrent = max(state.mostConcurrent, state.concurrent)
        }
        condition.withLock {
            while state.withLock({ $0.isHeld && !$0.isCancelled }) { condition.wait() }
        }
        return state.withLock { state in
            state.concurrent -= 1
            if state.isCancelled { return .retryable(reason: "cancelled", retryAfter: nil) }
            return state.answers.isEmpty ? .accepted(rejectedItems: 0) : state.answers.removeFirst()
        }
    }

    func cancel() {
        condition.withLock {
            state.withLock { $0.isCancelled = true }
            condition.broadcast()
        }
    }
}

/// Settings for tests: nothing leaves by itself, and retries are quick.
func testConfiguration(_ change: (inout TelemetryConfiguration) -> Void = { _ in }) -> TelemetryConfiguration {
    var configuration = TelemetryConfiguration(projectName: "tests")
    configuration.isEnabled = true
    configuration.batchSize = 10
    configuration.queueLimit = 100
    configuration.flushInterval = .seconds(3600)
    configuration.retry.initialBackoff = .milliseconds(1)
    configuration.retry.maximumBackoff = .milliseconds(2)
    change(&configuration)
    return configuration
}

extension Telemetry {
    /// A client whose signals all go to one scripted backend, and that does not look at the environment of the tests.
    convenience init(configuration: TelemetryConfiguration, transport: any ExportTransport) throws {
        try self.init(configuration: try configuration.resolved(with: .fixed())) { _ in transport }
    }
}

/// The bytes of a record, and the proof that nothing is written behind their end.
func encoded(_ record: some SignalRecord) -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: record.encodedSize + 1)
    bytes.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        record.write(at: base)
    }
    #expect(bytes.removeLast() == 0xEE)
    return bytes
}

extension ConfigurationSources {
    /// Sources in the test's hands; warnings are dropped unless the test takes them.
    static func fixed(
        _ variables: [String: String] = [:],
        files: Set<String> = [],
        warn: @escaping (String) -> Void = { _ in }
    ) -> ConfigurationSources {
        ConfigurationSources(
            variables: variables,
            process: ProcessFacts(sessionID: "session"),
            fileExists: files.contains(_:),
            warn: warn
        )
    }
}
