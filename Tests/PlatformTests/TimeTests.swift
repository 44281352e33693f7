import Foundation
import Platform
import TestSupport
import Testing

@Suite struct TimeTests {
    @Test("the monotonic clock never goes back")
    func monotonic() {
        var last = MonotonicClock.now()
        for _ in 0..<10_000 {
            let now = MonotonicClock.now()
            #expect(now >= last)
            last = now
        }
    }

    @Test("a deadline beyond the clock's range never comes")
    func endlessDeadline() {
        #expect(MonotonicClock.deadline(after: .max) == .max)
        #expect(MonotonicClock.deadline(after: 5) >= 5)
    }

    @Test("the wall clock agrees with Foundation's")
    func wall() {
        let before = Date().timeIntervalSince1970
        let now = Double(WallClock.now()) / 1e9
        let after = Date().timeIntervalSince1970
        // Foundation's resolution at this magnitude is below a microsecond.
        #expect(now >= before - 1e-5 && now <= after + 1e-5)
    }

    @Test("processor time passes while a thread works, and a thread's is part of the process's")
    func cpu() {
        let thread = CPUClock.thread()
        let process = CPUClock.process()
        #expect(Waiting.until { CPUClock.thread() > thread + 1_000_000 })
        #expect(CPUClock.process() >= process + 1_000_000)
    }

    @Test("a sleep ends at its moment or later, and one that has passed at once")
    func sleep() {
        let deadline = MonotonicClock.deadline(after: 2_000_000)
        Sleep.until(monotonic: deadline)
        #expect(MonotonicClock.now() >= deadline)
        Sleep.until(monotonic: 0)
        Sleep.for(nanoseconds: 0)
    }

    @Test("timer slack is set for the calling thread")
    func timerSlack() throws {
        let seen = Shared<Result<String, any Error>?>(nil)
        let thread = try PlatformThread.start(name: "slack") {
            seen.set(
                Result {
                    try TimerSlack.set(nanoseconds: 1)
                    return try String(contentsOfFile: "/proc/thread-self/timerslack_ns", encoding: .utf8)
                }
            )
        }
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        // Some kernels show the slack only of whole processes; then setting it must have succeeded at least.
        switch try #require(seen.get()) {
        case .success(let text): #expect(text == "1\n")
        case .failure(let error): #expect(!(error is SystemError))
        }
    }
}
