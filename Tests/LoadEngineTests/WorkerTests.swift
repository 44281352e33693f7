import FoundationEssentials
import HarnessCore
import Measurement
import Platform
import Testing

@testable import LoadEngine

struct WorkerTests {
    // MARK: - The conversation

    @Test func aRunGoesThroughItsPhases() throws {
        let conversation = Conversation(
            plan: try PlanTests.plan(
                """
                {"name": "warm-up", "shape": "max", "count": 30, "report": false},
                {"name": "main", "shape": "constant", "rate": "100k/s", "count": 100, "flush_every": 10},
                {"name": "hold", "shape": "burst", "size": 7, "flush": false},
                {"name": "rest", "shape": "idle", "duration": "1ms"}
                """,
                producers: 3
            )
        )
        let messages = try conversation.run()
        #expect(conversation.status == .pass)
        guard case .ready(let ready) = try #require(messages.first) else {
            Issue.record("the first message is \(messages[0])")
            return
        }
        #expect(ready.system.sdkName == "mock" && ready.processID == 77)

        let checkpoints = messages.compactMap { if case .checkpoint(let checkpoint) = $0 { checkpoint } else { nil } }
        #expect(checkpoints.map(\.phase) == [0, 1, 2, 3])
        #expect(checkpoints.map(\.attempted) == [30, 100, 7, 0])
        #expect(checkpoints.allSatisfy { $0.attempted == $0.accepted + $0.rejected })
        #expect(checkpoints.map(\.rejected) == [3, 0, 0, 0], "each producer's first operation is refused")
        #expect(checkpoints.map(\.flushOutcome) == [.success, .success, nil, .success])
        #expect(checkpoints.allSatisfy { !$0.stopped && $0.failedFlushes == 0 && $0.label == "phase_end" })
        #expect(
            checkpoints.allSatisfy { $0.start.bytesInUse == 5 && $0.held.bytesInUse == 5 && $0.end.bytesInUse == 5 }
        )
        #expect(checkpoints.allSatisfy { $0.operationsEndNanoseconds >= $0.startNanoseconds })
        #expect(checkpoints[1].plannedEndNanoseconds == checkpoints[1].startNanoseconds + 1_000_000)

        // The intervals of a phase come before its checkpoint and add up to it, histograms included.
        for checkpoint in checkpoints {
            let end = try #require(messages.firstIndex(of: .checkpoint(checkpoint)))
            let intervals = messages[..<end].compactMap { message in
                if case .interval(let interval) = message, interval.phase == checkpoint.phase { interval } else { nil }
            }
            #expect(!intervals.isEmpty)
            // The mock holds nothing, and its heap never changes; only what follows a flush is drained.
            #expect(intervals.allSatisfy { $0.bytesInUse == 5 && $0.queuedItems == 0 && $0.queuedBytes == nil })
            #expect(Set(intervals.compactMap(\.drainedBytesInUse)) == (checkpoint.flushOutcome == .success ? [5] : []))
            #expect(intervals.reduce(0) { $0 + $1.attempted } == checkpoint.attempted)
            #expect(intervals.reduce(0) { $0 + $1.rejected } == checkpoint.rejected)
            let count = { (path: KeyPath<WorkerMessage.Interval, UInt64?>) in
                intervals.reduce(0) { $0 + ($1[keyPath: path] ?? 0) }
            }
            let isOpen = [1, 2].contains(checkpoint.phase)
            #expect(count(\.service?.totalCount) == checkpoint.attempted)
            #expect(count(\.response?.totalCount) == (isOpen ? checkpoint.attempted : 0))
            #expect(count(\.lag?.totalCount) == (isOpen ? checkpoint.attempted : 0))
            // 34, 33 and 33 operations: nine flushes by the producers, and one of the ten operations that are left.
            #expect(count(\.flushLatency?.totalCount) == [1, 10, 0, 0][checkpoint.phase])
        }

        guard case .finished(let finished) = try #require(messages.last) else {
            Issue.record("the last message is \(String(describing: messages.last))")
            return
        }
        // 10 + 34 + 3 for the first producer, 10 + 33 + 2 for the others.
        #expect(finished.attempted == [47, 45, 45])
        #expect(finished.rejected == [1, 1, 1])
        #expect(finished.shutdownOutcome == .success)
        #expect(finished.counters.accepted == 134)
        var identifiers: Set<Int64> = []
        for (producer, count) in finished.attempted.enumerated() {
            for sequence in 0..<Int64(count) { identifiers.insert(Int64(producer) << 40 | sequence) }
        }
        #expect(conversation.system.identifiers == identifiers)
        #expect(conversation.system.shutdowns == 1)
    }

    @Test func memoryIsNotSampledWhereNobodyWantsIt() throws {
        let conversation = Conversation(plan: try Self.smallPlan(), samplesMemory: false)
        let intervals = try conversation.run().compactMap {
            if case .interval(let interval) = $0 { interval } else { nil }
        }
        #expect(!intervals.isEmpty && intervals.allSatisfy { $0.bytesInUse == nil && $0.queuedItems == nil })
        #expect(intervals.allSatisfy { $0.drainedBytesInUse == nil })
    }

    @Test func afterAFlushThatFailedTheHeapIsNotDrained() throws {
        let conversation = Conversation(plan: try Self.smallPlan())
        conversation.system.flushOutcome = .timedOut
        let intervals = try conversation.run().compactMap {
            if case .interval(let interval) = $0 { interval } else { nil }
        }
        #expect(intervals.allSatisfy { $0.bytesInUse == 5 && $0.drainedBytesInUse == nil })
    }

    @Test func aStopEndsThePhaseAndTheRun() throws {
        let conversation = Conversation(
            plan: try PlanTests.plan(
                """
                {"name": "endless", "shape": "constant", "rate": "1000/s", "duration": "1h"},
                {"name": "never", "shape": "max", "count": 5}
                """,
                producers: 2
            ),
            afterStart: [.stop]
        )
        let messages = try conversation.run()
        #expect(conversation.status == .pass)
        let checkpoints = messages.compactMap { if case .checkpoint(let checkpoint) = $0 { checkpoint } else { nil } }
        try #require(checkpoints.count == 1)
        #expect(checkpoints[0].stopped && checkpoints[0].flushOutcome == .success)
        guard case .finished(let finished) = try #require(messages.last) else {
            Issue.record("the last message is \(String(describing: messages.last))")
            return
        }
        #expect(finished.attempted.reduce(0, +) == checkpoints[0].attempted)
    }

    @Test func quitBeforeAnyPhaseShutsDown() throws {
        let conversation = Conversation(plan: try Self.smallPlan(), startsPhases: false)
        let messages = try conversation.run()
        #expect(conversation.status == .pass)
        #expect(messages.count == 2)
        #expect(conversation.system.shutdowns == 1)
    }

    @Test func failedFlushesAreReported() throws {
        let conversation = Conversation(
            plan: try PlanTests.plan(#"{"name": "main", "shape": "max", "count": 20, "flush_every": 10}"#)
        )
        conversation.system.flushOutcome = .failure("no route")
        let messages = try conversation.run()
        let checkpoints = messages.compactMap { if case .checkpoint(let checkpoint) = $0 { checkpoint } else { nil } }
        #expect(checkpoints.map(\.failedFlushes) == [3])
        #expect(checkpoints.first?.flushOutcome == .failure("no route"))
    }

    // MARK: - Failures

    static func smallPlan() throws -> Plan {
        try PlanTests.plan(#"{"name": "main", "shape": "max", "count": 5}"#)
    }

    /// Feeds lines to a worker and returns what it says, and its exit status.
    static func answer(
        to lines: [String],
        system: MockSystem = MockSystem()
    ) throws -> (messages: [WorkerMessage], status: HarnessCore.ExitStatus) {
        let output = RecordingOutput()
        let worker = Worker(
            systems: [MockSystem.factory(system), MockSystem.brokenFactory],
            output: output,
            clock: SystemPacingClock(),
            host: MockSystem.host
        )
        let status = worker.run(ListInput(lines: lines.map { Array($0.utf8) }))
        return (try output.messages(), status)
    }

    static func configure(system: String = "mock", version: Int = 1, plan: Plan? = nil) throws -> String {
        var content = ControllerMessage.Configure(
            runID: "run",
            system: system,
            options: ["size": .integer(0)],
            endpoint: nil,
            plan: try plan ?? smallPlan()
        )
        content.version = version
        return String(decoding: try WorkerProtocol.line(ControllerMessage.configure(content)).dropLast(), as: UTF8.self)
    }

    @Test func wrongConfigurationsAreTheUsers() throws {
        for (system, message) in [
            ("mok", #"unknown system "mok"; did you mean "mock"?"#),
            ("zzzzzz", #"unknown system "zzzzzz"; this worker offers: mock, broken"#),
            ("broken", #"cannot make the system "broken": system.size: 0 is too small"#),
        ] {
            let (messages, status) = try Self.answer(to: [try Self.configure(system: system)])
            #expect(messages == [.failed(WorkerMessage.Failed(kind: .configuration, message: message))])
            #expect(status == .usage)
        }
        let system = MockSystem()
        system.makesProducers = false
        let (messages, status) = try Self.answer(to: [try Self.configure()], system: system)
        #expect(status == .usage)
        guard case .failed(let failed)? = messages.first else {
            Issue.record("no failure")
            return
        }
        #expect(failed.kind == .configuration && failed.message.contains("no spans here"))
    }

    @Test func whatTheProtocolForbidsEndsTheWorker() throws {
        let start = #"{"type":"start","phase":0,"start_ns":1}"#
        for (lines, part) in [
            (["nonsense"], "not a message of the worker protocol"),
            ([start], #""start" came before "configure""#),
            ([try Self.configure(), try Self.configure()], #""configure" came twice"#),
            ([try Self.configure(version: 2)], "the controller speaks version 2"),
            ([try Self.configure(), #"{"type":"start","phase":1,"start_ns":1}"#], "but phase 0 of 1 is next"),
        ] {
            let (messages, status) = try Self.answer(to: lines)
            guard case .failed(let failed)? = messages.last else {
                Issue.record("no failure for \(lines)")
                continue
            }
            #expect(failed.kind == .protocol)
            #expect(failed.message.contains(part), "\(failed.message)")
            #expect(status == .internalError)
        }
    }

    @Test func theEndOfTheInputEndsTheWorker() throws {
        #expect(try Self.answer(to: []).status == .pass)
        let plan = try PlanTests.plan(#"{"name": "main", "shape": "idle", "duration": "1h"}"#)
        let (messages, status) = try Self.answer(
            to: ["", try Self.configure(plan: plan), #"{"type":"start","phase":0,"start_ns":1}"#]
        )
        #expect(status == .interrupted)
        if case .ready? = messages.first {} else { Issue.record("not ready") }
    }

    @Test func aBrokenOutputEndsTheRunAsInterrupted() throws {
        let output = RecordingOutput(failsAfter: 0)
        let worker = Worker(
            systems: [MockSystem.factory(MockSystem())],
            output: output,
            clock: SystemPacingClock(),
            host: MockSystem.host
        )
        let input = ListInput(lines: [Array(try Self.configure().utf8), Array(#"{"type":"quit"}"#.utf8)])
        #expect(worker.run(input) == .interrupted)
    }
}
