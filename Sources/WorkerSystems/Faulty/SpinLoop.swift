import Platform

/// A loop whose pace is known, to spin for less time than a reading of the clock takes.
struct SpinLoop: Sendable {
    /// What one reading of the clock takes, in nanoseconds.
    let clockNanoseconds: Double
    private let stepsPerNanosecond: Double

    /// Measures the pace of the loop and of the clock: the best of several attempts, about 1 ms in all.
    init() {
        var clock = Double.infinity
        var pace = 0.0
        let steps = 20_000
        for _ in 0..<20 {
            let began = MonotonicClock.now()
            for _ in 0..<100 { _ = MonotonicClock.now() }
            let read = MonotonicClock.now()
            Self.run(steps: steps)
            let ended = MonotonicClock.now()
            clock = min(clock, Double(read - began) / 101)
            pace = max(pace, Double(steps) / Double(max(1, ended - read)))
        }
        clockNanoseconds = clock
        stepsPerNanosecond = pace
    }

    /// Spins.
    func spin(nanoseconds: Double) {
        Self.run(steps: Int(nanoseconds * stepsPerNanosecond))
    }

    /// A chain of dependent steps, which no optimisation shortens because its end is used.
    @inline(never)
    private static func run(steps: Int) {
        var word: UInt64 = 1
        for step in 0..<max(0, steps) { word = (word &* 6_364_136_223_846_793_005 &+ UInt64(step)) | 1 }
        precondition(word != 0, "an odd number is not zero")
    }
}
