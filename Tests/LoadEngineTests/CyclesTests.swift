import FoundationEssentials
import HarnessCore
import TestSupport
import Testing

@testable import LoadEngine

/// Phases that are done several times over: cycles.
struct CyclesTests {
    @Test func aPhaseWithCyclesBecomesSoManyPhases() throws {
        let plan = try PlanTests.plan(
            #"{"name": "main", "shape": "max", "count": 7, "cycles": 3, "sessions": 2, "fresh_threads": true}"#
        )
        #expect(plan.phases.map(\.name) == ["main-1", "main-2", "main-3"])
        #expect(plan.phases.allSatisfy { $0.isCycle && $0.freshThreads && $0.sessions == 2 && $0.flush })
        #expect(plan.totalOperations == 21)
        let line = try WorkerProtocol.line(plan)
        #expect(try WorkerProtocol.message(Plan.self, from: line) == plan)
    }

    @Test("A plan that does not use cycles does not mention them")
    func plansWithoutCyclesKeepTheirForm() throws {
        let plan = try PlanTests.plan(#"{"name": "main", "shape": "max", "count": 7}"#)
        let text = String(decoding: plan.canonicalJSON, as: UTF8.self)
        for word in ["cycle", "fresh_threads", "sessions"] { #expect(!text.contains(word)) }
    }

    /// 101 flushes: one after each 997 of 100,003 operations, and one at the end.
    @Test func flushesAreCounted() throws {
        let plan = { (phase: String, producers: Int) in try PlanTests.plan(phase, producers: producers) }
        let main = #"{"name": "main", "shape": "max", "count": 100003, "flush_every": 997, "cycles": 2}"#
        #expect(try plan(main, 1).flushes(inPhase: 1) == 101)
        #expect(try plan(main, 2).flushes(inPhase: 0) == 101)
        #expect(try plan(main, 64).flushes(inPhase: 0) == 65)
        #expect(try plan(#"{"name": "main", "shape": "max", "count": 5, "flush": false}"#, 1).flushes(inPhase: 0) == 0)
    }

    @Test(arguments: [
        (#"{"name": "m", "shape": "max", "duration": "1s", "cycles": 3}"#, "needs a number of operations"),
        (#"{"name": "m", "shape": "max", "count": 3, "cycles": 1}"#, "allowed: 2 to 1000"),
        (#"{"name": "m", "shape": "max", "count": 3, "cycles": 3, "flush": false}"#, "each cycle ends with a flush"),
        (#"{"name": "m", "shape": "max", "count": 3, "sessions": 3}"#, "stands without \"cycles\""),
        (#"{"name": "m", "shape": "idle", "duration": "1s", "cycles": 3}"#, "does not apply to the shape \"idle\""),
        (
            #"{"name": "m-2", "shape": "max", "count": 3}, {"name": "m", "shape": "max", "count": 3, "cycles": 3}"#,
            "names two phases"
        ),
    ])
    func mistakesAreNamed(phases: String, message: String) {
        let error = #expect(throws: ProfileError.self) { try PlanTests.plan(phases) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        (#""leak": {}, "phases": [{"name": "m", "shape": "max", "count": 3}]"#, "exactly one phase \"cycles\""),
        (
            #""leak": {}, "phases": [{"name": "m", "shape": "max", "count": 3, "cycles": 8}]"#,
            "allowed: 10 to 1000"
        ),
        (
            #""leak": {"discard": 20}, "phases": [{"name": "m", "shape": "max", "count": 3, "cycles": 1}]"#,
            "allowed: 26 to 1000"
        ),
        (
            #""leak": {"discard": 2000}, "phases": [{"name": "m", "shape": "max", "count": 3, "cycles": 1000}]"#,
            "allowed: 0 to 994"
        ),
        (
            #""leak": {}, "phases": [{"name": "m", "shape": "constant", "rate": "9/s", "duration": "1s", "cycles": 12}]"#,
            "give it a \"count\""
        ),
        (
            #""leak": {"byte_per_item": 1}, "phases": [{"name": "m", "shape": "max", "count": 3, "cycles": 12}]"#,
            "did you mean \"bytes_per_item\"?"
        ),
    ])
    func mistakesInTheCheckAreNamed(members: String, message: String) {
        let error = #expect(throws: ProfileError.self) {
            try ProfileDocument(parsing: #"{"name": "p", \#(members)}"#, source: "p").profile()
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test func aFaultNamesACycle() throws {
        let text = { (phase: String) in
            #"{"name": "p", "faults": "refuse,phase=\#(phase)", "phases": [{"name": "m", "shape": "constant", "#
                + #""rate": "9/s", "duration": "1s", "cycles": 3}]}"#
        }
        #expect(try ProfileDocument(parsing: text("m-2"), source: "p").profile().faults.count == 1)
        let error = #expect(throws: ProfileError.self) {
            try ProfileDocument(parsing: text("m"), source: "p").profile()
        }
        #expect(error?.description.contains("there are: m-1, m-2, m-3") == true, "\(String(describing: error))")
    }

    // MARK: - The worker

    @Test func cyclesRunWithFreshThreadsAndFurtherSessions() throws {
        let conversation = Conversation(
            plan: try PlanTests.plan(
                """
                {"name": "warm-up", "shape": "max", "count": 4, "report": false},
                {"name": "main", "shape": "max", "count": 10, "cycles": 3, "sessions": 2, "fresh_threads": true},
                {"name": "last", "shape": "max", "count": 4}
                """,
                producers: 2
            )
        )
        let messages = try conversation.run()
        #expect(conversation.status == .pass)
        let checkpoints = messages.compactMap { if case .checkpoint(let checkpoint) = $0 { checkpoint } else { nil } }
        #expect(checkpoints.map(\.attempted) == [4, 10, 10, 10, 4])
        #expect(checkpoints.allSatisfy { !$0.stopped && $0.failedFlushes == 0 })
        // The mock is the same system each time: six further sessions, and the run's own.
        #expect(conversation.system.shutdowns == 7)
        guard case .finished(let finished) = try #require(messages.last) else {
            Issue.record("the last message is \(String(describing: messages.last))")
            return
        }
        #expect(finished.attempted == [19, 19])
    }

    @Test func aSessionThatCannotBeMadeEndsTheRun() throws {
        let system = MockSystem()
        let factory = SystemFactory(name: "once") { (configuration) throws(SystemConfigurationError) in
            guard !configuration.runID.hasSuffix("-sessions") else {
                throw SystemConfigurationError(message: "only one at a time")
            }
            return system
        }
        let plan = try PlanTests.plan(#"{"name": "main", "shape": "max", "count": 4, "cycles": 2, "sessions": 1}"#)
        let folder = try TemporaryDirectory()
        let run = try UnattendedRun(file: Self.input(plan, system: "once", in: folder))
        let worker = Worker(systems: [factory], output: run, clock: SystemPacingClock(), host: MockSystem.host)
        #expect(worker.run(run) == .internalError)
        #expect(run.failure?.contains("phase main-1: ") == true && run.failure?.contains("only one at a time") == true)
        #expect(system.shutdowns == 1)
    }

    @Test func aWorkerFollowsAFile() throws {
        let folder = try TemporaryDirectory()
        let plan = try PlanTests.plan(#"{"name": "main", "shape": "max", "count": 4, "cycles": 2}"#)
        let run = try UnattendedRun(file: Self.input(plan, system: "mock", in: folder))
        let system = MockSystem()
        let worker = Worker(
            systems: [MockSystem.factory(system)],
            output: run,
            clock: SystemPacingClock(),
            host: MockSystem.host
        )
        #expect(worker.run(run) == .pass)
        #expect(system.identifiers.count == 8 && system.shutdowns == 1)
        let missing = #expect(throws: UnattendedRun.Refusal.self) { try UnattendedRun(file: folder.path("none")) }
        #expect(missing?.description.contains("bench plan --worker-input") == true)
    }

    /// A file with the first message of a controller.
    private static func input(_ plan: Plan, system: String, in folder: TemporaryDirectory) throws -> String {
        let configure = ControllerMessage.Configure(
            runID: "run",
            system: system,
            options: [:],
            endpoint: nil,
            plan: plan
        )
        return try folder.write(WorkerProtocol.line(ControllerMessage.configure(configure)), to: "input")
    }
}
