import Platform

/// A loop whose pace is known, to spin for less time than a reading of the clock takes.
struct SpinLoop: Sendable {
    /// What one reading of the clock takes, in nanoseconds.
    let clockNanoseconds: Double
    /// Where the measured chain ended, and the next one begins.
    let end: UInt64
    private let stepsPerNanosecond: Double

    /// Measures the pace of the loop and of the clock: the best of several attempts, about 1 ms in all.
    init() {
        var clock = Double.infinity
        var pace = 0.0
        let steps = 20_000
        var word: UInt64 = 1
        for _ in 0..<20 {
            let began = MonotonicClock.now()
            for _ in 0..<100 { _ = MonotonicClock.now() }
            let read = MonotonicClock.now()
            Self.run(steps: steps, &word)
            let ended = MonotonicClock.now()
            clock = min(clock, Double(read - began) / 101)
            pace = max(pace, Double(steps) / Double(max(1, ended - read)))
        }
        clockNanoseconds = clock
        end = word
        stepsPerNanosecond = pace
    }

    /// Spins.
    ///
    /// - Parameters:
    ///   - nanoseconds: for how long.
    ///   - word: where the last chain ended: a release build drops a loop whose end is not used by anything.
    func spin(nanoseconds: Double, _ word: inout UInt64) {
        Self.run(steps: Int(nanoseconds * stepsPerNanosecond), &word)
    }

    /// A chain of dependent steps.
    @inline(never)
    private static func run(steps: Int, _ word: inout UInt64) {
        for step in 0..<max(0, steps) { word = word &* 6_364_136_223_846_793_005 &+ UInt64(step) }
    }
}
