import Testing

@testable import LoadEngine

struct PacerTests {
    @Test func aMomentThatHasPassedCostsOneReading() {
        let clock = ManualClock(time: 1000, readingCost: 25)
        var pacer = Pacer(clock: clock, stop: StopFlag())
        #expect(pacer.wait(until: 900) == 1025)
        #expect(pacer.wait(until: 1050) == 1050)
        #expect(clock.sleeps.isEmpty)
        #expect(pacer.spunNanoseconds == 0)
    }

    @Test func sleepsUntilShortlyBeforeAndSpinsTheRest() {
        let clock = ManualClock(readingCost: 100, overshoot: 20_000)
        var pacer = Pacer(clock: clock, stop: StopFlag())
        let reached = pacer.wait(until: 1_000_000)
        #expect(clock.sleeps == [940_000])
        // The sleep ended at 960,000, the spinning began one reading later.
        #expect(reached == 1_000_000)
        #expect(pacer.spunNanoseconds == 1_000_000 - 960_100)
    }

    @Test func aSleepThatEndsLateIsNotFollowedBySpinning() {
        let clock = ManualClock(readingCost: 100, overshoot: 500_000)
        var pacer = Pacer(clock: clock, stop: StopFlag())
        #expect(pacer.wait(until: 1_000_000) == 1_440_100)
        #expect(pacer.spunNanoseconds == 0)
    }

    @Test func shortWaitsOnlySpin() {
        let clock = ManualClock(readingCost: 100)
        var pacer = Pacer(clock: clock, stop: StopFlag())
        #expect(pacer.wait(until: 60_000) == 60_000)
        #expect(clock.sleeps.isEmpty)
        #expect(pacer.spunNanoseconds == 59_900)
    }

    @Test func longWaitsAreCutIntoSlices() {
        let clock = ManualClock(readingCost: 100)
        var pacer = Pacer(clock: clock, stop: StopFlag())
        #expect(pacer.wait(until: 250_500_100) == 250_500_100)
        // Each slice begins with a reading, which costs 100 ns here.
        #expect(clock.sleeps == [100_000_100, 200_000_200, 250_000_100])
    }

    @Test(arguments: [(0, 60_000), (1_200_000, 60_000), (2_000_000, 100_000), (10_000_000, 500_000), (.max, 500_000)])
    func longerWaitsSpinLonger(wait: UInt64, spin: UInt64) {
        #expect(Pacer<ManualClock>.spinNanoseconds(ofWait: wait) == spin)
    }

    @Test func aStopEndsTheWait() {
        let stop = StopFlag()
        let clock = StoppingClock(stop: stop, after: 3)
        var pacer = Pacer(clock: clock, stop: stop)
        #expect(pacer.wait(until: 10_000_000_000) == nil)
        #expect(clock.inner.sleeps == [100_000_000, 200_000_000, 300_000_000])
        #expect(pacer.wait(until: 0) == nil)
    }

    /// Sets the flag in the middle of a sleep.
    private struct StoppingClock: PacingClock {
        let inner = ManualClock()
        let stop: StopFlag
        let after: Int

        func now() -> UInt64 { inner.now() }

        func sleep(until moment: UInt64) {
            inner.sleep(until: moment)
            if inner.sleeps.count == after { stop.set() }
        }

        func prepareThread() {}
    }
}
