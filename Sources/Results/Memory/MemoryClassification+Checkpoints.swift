import HarnessCore

extension MemoryClassification {
    /// Growth of bytes in use that is noise, where nobody says better: lazily made tables and buffers of a warm program.
    package static let liveTolerance: Int64 = 64 << 10

    /// Reads two checkpoints of one process against each other.
    ///
    ///     in use   free   resident        growth
    ///     ────────────────────────────────────────────────────────────────────────────
    ///     up       –      up              live heap
    ///     up       –      flat            live heap, hidden
    ///     flat     up     up              retained heap
    ///     flat     flat   up, anonymous   stacks or mappings
    ///     flat     flat   up, file        file pages
    ///     –        –      –, swap up      swapped
    ///
    /// Where several grew, what explains most of the resident growth gives the name, and the sentence names the rest. Nil
    /// where a figure was not measured at one of them.
    ///
    /// - Parameters:
    ///   - first: the earlier one; best at the end of a warm-up, or first use of everything counts as growth.
    ///   - last: the later one.
    ///   - liveTolerance: growth of bytes in use that is noise, in bytes.
    ///   - isAnswered: whether a leak check was made, which the sentence would advise otherwise.
    ///   - queuePeakBytes: the most that ever waited in the system, whose buffers it may keep; nil where nobody knows.
    package init?(
        from first: CheckpointRecord,
        to last: CheckpointRecord,
        liveTolerance: Int64 = liveTolerance,
        isAnswered: Bool = false,
        queuePeakBytes: UInt64? = nil
    ) {
        func grown(_ figure: KeyPath<CheckpointRecord, UInt64?>) -> Int64? {
            guard let before = first[keyPath: figure], let after = last[keyPath: figure] else { return nil }
            return Int64(clamping: after) - Int64(clamping: before)
        }
        guard let resident = first.rssBytes, let rss = grown(\.rssBytes), let live = grown(\.bytesInUse),
            let free = grown(\.freeBytes), let anonymous = grown(\.rssAnonymousBytes), let file = grown(\.rssFileBytes)
        else { return nil }
        (rssGrowthBytes, liveGrowthBytes, freeGrowthBytes) = (rss, live, free)
        (anonymousGrowthBytes, fileGrowthBytes) = (anonymous, file)
        // Resident memory wanders by some pages for each thread, and by what runs for the first time.
        let isResidentUp = rss > max(1 << 20, Int64(clamping: resident / 50))
        let swapped = last.swapBytes.map { Int64(clamping: $0) } ?? 0
        if swapped > Int64(clamping: first.swapBytes ?? 0) {
            growth = .swapped
        } else if isResidentUp {
            // What the allocator holds free need not be resident, so it explains anonymous memory at most.
            let retained = min(max(0, free), max(0, anonymous - max(0, live)))
            let other = anonymous - max(0, live) - retained
            let parts: [(Growth, Int64)] = [
                (.liveHeap, live > liveTolerance ? live : 0), (.retainedHeap, retained), (.stacksOrMappings, other),
                (.filePages, file),
            ]
            growth = parts.max { $0.1 < $1.1 }?.0 ?? .liveHeap
        } else {
            growth = live > liveTolerance ? .hiddenLiveHeap : .steady
        }
        sentence = ""
        sentence = words(from: first, to: last, swapped: swapped, queuePeakBytes)
        if !isAnswered, [.liveHeap, .hiddenLiveHeap].contains(growth) {
            sentence += "; bench --profile leak-check tells which"
        }
    }

    // MARK: - Words

    private func words(
        from first: CheckpointRecord,
        to last: CheckpointRecord,
        swapped: Int64,
        _ queuePeak: UInt64?
    ) -> String {
        let size = { (bytes: Int64) in Quantity.format(bytes: bytes) }
        let span = Self.span(first, last)
        let resident = "resident memory \(Self.grew(rssGrowthBytes))\(span)"
        switch growth {
        case .steady:
            return "\(resident) and bytes in use \(Self.grew(liveGrowthBytes)), within noise"
        case .liveHeap:
            return "\(resident); \(size(liveGrowthBytes)) of it is live\(Self.queue(first, last)): "
                + (buffers(queuePeak) ?? "a leak, or something that fills up, of the SDK or around it")
        case .hiddenLiveHeap:
            return "bytes in use \(Self.grew(liveGrowthBytes))\(span)\(Self.queue(first, last)) while resident memory "
                + "\(Self.grew(rssGrowthBytes)): live memory went where the allocator had space free, so resident "
                + "memory cannot show it: \(buffers(queuePeak) ?? "a leak, or something that fills up")"
        case .retainedHeap:
            return "\(resident); \(size(max(0, liveGrowthBytes))) of it is live, and the allocator holds "
                + "\(size(freeGrowthBytes)) more free than before: the allocator's, not the SDK's"
        case .stacksOrMappings:
            return "\(resident); \(size(max(0, liveGrowthBytes))) of it is live and \(size(max(0, freeGrowthBytes))) "
                + "free in the allocator's heap, so most is stacks of threads\(Self.threads(first, last)) or memory "
                + "mapped directly; bench report --smaps shows where"
        case .filePages:
            return "\(resident); \(size(fileGrowthBytes)) of it is pages of files, such as code that ran for the first "
                + "time, and the kernel takes them back when it needs them; \(size(max(0, liveGrowthBytes))) is live"
        case .swapped:
            return
                "\(size(swapped)) of the worker were moved to swap\(span): what is resident means nothing; free memory, "
                + "or turn swap off"
        }
    }

    /// The harmless explanation, where it suffices: buffers that were needed once and are kept, with half as much again
    /// for what they waste.
    private func buffers(_ queuePeak: UInt64?) -> String? {
        guard let queuePeak, Double(liveGrowthBytes) <= 1.5 * Double(queuePeak) else { return nil }
        return "a leak, or no more than the buffers of the queue, which held "
            + "\(Quantity.format(bytes: Double(queuePeak))) at most"
    }

    private static func grew(_ bytes: Int64) -> String {
        if bytes == 0 { return "did not change" }
        let size = Quantity.format(bytes: Int64(clamping: bytes.magnitude))
        return bytes > 0 ? "grew by \(size)" : "shrank by \(size)"
    }

    private static func span(_ first: CheckpointRecord, _ last: CheckpointRecord) -> String {
        guard let from = first.phase, let to = last.phase else { return "" }
        return " from the end of \(from) to the end of \(to)"
    }

    private static func threads(_ first: CheckpointRecord, _ last: CheckpointRecord) -> String {
        guard let before = first.threads, let after = last.threads else { return "" }
        return before == after ? " (\(after) of them, as before)" : " (\(before) before, \(after) now)"
    }

    /// What still waits at the later one, which is live and no leak.
    private static func queue(_ first: CheckpointRecord, _ last: CheckpointRecord) -> String {
        guard let items = last.queuedItems, items > (first.queuedItems ?? 0) else { return "" }
        let bytes = last.queuedBytes.map { " of \(Quantity.format(bytes: Double($0)))" } ?? ""
        return ", with \(Quantity.format(count: items)) items\(bytes) waiting in the queue"
    }
}

extension Repetition {
    /// The checkpoints at the ends of phases at which nothing waited in the system.
    package var quietCheckpoints: [CheckpointRecord] {
        checkpoints.filter { $0.label == CheckpointRecord.phaseEnd && ($0.queuedItems ?? 0) == 0 }
    }
}

extension RunResult {
    /// What memory did from the first quiet checkpoint to the last, in the repetition in which most grew.
    ///
    /// - Returns: nil where no repetition has two such checkpoints with all figures.
    package func computedMemory() -> MemoryClassification? {
        let found = repetitions.compactMap { repetition -> MemoryClassification? in
            let quiet = repetition.quietCheckpoints
            guard quiet.count > 1, let first = quiet.first, let last = quiet.last else { return nil }
            var classification = MemoryClassification(
                from: first,
                to: last,
                queuePeakBytes: repetition.counters?.queuedBytesPeak
            )
            classification?.repetition = repetitions.count > 1 ? repetition.index : nil
            return classification
        }
        // Swap spoils everything, and live memory matters more than what the allocator keeps.
        let rank: [MemoryClassification.Growth] = [.swapped, .liveHeap, .hiddenLiveHeap]
        func key(_ one: MemoryClassification) -> (Int, Int64) {
            (rank.firstIndex(of: one.growth) ?? (one.isNoteworthy ? rank.count : rank.count + 1), -one.rssGrowthBytes)
        }
        return found.min { key($0) < key($1) }
    }
}
