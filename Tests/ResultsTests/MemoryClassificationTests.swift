import Testing

@testable import Results

/// Every row of the matrix that names what grew, on made-up checkpoints.
struct MemoryClassificationTests {
    /// A process of 40 MB resident: 5 MB in use, 10 MB free, 16 MB anonymous altogether, 24 MB of files.
    private func checkpoint(_ change: (inout CheckpointRecord) -> Void = { _ in }) -> CheckpointRecord {
        var record = CheckpointRecord(label: "phase_end", phase: "main", bytesInUse: 5_000_000, rssBytes: 40_000_000)
        record.freeBytes = 10_000_000
        record.rssAnonymousBytes = 16_000_000
        record.rssFileBytes = 24_000_000
        record.swapBytes = 0
        record.threads = 12
        change(&record)
        return record
    }

    private func classify(_ change: (inout CheckpointRecord) -> Void) throws -> MemoryClassification {
        try #require(MemoryClassification(from: checkpoint { $0.phase = "warm-up" }, to: checkpoint(change)))
    }

    @Test func nothingGrew() throws {
        let steady = try classify { ($0.rssBytes, $0.bytesInUse) = (40_900_000, 5_050_000) }
        #expect(steady.growth == .steady && !steady.isNoteworthy)
        #expect(
            steady.sentence
                == "resident memory grew by 900 kB from the end of warm-up to the end of main and bytes in use grew by "
                + "50.0 kB, within noise"
        )
    }

    @Test("In use up, resident up")
    func liveHeap() throws {
        let live = try classify {
            ($0.rssBytes, $0.rssAnonymousBytes, $0.bytesInUse) = (60_000_000, 36_000_000, 24_000_000)
        }
        #expect(live.growth == .liveHeap && live.liveGrowthBytes == 19_000_000)
        #expect(
            live.sentence
                == "resident memory grew by 20.0 MB from the end of warm-up to the end of main; 19.0 MB of it is live: a "
                + "leak, or something that fills up, of the SDK or around it; bench --profile leak-check tells which"
        )
    }

    @Test("In use up, free down, resident flat")
    func hiddenLiveHeap() throws {
        let hidden = try classify { ($0.bytesInUse, $0.freeBytes) = (11_000_000, 4_000_000) }
        #expect(hidden.growth == .hiddenLiveHeap)
        #expect(
            hidden.sentence.hasPrefix(
                "bytes in use grew by 6.00 MB from the end of warm-up to the end of main while resident memory did not "
                    + "change: live memory went where the allocator had space free"
            )
        )
    }

    @Test("In use flat, free up, resident up: the reference's example")
    func retainedHeap() throws {
        let retained = try classify {
            ($0.rssBytes, $0.rssAnonymousBytes) = (101_000_000, 77_000_000)
            ($0.bytesInUse, $0.freeBytes) = (5_200_000, 71_000_000)
        }
        #expect(retained.growth == .retainedHeap)
        #expect(
            retained.sentence
                == "resident memory grew by 61.0 MB from the end of warm-up to the end of main; 200 kB of it is live, and "
                + "the allocator holds 61.0 MB more free than before: the allocator's, not the SDK's"
        )
    }

    @Test("In use flat, free flat, anonymous up: the number of threads is named")
    func stacks() throws {
        let stacks = try classify {
            ($0.rssBytes, $0.rssAnonymousBytes, $0.threads) = (48_000_000, 24_000_000, 28)
        }
        #expect(stacks.growth == .stacksOrMappings)
        #expect(stacks.sentence.contains("most is stacks of threads (12 before, 28 now) or memory mapped directly"))
        let mapped = try classify { ($0.rssBytes, $0.rssAnonymousBytes) = (48_000_000, 24_000_000) }
        #expect(mapped.growth == .stacksOrMappings && mapped.sentence.contains("threads (12 of them, as before)"))
    }

    @Test("In use flat, free flat, files up")
    func filePages() throws {
        let file = try classify { ($0.rssBytes, $0.rssFileBytes) = (46_000_000, 30_000_000) }
        #expect(file.growth == .filePages && file.sentence.contains("6.00 MB of it is pages of files"))
    }

    @Test("Swap up, whatever else happened")
    func swapped() throws {
        let swapped = try classify { ($0.swapBytes, $0.rssBytes, $0.bytesInUse) = (3_000_000, 60_000_000, 30_000_000) }
        #expect(swapped.growth == .swapped)
        #expect(swapped.sentence.hasPrefix("3.00 MB of the worker were moved to swap"))
    }

    @Test("Free memory that was never touched explains nothing that is resident")
    func untouchedFreeMemory() throws {
        let file = try classify {
            ($0.rssBytes, $0.rssFileBytes, $0.freeBytes) = (46_000_000, 30_000_000, 90_000_000)
        }
        #expect(file.growth == .filePages)
    }

    @Test("Of several that grew the largest gives the name, and live memory is told in any case")
    func mixtures() throws {
        let mixed = try classify {
            ($0.rssBytes, $0.rssAnonymousBytes, $0.rssFileBytes) = (60_000_000, 28_000_000, 32_000_000)
            ($0.bytesInUse, $0.freeBytes) = (8_000_000, 19_000_000)
        }
        // 3 MB live, 9 MB free, 8 MB of files.
        #expect(mixed.growth == .retainedHeap && mixed.sentence.contains("3.00 MB of it is live"))
    }

    @Test("What waits in the queue is said to be live, and not to be a leak")
    func queued() throws {
        let queued = try classify {
            ($0.bytesInUse, $0.queuedItems, $0.queuedBytes) = (7_000_000, 10_000, 1_500_000)
        }
        #expect(queued.sentence.contains(", with 10,000 items of 1.50 MB waiting in the queue"))
    }

    @Test("Where buffers of the queue explain the growth, they are named beside the leak")
    func buffersOfTheQueue() throws {
        let grown = checkpoint {
            ($0.rssBytes, $0.rssAnonymousBytes, $0.bytesInUse) = (42_000_000, 18_000_000, 6_300_000)
        }
        let explained = try #require(MemoryClassification(from: checkpoint(), to: grown, queuePeakBytes: 1_000_000))
        #expect(explained.growth == .liveHeap)
        #expect(explained.sentence.contains("or no more than the buffers of the queue, which held 1.00 MB at most;"))
        let unexplained = try #require(MemoryClassification(from: checkpoint(), to: grown, queuePeakBytes: 800_000))
        #expect(unexplained.sentence.contains("is live: a leak, or something that fills up, of the SDK or around it;"))
    }

    @Test("A figure that was not measured leaves nothing to say", arguments: [0, 1, 2, 3, 4])
    func missing(figure: Int) {
        let figures: [WritableKeyPath<CheckpointRecord, UInt64?>] = [
            \.rssBytes, \.bytesInUse, \.freeBytes, \.rssAnonymousBytes, \.rssFileBytes,
        ]
        let partial = checkpoint { $0[keyPath: figures[figure]] = nil }
        #expect(MemoryClassification(from: partial, to: checkpoint()) == nil)
        #expect(MemoryClassification(from: checkpoint(), to: partial) == nil)
    }

    @Test("A result tells of the worst repetition, and of quiet checkpoints only")
    func ofAResult() throws {
        var result = try SampleResult.sustained()
        #expect(result.computedMemory() == nil, "one checkpoint is no growth")
        let grown = checkpoint { ($0.bytesInUse, $0.rssBytes) = (25_000_000, 61_000_000) }
        let file = checkpoint { ($0.rssFileBytes, $0.rssBytes) = (74_000_000, 90_000_000) }
        let busy = checkpoint { ($0.queuedItems, $0.bytesInUse) = (5, 99_000_000) }
        var repetition = SampleResult.repetition()
        repetition.checkpoints = [checkpoint(), file]
        result.repetitions = [repetition]
        repetition.index = 1
        repetition.checkpoints = [checkpoint(), grown, busy]
        result.repetitions.append(repetition)
        result.judge(by: [])
        #expect(result.memory?.growth == .liveHeap && result.memory?.repetition == 1)
        let text = RunSummaryRenderer(width: 100).render(result)
        #expect(text.contains("\nGROWTH      repetition 2: resident memory grew by 21.0 MB"), "\(text)")
        result.repetitions.removeLast()
        result.judge(by: [])
        #expect(result.memory?.growth == .filePages && result.memory?.repetition == nil)
        #expect(
            RunSummaryRenderer(width: 100).render(result).contains("\nPROCESS     in use 5.00 MB   free in heap 10.0")
        )
    }
}
