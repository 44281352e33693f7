import HarnessCore
import Testing

@testable import Results

/// What is drawn of a run.
struct RunPlotsTests {
    private static func plot(_ id: String, _ result: RunResult) throws -> Plot {
        try #require(RunPlots(result).plots.first { $0.id == id }, "there is no plot \(id)")
    }

    // MARK: - Course

    @Test func ratesAreWindowByWindow() throws {
        let plot = try Self.plot("rates", SampleCourse.run())
        #expect(plot.series.map(\.name) == ["planned", "achieved", "delivered"])
        let achieved = plot.series[1]
        #expect(achieved.style == .step)
        #expect(achieved.points.prefix(4).map(\.y) == [500, 500, 500, nil])
        #expect(achieved.points.first { $0.x == 5 }?.y == 1_000)
        // The rest of 4 ms has joined the last second: 990 and 100 items, and no spike.
        #expect(plot.series[2].points.compactMap(\.y).max() == 1_090)
        #expect(achieved.points.last?.x == 12)
        #expect(plot.summary.hasPrefix("1,000/s planned, 1,000/s achieved, 999.6/s delivered."), "\(plot.summary)")
        #expect(plot.spans.map(\.name) == ["warm-up", "main"] && plot.spans.map(\.kind) == [.unreported, .phase])
    }

    @Test func aSlowWindowIsNamed() throws {
        var result = try SampleCourse.run()
        #expect(try !Self.plot("rates", result).summary.contains("slowest"))
        result.repetitions[0].timeline?.points[5].operations = 400
        #expect(try Self.plot("rates", result).summary.hasSuffix(" The slowest window (1.00 s) had 400/s."))
    }

    @Test("Of several repetitions a curve is the median, and its band their range")
    func severalRepetitions() throws {
        let result = try SampleCourse.run(repetitions: 3, scales: [1, 0.9, 0.5])
        let plot = try Self.plot("rates", result)
        let point = try #require(plot.series[1].points.first { $0.x == 4 })
        #expect(point == Plot.Point(x: 4, y: 900, low: 500, high: 1_000))
        #expect(plot.summary.contains("Medians of 3 repetitions"))
        // A plan does not vary: its band lies on the line.
        #expect(plot.series[0].points.allSatisfy { $0.low == $0.y && $0.high == $0.y || $0.y == nil })
    }

    @Test func latenciesHaveBands() throws {
        let result = try SampleCourse.run()
        let response = try Self.plot("response-time", result)
        #expect(response.series.map(\.name) == ["response time p50–p99", "lag p99"])
        #expect(response.series[0].points[0] == Plot.Point(x: 0.5, y: 400, low: 400, high: 9_000))
        #expect(response.summary == "The median response time of every window is 400 ns, its p99 at most 9.00 µs.")
        #expect(try Self.plot("service-time", result).series.count == 1)
        #expect(!RunPlots(result).plots.contains { $0.id == "flush-time" })
    }

    @Test func freshnessHasACourseWhereSomebodyToldIt() throws {
        var result = try SampleCourse.run()
        #expect(!RunPlots(result).plots.contains { $0.id == "freshness-time" })
        for index in 2..<12 {
            let age = UInt64(index) * 1_000_000
            result.repetitions[0].timeline?.points[index].freshness = .init(
                p50Nanoseconds: age,
                p99Nanoseconds: 2 * age
            )
        }
        let plot = try Self.plot("freshness-time", result)
        #expect(plot.series[0].points.first { $0.y != nil } == Plot.Point(x: 2.5, y: 2e6, low: 2e6, high: 4e6))
        #expect(plot.summary.contains("from 2.00 ms to 11.0 ms, its p99 at most 22.0 ms"), "\(plot.summary)")
    }

    @Test func memoryHasSamplesHeapAndCheckpoints() throws {
        var result = try SampleCourse.run(floorStep: 1_000)
        result.repetitions[0].checkpoints[0].bytesInUse = 1_100_000
        let plot = try Self.plot("memory", result)
        #expect(plot.series.map(\.name) == ["resident (RSS)", "bytes in use", "bytes in use at checkpoints"])
        #expect(plot.series[2].points == [Plot.Point(x: 12, y: 1_100_000)])
        #expect(plot.y.startsAtZero)
    }

    @Test("The line through the floor is the one that the gates judge, from the second third on")
    func theFloorHasALine() throws {
        var result = try SampleCourse.run(floorStep: 1_000)
        // Too few readings have no line.
        #expect(try Self.plot("heap-floor", result).series.map(\.style) == [.line])
        result.repetitions[0].timeline = SampleCourse.timeline(floorStep: 1_000, seconds: 18)
        let floor = try Self.plot("heap-floor", result)
        #expect(
            floor.summary == "Just after a flush 1.00 MB were in use at first and 1.02 MB at last. "
                + "After the first third it grows by 3.60 MB an hour (3.60 MB to 3.60 MB)."
        )
        #expect(floor.series.map(\.style) == [.line, .computed])
        // 1,000 bytes a second from 9 s on, the first window after a third of 18.004 s beside the two of the warm-up.
        let line = floor.series[1].points
        #expect(line.map(\.x) == [9.5, 14.5, 19.5])
        #expect(line.first?.y.map { ($0 - 1_007_000).magnitude < 0.01 } == true)
    }

    @Test func aQueueNearItsLimitShowsIt() throws {
        var result = try SampleCourse.run()
        #expect(try Self.plot("queue", result).series.map(\.name) == ["queued"])
        result.configuration.append(ConfigurationEntry(key: "system.queue_limit", value: .integer(500), origin: "flag"))
        let plot = try Self.plot("queue", result)
        #expect(plot.series.map(\.name) == ["queued", "limit"])
        #expect(plot.summary.hasPrefix("At most 250 items waited, of 500 allowed. By the system's own account"))
    }

    @Test func withoutACourseThereAreDistributions() throws {
        let plots = RunPlots(try SampleResult.sustained()).plots
        #expect(plots.map(\.id) == ["spectrum", "spectrum-delivery", "memory"])
    }

    @Test("Three phases are a course, two are none")
    func phasesAsWindows() throws {
        var result = try SampleResult.sustained()
        var phases = [SampleResult.warmUp, SampleResult.main(), SampleResult.idle]
        for (index, start) in [0.0, 2, 12].enumerated() { phases[index].startSeconds = start }
        result.repetitions = [SampleResult.repetition(phases: phases)]
        let rates = try Self.plot("rates", result)
        #expect(rates.series.map(\.name) == ["planned", "achieved", "delivered"])
        #expect(rates.series[1].points.compactMap(\.y) == [1_000, 1_000, 1_000, 1_000, 0, 0])
    }

    // MARK: - Distributions

    @Test func spectraGoUpToTheMaximum() throws {
        let plot = try Self.plot("spectrum", SampleResult.sustained())
        #expect(plot.series.map(\.name) == ["response time", "service time", "lag"])
        #expect(plot.x.scale == .logNines && plot.y.scale == .logarithmic)
        let service = plot.series[1].points
        // 10,000 values, evenly from 4 to 400 ns.
        #expect(service.first?.y == 4 && service.last?.y == 400 && service.last?.x == 9_999.5 / 10_000)
        #expect(plot.summary.contains("Service time: half within 200 ns, 99 % within 396 ns"), "\(plot.summary)")
    }

    @Test func repetitionsMakeBands() throws {
        var result = try SampleResult.sustained()
        result.repetitions = [0, 1].map { SampleResult.repetition(index: $0) }
        result.repetitions[1].phases[1].latency.serviceTime = SampleResult.latency(count: 10_000, scale: 8)
        let plot = try Self.plot("spectrum", result)
        let half = try #require(plot.series[1].points.first { $0.x > 0.48 && $0.x < 0.5 })
        let (low, value, high) = (try #require(half.low), try #require(half.y), try #require(half.high))
        #expect(low < high && (low...high).contains(value))
        #expect(plot.series[1].points.last?.low == nil)
    }

    // MARK: - Faults

    @Test func faultsAreMarkedWhereTheyStruck() throws {
        var result = try SampleCourse.run()
        var fault = Fault(.refuse)
        fault.atNanoseconds = 1_000_000_000
        fault.durationNanoseconds = 3_000_000_000
        var report = FaultReport()
        var entry = FaultReport.Entry(id: 1, fault: fault, state: .over, seen: 3, struck: 3)
        entry.phase = "main"
        report.faults = [entry, FaultReport.Entry(id: 2, fault: Fault(.close), state: .waiting, seen: 0, struck: 0)]
        result.repetitions[0].faults = report
        let spans = result.spans.filter { $0.kind == .fault }
        #expect(spans == [Plot.Span("refuse", 3...6, .fault)])
        // Where a crash left no report, the plan tells.
        result.repetitions[0].faults = nil
        result.plan.faults = ["status=503,phase=main,at=2s", "nonsense"]
        #expect(result.spans.filter { $0.kind == .fault } == [Plot.Span("status", 4...12.004, .fault)])
    }

    // MARK: - Leaks and searches

    @Test func leaksGrowFromTheFirstCountedCycle() throws {
        var result = try SampleResult.sustained()
        let checkpoints = (0..<6).map { cycle in
            CheckpointRecord(label: "phase_end", bytesInUse: cycle == 0 ? 900_000 : 1_000_000 + UInt64(cycle) * 2_000)
        }
        var trial = LeakTrial(
            name: "check",
            system: "telemetry",
            itemsPerCycle: 1_000,
            flushesPerCycle: 1,
            discarded: 2,
            checkpoints: checkpoints
        )
        (trial.slopeBytesPerCycle, trial.slopeLow, trial.slopeHigh) = (2_000, 1_000, 3_000)
        trial.intercept = 1_004_000
        result.leak = LeakReport(
            verdict: .leak,
            sentence: "2.00 B for each item",
            toleranceBytesPerCycle: 1_024,
            trials: [trial]
        )
        let plot = try Self.plot("leak", result)
        #expect(plot.series.map(\.style) == [.marks, .computed])
        #expect(plot.series[0].points.map(\.y) == [-104_000, -2_000, 0, 2_000, 4_000, 6_000])
        // The interval turns about the middle of the line.
        #expect(
            plot.series[1].points == [
                Plot.Point(x: 3, y: 0, low: -1_500, high: 1_500), Plot.Point(x: 4.5, y: 3_000, low: 3_000, high: 3_000),
                Plot.Point(x: 6, y: 6_000, low: 4_500, high: 7_500),
            ]
        )
        #expect(plot.spans.map(\.range) == [0.5...2.5, 2.5...6.5])
        #expect(plot.summary == "2.00 B for each item. check: 2.00 kB a cycle (1.00 kB to 3.00 kB).")
    }

    @Test func leaksOfDescriptorsAreDrawnAsSuch() throws {
        var result = try SampleResult.sustained()
        let trials = [("check", "faulty", 3), ("control", "null", 0)].map { name, system, more -> LeakTrial in
            LeakTrial(
                name: name,
                system: system,
                itemsPerCycle: 1_000,
                flushesPerCycle: 3,
                discarded: 0,
                checkpoints: (0..<4).map { cycle in
                    var checkpoint = CheckpointRecord(label: "phase_end", bytesInUse: 1_000_000)
                    (checkpoint.descriptors, checkpoint.threads) = (UInt64(8 + more * cycle), 7)
                    return checkpoint
                }
            )
        }
        result.leak = LeakReport(
            verdict: .leak,
            sentence: "1 descriptor for each flush",
            toleranceBytesPerCycle: 1_024,
            trials: trials
        )
        #expect(RunPlots(result).plots.allSatisfy { $0.id != "leak-handles" })
        result.leak?.resource = "descriptors"
        let plot = try Self.plot("leak-handles", result)
        #expect(plot.title == "Descriptors from cycle to cycle" && plot.summary == "1 descriptor for each flush.")
        #expect(plot.series.map { $0.points.map(\.y) } == [[8, 11, 14, 17], [8, 8, 8, 8]])
        result.leak?.resource = "bytes"
        #expect(RunPlots(result).plots.allSatisfy { $0.id != "leak-handles" })
    }

    @Test func whatWaitingItemsHold() throws {
        var result = try SampleResult.sustained()
        let figures: [(items: UInt64, heap: Int64)] = [(1_000, 52_500), (2_000, 104_500), (4_000, 208_500)]
        let depths = figures.map { items, heap in
            QueueAccounting.Depth(phase: "d\(items)", items: items, heapBytes: heap, reportedBytes: 50 * items)
        }
        result.repetitions[0].queue = QueueAccounting(
            depths: depths,
            heapBytesPerItem: 52,
            baseBytes: 500,
            reportedBytesPerItem: 50
        )
        let plot = try Self.plot("queue-depths", result)
        #expect(plot.series.map(\.name) == ["heap", "slope and its 99 % interval", "by the system's account"])
        #expect(plot.series[1].points.map(\.y) == [52_500, 104_500, 208_500])
        #expect(plot.summary == "52 B of the heap for each item. By the system's own account it is 50 B.")
    }

    @Test func searchesHaveACurve() throws {
        var result = try SampleResult.sustained()
        let tries = [
            (2_000.0, false, 90_000.0, "exploring"), (1_000, true, 9_000, "narrowing"), (500, true, 8_000, "exploring"),
            (1_000, true, 9_500, "confirming"),
        ].map { rate, holds, p99, stage in
            SearchTry(
                stage: stage,
                ratePerSecond: rate,
                holds: holds,
                reasons: [],
                isValid: true,
                metrics: ["response_time.p50": 400, "response_time.p99": p99, "rss_peak_bytes": 2e7]
            )
        }
        result.search = SearchReport(
            phase: "main",
            conditions: [],
            precision: 0.05,
            capacityPerSecond: 1_000,
            tries: tries
        )
        let plot = try Self.plot("search", result)
        #expect(
            plot.series.map(\.name) == [
                "response time p50", "response time p99", "does not hold (p99)", "confirmed (p99)",
            ]
        )
        // A confirmation lasts longer than a probe of the same rate: the curve is of probes alone.
        #expect(plot.series[1].points.map(\.x) == [500, 1_000, 2_000])
        #expect(plot.series[3].points.map(\.y) == [9_500])
        #expect(plot.summary.hasPrefix("1,000/s confirmed. There were 4 tries"))
        #expect(try Self.plot("search-memory", result).series[0].points.count == 3)
    }
}
