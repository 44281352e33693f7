import Measurement

/// How long and how fast a producer goes on in the open model.
struct OpenLimits {
    /// The moment from which on nothing is started any more.
    let deadline: UInt64
    /// The most that overdue operations may exceed the planned rate by, in thousandths of it; 0 for no limit.
    let catchUp: UInt64
    /// After how many operations the producer flushes; 0 for never.
    let flushEvery: UInt64

    init(_ phase: PlannedPhase, from start: UInt64) {
        deadline = start + phase.durationNanoseconds + phase.effectiveGraceNanoseconds
        flushEvery = phase.flushEvery ?? 0
        switch phase.catchUp {
        case .unlimited: catchUp = 0
        case .multiple(let thousandths): catchUp = thousandths
        }
    }
}

extension Producer {
    /// The open model: each operation at its intended start, or as soon after it as may be.
    ///
    /// That is when the previous one has returned, and the limit on catching up allows it. What cannot be started before the deadline is missed.
    ///
    /// Hot path (budget: 75 ns an operation on time, two clock readings included): nothing on it allocates, locks or
    /// retains; everything that it needs is in local variables, because the properties of a class would be checked for
    /// exclusive access each time.
    func runOpen(
        _ schedule: consuming some Arrivals,
        from start: UInt64,
        within limits: OpenLimits,
        issuing issuer: inout some OperationIssuer
    ) -> Outcome {
        var arrivals = schedule
        let clock = clock
        var pacer = Pacer(clock: clock, stop: stop)
        var unflushed: UInt64 = 0
        var ended = start
        var earliest = Earliest(limits.catchUp)
        while let offset = arrivals.next() {
            // Wrapping arithmetic is exact throughout: sums are moments within 584 years of the boot, differences are
            // of a later and an earlier moment, and a producer has fewer than 2^40 operations.
            let intended = start &+ offset
            guard let began = pacer.wait(until: earliest.start(of: intended)) else { break }
            guard began < limits.deadline else {
                miss(intended, and: &arrivals, from: start, givenUp: began, passing: &issuer)
                break
            }
            issuer.perform()
            ended = clock.now()
            issuer.latencies.record(intended: intended, began: began, ended: ended)
            issuer.settle()
            earliest.note(intended, began: began)
            unflushed &+= 1
            if unflushed == limits.flushEvery {
                flush()
                unflushed = 0
            }
        }
        if ended > limits.deadline { recorder.inFlight.add(1) }
        recorder.spunNanoseconds.add(pacer.spunNanoseconds)
        return Outcome(endNanoseconds: clock.now(), hasUnflushed: unflushed > 0)
    }

    /// Counts the operation due at `intended`, and all after it, as missed.
    ///
    /// Each enters the response times with how late it was when it was given up, which is less than what a caller would
    /// have felt; it has no service time and no lag, because it never started.
    @inline(never)
    private func miss(
        _ intended: UInt64,
        and arrivals: inout some Arrivals,
        from start: UInt64,
        givenUp now: UInt64,
        passing issuer: inout some OperationIssuer
    ) {
        var intended = intended
        while true {
            issuer.latencies.recordMissed(lateness: now > intended ? now - intended : 0)
            issuer.skip()
            recorder.missed.add(1)
            guard let offset = arrivals.next() else { return }
            intended = start + offset
        }
    }
}

/// The earliest start that a limit on catching up allows.
private struct Earliest {
    private let catchUp: UInt64
    private var intended: UInt64 = 0
    private var began: UInt64 = 0

    /// - Parameter catchUp: the limit in thousandths of the planned rate; 0 for none.
    init(_ catchUp: UInt64) {
        self.catchUp = catchUp
    }

    /// When an operation may start: after the planned distance to the one before, divided by the limit.
    @inline(__always)
    func start(of next: UInt64) -> UInt64 {
        guard catchUp != 0, began != 0 else { return next }
        return max(next, began + (next - intended) / catchUp * 1000 + (next - intended) % catchUp * 1000 / catchUp)
    }

    /// Notes when an operation was started.
    @inline(__always)
    mutating func note(_ intended: UInt64, began: UInt64) {
        guard catchUp != 0 else { return }
        (self.intended, self.began) = (intended, began)
    }
}
