import Measurement

/// How long and how fast a producer goes on in the closed model.
struct ClosedLimits {
    /// How many operations it issues at most.
    let operations: UInt64
    /// The moment from which on nothing is started any more.
    let deadline: UInt64
    /// The pause after each operation, in nanoseconds.
    let thinkNanoseconds: UInt64
    /// One operation in so many is timed; 1 with pauses.
    let timedEvery: UInt64
    /// After how many operations the producer flushes; 0 for never.
    let flushEvery: UInt64
}

extension Producer {
    /// The closed model: the next operation when the previous one has returned, and after the pause if there is one.
    ///
    /// Hot path (budget: 60 ns a timed operation, two clock readings included); see
    /// ``runOpen(_:from:within:issuing:)``. The deadline and a stop are looked at with each timed operation.
    func runClosed(
        from start: UInt64,
        within limits: ClosedLimits,
        issuing issuer: inout some OperationIssuer
    ) -> Outcome {
        let (clock, stop) = (clock, stop)
        var pacer = Pacer(clock: clock, stop: stop)
        var remaining = limits.operations
        var unflushed: UInt64 = 0
        var ended = start
        if pacer.wait(until: start) == nil { remaining = 0 }
        while remaining > 0, !stop.isSet {
            // Wrapping arithmetic is exact, as in the open model.
            let began = clock.now()
            guard began < limits.deadline else { break }
            issuer.perform()
            ended = clock.now()
            issuer.latencies.record(began: began, ended: ended)
            var untimed = min(limits.timedEvery, remaining) &- 1
            remaining &-= untimed &+ 1
            while true {
                issuer.settle()
                unflushed &+= 1
                if unflushed == limits.flushEvery {
                    flush()
                    unflushed = 0
                }
                guard untimed > 0 else { break }
                untimed &-= 1
                issuer.perform()
            }
            guard limits.thinkNanoseconds > 0, remaining > 0 else { continue }
            if pacer.wait(until: min(ended &+ limits.thinkNanoseconds, limits.deadline)) == nil { break }
        }
        if ended > limits.deadline { recorder.inFlight.add(1) }
        recorder.spunNanoseconds.add(pacer.spunNanoseconds)
        return Outcome(endNanoseconds: clock.now(), hasUnflushed: unflushed > 0)
    }
}
