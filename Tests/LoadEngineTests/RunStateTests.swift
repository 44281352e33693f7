import Testing

@testable import LoadEngine

struct RunStateTests {
    static func start(_ phase: Int) -> ControllerMessage.Start {
        ControllerMessage.Start(phase: phase, startNanoseconds: 1)
    }

    @Test func phasesRunInTheirOrder() {
        var state = RunState()
        #expect(state.next() == .wait)
        #expect(state.start(Self.start(1), phaseCount: 2) == "\"start\" asks for phase 1, but phase 0 of 2 is next")
        let never = ControllerMessage.Start(phase: 0, startNanoseconds: .max)
        #expect(state.start(never, phaseCount: 2)?.hasPrefix("start_ns is 18446744073709551615") == true)
        #expect(state.start(Self.start(0), phaseCount: 2) == nil)
        #expect(state.start(Self.start(1), phaseCount: 2) == "\"start\" came while phase 0 runs")
        #expect(state.next() == .run(Self.start(0)))
        #expect(state.next() == .wait)
        state.finishPhase(phaseCount: 2)
        #expect(state.next() == .wait)
        #expect(state.start(Self.start(1), phaseCount: 2) == nil)
        #expect(state.next() == .run(Self.start(1)))
        state.finishPhase(phaseCount: 2)
        #expect(state.next() == .finish)
        #expect(state.start(Self.start(2), phaseCount: 2) == "\"start\" came after the end of the run")
    }

    @Test("A run that holds at its end waits there until it is told, and a stop is telling")
    func holding() {
        for isStopped in [false, true] {
            var state = RunState()
            state.holdsAtEnd = true
            #expect(state.start(Self.start(0), phaseCount: 1) == nil)
            #expect(state.next() == .run(Self.start(0)))
            state.finishPhase(phaseCount: 1)
            #expect(state.next() == .wait)
            if isStopped { state.isStopRequested = true } else { state.isFinishRequested = true }
            #expect(state.next() == .finish)
        }
    }

    @Test func aStopFinishesFromAnywhere() {
        var state = RunState()
        #expect(state.start(Self.start(0), phaseCount: 2) == nil)
        state.isStopRequested = true
        #expect(state.next() == .run(Self.start(0)), "each start gets its checkpoint")
        state.finishPhase(phaseCount: 2)
        #expect(state.next() == .finish)
        #expect(state.start(Self.start(0), phaseCount: 2) == "\"start\" came after the end of the run")
    }
}
