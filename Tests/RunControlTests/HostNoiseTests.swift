import Platform
import Results
import Testing

@testable import RunControl

/// What two readings say of the time between them; the expected shares are worked out by hand.
struct HostNoiseTests {
    private static let second: UInt64 = 1_000_000_000

    /// A second on two processors: 0.1 s stolen, 1.5 s busy, of which worker 0.3, sink 0.2 and controller 0.02 s.
    private static func readings(seconds: Double = 1) -> (HostReading, HostReading) {
        var start = HostReading(time: 5 * second)
        (start.processorTotal, start.processorBusy, start.processorSteal) = (100, 50, 10)
        (start.workerCPU, start.sinkCPU, start.benchCPU) = (0, 7, 9)
        (start.throttled, start.throttledPeriods, start.swapped, start.involuntarySwitches) = (1, 2, 4_096, 3)
        var threads = ThreadTable.Reading()
        (threads.runNanoseconds, threads.waitNanoseconds, threads.runByThread) = (1_000, 500, [1: 1_000])
        (start.workerThreads, start.sinkThreads) = (threads, threads)
        var end = start
        let scale = UInt64(seconds * 1e9)
        end.time += scale
        end.processorTotal! += 2 * scale
        end.processorBusy! += scale / 2 * 3
        end.processorSteal! += scale / 10
        end.workerCPU! += scale / 10 * 3
        end.sinkCPU! += scale / 5
        end.benchCPU! += scale / 50
        end.workerThreads!.runNanoseconds += scale / 10 * 3
        end.workerThreads!.waitNanoseconds += scale / 10
        end.sinkThreads!.runByThread = [1: 1_000 + scale / 20, 2: scale / 10]
        end.throttled! += scale / 20
        end.throttledPeriods! += 1
        end.swapped! += 8_192
        end.involuntarySwitches! += 5
        return (start, end)
    }

    @Test func shares() {
        let (start, end) = Self.readings()
        let peaks = HostPeaks(workerSwap: 1, clockStep: 2, sinkBacklog: 3)
        let noise = HostNoise(from: start, to: end, peaks: peaks)
        #expect(noise.windowSeconds == 1)
        #expect(noise.stealPercent == 5)
        // 1.5 − 0.3 − 0.2 − 0.02 = 0.98 of 2.
        #expect(noise.otherCPUPercent == 49)
        #expect(noise.runQueueWaitPercent == 25)
        #expect(noise.involuntarySwitches == 5)
        #expect(noise.throttledPercent == 5 && noise.throttledPeriods == 1)
        #expect(noise.swappedBytes == 8_192 && noise.workerSwapBytes == 1)
        #expect(noise.workerCPUPercent == 30 && noise.sinkCPUPercent == 20 && noise.benchCPUPercent == 2)
        #expect(noise.sinkThreadPercent == 10)
        #expect(noise.clockStepNanoseconds == 2 && noise.sinkBacklogBytes == 3)
    }

    @Test("Ticks are chance in a short window; what is counted in nanoseconds is not")
    func shortWindow() {
        let (start, end) = Self.readings(seconds: 0.4)
        let noise = HostNoise(from: start, to: end, peaks: HostPeaks())
        #expect(noise.stealPercent == nil && noise.otherCPUPercent == nil)
        #expect(noise.runQueueWaitPercent == 25 && noise.throttledPercent == 5 && noise.workerCPUPercent == 30)
    }

    @Test("With /proc kept from us every figure is absent, and none is zero")
    func restricted() {
        let noise = HostNoise(from: HostReading(time: 1), to: HostReading(time: 1 + Self.second), peaks: HostPeaks())
        #expect(noise == HostNoise(windowSeconds: 1))
    }

    @Test("What was seen only once is no difference; nobody says what others had without the worker's own time")
    func partly() {
        var (start, end) = Self.readings()
        end.workerCPU = nil
        start.workerThreads = nil
        end.throttled = nil
        let noise = HostNoise(from: start, to: end, peaks: HostPeaks())
        #expect(noise.otherCPUPercent == nil && noise.workerCPUPercent == nil && noise.runQueueWaitPercent == nil)
        #expect(noise.throttledPercent == nil && noise.stealPercent == 5)
    }

    @Test(
        "More of its own than the kernel's ticks saw leaves nothing for others, and counters that step back are still"
    )
    func backwards() {
        var (start, end) = Self.readings()
        end.workerCPU = Self.second * 2
        start.processorSteal = Self.second
        end.processorSteal = 0
        let noise = HostNoise(from: start, to: end, peaks: HostPeaks())
        #expect(noise.otherCPUPercent == 0 && noise.stealPercent == 0)
    }

    @Test("Peaks keep the highest, and what nobody saw stays unseen")
    func peaks() {
        var peaks = HostPeaks(workerSwap: nil, clockStep: 5, sinkBacklog: 1)
        peaks.add(HostPeaks(workerSwap: nil, clockStep: 3, sinkBacklog: 7))
        #expect(peaks == HostPeaks(workerSwap: nil, clockStep: 5, sinkBacklog: 7))
    }
}
