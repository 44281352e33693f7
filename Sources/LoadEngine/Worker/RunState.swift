/// Where a run stands; a pure state machine, used under a lock.
struct RunState {
    /// The phase that has to be started next.
    private(set) var nextPhase = 0
    /// The phase that was asked for or runs.
    private var requested: ControllerMessage.Start?
    private var isRunning = false
    private var isComplete = false

    /// Whether the session's thread can take the first phase.
    var isReady = false
    /// Whether the run waits after its last phase until it is told to finish.
    var holdsAtEnd = false
    /// Whether it was told.
    var isFinishRequested = false
    /// Whether somebody asked to end early.
    var isStopRequested = false
    /// Whether the run ended because it could not go on.
    var hasFailed = false
    /// Whether everything is done and said.
    var isFinished = false

    /// What the session's thread has to do.
    enum Action: Equatable {
        case wait
        case run(ControllerMessage.Start)
        case finish
    }

    /// Takes a request for a phase.
    ///
    /// - Returns: why it is refused, or nil.
    mutating func start(_ start: ControllerMessage.Start, phaseCount: Int) -> String? {
        if isStopRequested || isComplete { return "\"start\" came after the end of the run" }
        if let requested { return "\"start\" came while phase \(requested.phase) runs" }
        guard start.phase == nextPhase else {
            return "\"start\" asks for phase \(start.phase), but phase \(nextPhase) of \(phaseCount) is next"
        }
        // What no monotonic clock ever shows would overflow in sums with durations.
        guard start.startNanoseconds < 1 << 62 else {
            return "start_ns is \(start.startNanoseconds), which is not a time of the monotonic clock"
        }
        requested = start
        return nil
    }

    /// What to do now; a phase that is returned counts as running.
    ///
    /// A phase that was asked for is run even after a stop, which ends it at once: each `start` gets its `checkpoint`.
    mutating func next() -> Action {
        if let requested, !isRunning {
            isRunning = true
            return .run(requested)
        }
        return isStopRequested || isComplete && (isFinishRequested || !holdsAtEnd) ? .finish : .wait
    }

    /// Notes that the running phase is over.
    mutating func finishPhase(phaseCount: Int) {
        requested = nil
        isRunning = false
        nextPhase += 1
        isComplete = nextPhase == phaseCount
    }
}
