import CollectorSink
import HarnessCore
package import Platform
import Synchronization
import Telemetry

/// Carries out one case of the sweep, SDK and receiver in this process, and judges it.
package final class SweepCase: Sendable {
    private let plan: SweepPlan
    private let server: SinkServer
    private let telemetry: Telemetry
    private let counter: Counter?
    private let producers: [Producer]
    private let calls = Guarded<[SweepCall]>([])
    private let run = "sweep"

    /// A count with one writer.
    private final class Tally: Sendable {
        let value = Atomic<Int64>(0)
    }

    /// What one thread has had accepted.
    private struct Producer: Sendable {
        let logs = Tally()
        let spans = Tally()
        let adds = Tally()
        let offered = Tally()
    }

    /// What had been accepted at a moment.
    private struct Accepted {
        var logs: [Int64]
        var spans: [Int64]
        var adds: Int64
    }

    /// Starts the receiver and the SDK of a case.
    ///
    /// - Parameter plan: What is to happen.
    /// - Throws: `SystemError`, `TelemetryConfigurationError` or `StrictJSONError` if that is impossible.
    package init(_ plan: SweepPlan) throws {
        self.plan = plan
        server = SinkServer()
        try server.start()
        telemetry = try Telemetry(configuration: plan.settings.configuration(endpoint: server.url, run: run))
        let measures = plan.threads.joined().contains { if case .adds = $0 { true } else { false } }
        counter = measures ? telemetry.makeCounter("sweep.adds") : nil
        producers = plan.threads.map { _ in Producer() }
        if !plan.faults.isEmpty {
            let faults = try Fault.list(parsing: plan.faults)
            let seed = UInt64(plan.number) + 1
            _ = server.faults.set(faults, keepsOthers: false, origin: MonotonicClock.now(), seed: seed)
        }
    }

    /// Carries out the case.
    ///
    /// Blocks until it is over; one that the SDK hangs in never is.
    ///
    /// - Returns: What came of it.
    /// - Throws: `SystemError` if there is no thread to be had.
    package func carryOut() throws(SystemError) -> SweepOutcome {
        var threads: [PlatformThread] = []
        for (index, steps) in plan.threads.enumerated() {
            threads.append(
                try PlatformThread.start(name: "sweep-\(index)") {
                    for step in steps { self.perform(step, thread: index) }
                }
            )
        }
        for thread in threads { thread.join() }
        call(.shutdown, timeout: plan.finalTimeout)
        let outcome = judge()
        server.stop(deadline: MonotonicClock.deadline(after: 5_000_000_000))
        return outcome
    }

    // MARK: - Steps

    private func perform(_ step: SweepPlan.Step, thread: Int) {
        switch step {
        case .events(let count):
            track(count, thread, producers[thread].logs, signal: 0) {
                telemetry.trackEvent("sweep.event", ["bench.id": $0])
            }
        case .logs(let count):
            track(count, thread, producers[thread].logs, signal: 0) {
                telemetry.trackLog("a line of a log", severity: .info, ["bench.id": $0])
            }
        case .spans(let count):
            track(count, thread, producers[thread].spans, signal: 1) {
                telemetry.startSpan("sweep.span", attributes: ["bench.id": $0]).end()
            }
        case .adds(let count):
            for _ in 0..<count where counter?.add(1) == true {
                producers[thread].adds.value.add(1, ordering: .releasing)
            }
        case .flush(let timeout): call(.flush, timeout: timeout)
        case .shutdown(let timeout): call(.shutdown, timeout: timeout)
        case .pause(let microseconds): Sleep.for(nanoseconds: UInt64(microseconds) * 1_000)
        case .status: _ = telemetry.status
        }
    }

    /// Offers items; one that is refused gives its number to the next.
    private func track(
        _ count: Int,
        _ thread: Int,
        _ accepted: Tally,
        signal: Int,
        offer: (AttributeValue) -> Bool
    ) {
        producers[thread].offered.value.add(Int64(count), ordering: .relaxed)
        for _ in 0..<count {
            // One writer: the thread itself. Who reads acquires what the SDK had accepted when this was released.
            let sequence = accepted.value.load(ordering: .relaxed)
            let id = ItemID(producer: thread * 2 + signal, sequence: sequence)
            if offer(.integer(id.rawValue)) { accepted.value.store(sequence + 1, ordering: .releasing) }
        }
    }

    private func call(_ kind: SweepCall.Kind, timeout microseconds: Int) {
        let before = accepted()
        let waitedBefore = RunQueue.waitNanoseconds()
        let start = MonotonicClock.now()
        let result =
            switch kind {
            case .flush: telemetry.flush(timeout: .microseconds(microseconds))
            case .shutdown: telemetry.shutdown(timeout: .microseconds(microseconds))
            }
        let end = MonotonicClock.now()
        let waited = RunQueue.waitNanoseconds().flatMap { after in waitedBefore.map { after - min(after, $0) } }
        var call = SweepCall(
            kind: kind,
            timeout: UInt64(microseconds) * 1_000,
            start: start,
            end: end,
            waited: waited ?? 0,
            result: result
        )
        if result == .success {
            call.missingItems = missing(before)
            if counter != nil { call.missingAdds = before.adds - receivedAdds() }
        }
        calls.withLock { $0.append(call) }
    }

    // MARK: - Truth

    private func accepted() -> Accepted {
        Accepted(
            logs: producers.map { $0.logs.value.load(ordering: .acquiring) },
            spans: producers.map { $0.spans.value.load(ordering: .acquiring) },
            adds: producers.reduce(0) { $0 + $1.adds.value.load(ordering: .acquiring) }
        )
    }

    /// How many of these items the receiver does not have now.
    private func missing(_ accepted: Accepted) -> UInt64 {
        var missing: UInt64 = 0
        for index in producers.indices {
            for (signal, count) in [accepted.logs[index], accepted.spans[index]].enumerated() {
                missing +=
                    UInt64(count) - server.ledger.arrived(run: run, producer: index * 2 + signal, below: count)
            }
        }
        return missing
    }

    private func receivedAdds() -> Int64 {
        let streams = server.ledger.report(run: run).signals.metrics.streams
        return streams.filter { $0.name == "sweep.adds" }.reduce(0) { $0 + Int64($1.sum?.doubleValue ?? 0) }
    }

    private func judge() -> SweepOutcome {
        var outcome = SweepOutcome(number: plan.number)
        let calls = calls.withLock { $0 }
        let all = accepted()
        outcome.accepted = Int(all.logs.reduce(0, +) + all.spans.reduce(0, +))
        outcome.items = producers.reduce(0) { $0 + Int($1.offered.value.load(ordering: .relaxed)) }
        outcome.adds = Int(all.adds)
        for call in calls { note(call, among: calls, in: &outcome) }
        checkAccount(all, in: &outcome)
        if !outcome.falseSuccesses.isEmpty || !outcome.problems.isEmpty {
            let begin = calls.map(\.start).min() ?? 0
            outcome.calls = calls.map {
                "\($0.kind) \(($0.start - begin) / 1_000)…\(($0.end - begin) / 1_000) µs: \($0.result)"
            }
        }
        outcome.struck = server.faults.report(now: MonotonicClock.now()).faults.reduce(0) { $0 + $1.struck }
        return outcome
    }

    private func note(_ call: SweepCall, among calls: [SweepCall], in outcome: inout SweepOutcome) {
        let tally = call.kind == .flush ? \SweepOutcome.flushes : \SweepOutcome.shutdowns
        switch call.result {
        case .success: outcome[keyPath: tally].succeeded += 1
        case .timedOut: outcome[keyPath: tally].timedOut += 1
        case .failure: outcome[keyPath: tally].failed += 1
        }
        let overrun = SweepOutcome.Overrun(
            nanoseconds: call.overrun,
            waited: call.waited,
            timeout: call.timeout,
            allowance: call.allowance,
            call: call.kind.rawValue
        )
        if call.overrun > 0, outcome.worst.map({ overrun.share > $0.share }) ?? true { outcome.worst = overrun }
        guard call.result == .success else { return }
        // What a call before, or at the same time, has reported as lost need not have arrived.
        let reported = calls.filter { $0.start < call.end }.reduce(UInt64(0)) { sum, other in
            if case .failure(let lost) = other.result { sum + UInt64(lost) } else { sum }
        }
        if call.missingItems > reported {
            outcome.falseSuccesses.append(
                "a \(call.kind) of \(call.timeout / 1_000) µs claims success; \(call.missingItems) items accepted before it "
                    + "had not arrived, \(reported) were reported as lost"
            )
        }
        // After a shutdown nothing is collected any more: what it has reported as lost stays lost.
        let isToldLost =
            calls.contains { $0.kind == .shutdown && $0.start < call.start }
            && calls.contains { if case .failure = $0.result { $0.start < call.end } else { false } }
        if call.missingAdds > 0, !isToldLost {
            outcome.falseSuccesses.append(
                "a \(call.kind) of \(call.timeout / 1_000) µs claims success; \(call.missingAdds) additions before it had "
                    + "not arrived"
            )
        }
    }

    /// Nothing is lost without a reason, and the client's account balances.
    private func checkAccount(_ all: Accepted, in outcome: inout SweepOutcome) {
        // The exporters may end a moment after the shutdown; one that has not within two seconds never will.
        let deadline = MonotonicClock.deadline(after: 2_000_000_000)
        var status = telemetry.status
        while status.queued > 0, MonotonicClock.now() < deadline {
            Sleep.for(nanoseconds: 200_000)
            status = telemetry.status
        }
        if status.queued > 0 { outcome.problems.append("\(status.queued) items are queued after the shutdown") }
        if status.accepted != UInt64(outcome.accepted) {
            outcome.problems.append("the SDK counts \(status.accepted) accepted items, its callers \(outcome.accepted)")
        }
        if status.accepted != status.exported + status.failed + status.queued {
            outcome.problems.append("the account does not balance: \(status)")
        }
        let missing = missing(all)
        if missing > status.failed {
            outcome.problems.append("\(missing) items never arrived, the SDK has reasons for \(status.failed)")
        }
        // The receiver cannot know of every answer that came too late, but a batch that was sent once arrives once.
        let duplicated = server.ledger.report(run: run).duplicated
        if duplicated > status.retries * UInt64(plan.settings.batchSize) {
            outcome.problems.append("\(duplicated) items arrived twice, after \(status.retries) retries")
        }
    }
}
