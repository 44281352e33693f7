import HarnessCore
package import LoadEngine
package import Results

/// Runs the same load under other settings of glibc's allocator, to tell whose growth of memory it is.
///
/// What the program forgets stays in use under every setting. What the allocator keeps, because blocks of many threads or
/// of bursts lie apart, depends on its arenas and on when it gives memory back.
///
/// https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
package struct AllocatorTriangle {
    /// The settings beside the default.
    private static let settings: [(name: String, variables: [String: String])] = [
        ("one-arena", ["MALLOC_ARENA_MAX": "1"]),
        ("fixed-thresholds", ["MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"]),
    ]
    /// Outside of leak checks, growth of bytes in use from which on it counts.
    private static let heapTolerance = 262_144.0
    /// Growth of resident memory from which on it counts: 3 % of the peak, and at least 4 MiB.
    private static let residentShare = 0.03
    private static let residentFloor = 4_194_304.0

    private let request: RunRequest
    private let configuration: EffectiveConfiguration
    private let command: [String]
    private let observer: any RunObserver

    /// Prepares the runs.
    ///
    /// - Parameters:
    ///   - request: What was run.
    ///   - configuration: Every setting with its origin.
    ///   - command: The command line.
    ///   - observer: Whoever watches.
    package init(
        request: RunRequest,
        configuration: EffectiveConfiguration,
        command: [String],
        observer: any RunObserver
    ) {
        self.request = request
        self.configuration = configuration
        self.command = command
        self.observer = observer
    }

    /// Compares a run with two more.
    ///
    /// - Parameter result: The run under the settings of this environment.
    /// - Returns: Whose growth it is.
    /// - Throws: `RunError` if one of the two gave no result.
    package func examine(_ result: RunResult) throws(RunError) -> AllocatorReport {
        var settings = [reading(of: result, named: "default", [:])]
        for (name, variables) in Self.settings {
            observer.note("again with \(Self.text(variables).joined(separator: " "))")
            var request = request
            request.repetitions = 1
            request.calibrates = false
            request.workerVariables.merge(variables) { $1 }
            let run = try RunController(
                request: request,
                configuration: configuration,
                command: command,
                observer: observer
            ).run()
            settings.append(reading(of: run, named: name, variables))
            // Interrupted: what there is does not answer the question, and says so.
            if run.outcome != .completed { break }
        }
        return Self.report(settings, heapTolerance: heapTolerance(result))
    }

    private static func text(_ variables: [String: String]) -> [String] {
        variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    /// What a leak check allows in the cycles that count, or a fixed amount.
    private func heapTolerance(_ result: RunResult) -> Double {
        guard let leak = request.profile.leak, let check = result.leak?.trials.first else { return Self.heapTolerance }
        return leak.tolerance(items: check.itemsPerCycle) * Double(max(1, check.counted))
    }

    // MARK: - Reading

    /// Growth between the first and the last checkpoint that count; without cycles, over the reported phases.
    private func reading(
        of result: RunResult,
        named name: String,
        _ variables: [String: String]
    ) -> AllocatorReport.Setting {
        var setting = AllocatorReport.Setting(name: name, variables: Self.text(variables))
        guard let repetition = result.repetitions.first else { return setting }
        setting.rssPeakBytes = repetition.memory?.rssPeakBytes
        if let leak = request.profile.leak {
            let cycles = Set(request.plan.phases.filter(\.isCycle).map(\.name))
            let counted = repetition.checkpoints.filter { $0.phase.map(cycles.contains) ?? false }
                .dropFirst(leak.discard)
            setting.bytesInUseGrowth = Self.growth(counted.first?.bytesInUse, counted.last?.bytesInUse)
            setting.rssGrowth = Self.growth(counted.first?.rssBytes, counted.last?.rssBytes)
        } else {
            let phases = repetition.reportedPhases.compactMap(\.memory)
            setting.bytesInUseGrowth = Self.growth(phases.first?.bytesInUseStart, phases.last?.bytesInUseEnd)
            setting.rssGrowth = Self.growth(phases.first?.rssStartBytes, phases.last?.rssEndBytes)
        }
        return setting
    }

    private static func growth(_ first: UInt64?, _ last: UInt64?) -> Int64? {
        guard let first, let last else { return nil }
        return Int64(clamping: last) - Int64(clamping: first)
    }

    // MARK: - Judging

    /// Whose growth the settings show; pure.
    static func report(_ settings: [AllocatorReport.Setting], heapTolerance: Double) -> AllocatorReport {
        let make = { (owner: AllocatorReport.Owner, sentence: String) in
            AllocatorReport(owner: owner, sentence: sentence, toleranceBytes: heapTolerance, settings: settings)
        }
        let heaps = settings.compactMap { $0.bytesInUseGrowth.map { Double($0) } }
        guard settings.count == Self.settings.count + 1, heaps.count == settings.count else {
            return make(.unclear, "bytes in use were not measured under every setting of the allocator")
        }
        let growing = heaps.count { $0 > heapTolerance }
        let range = "\(Quantity.format(bytes: heaps.min() ?? 0)) to \(Quantity.format(bytes: heaps.max() ?? 0))"
        if growing == heaps.count {
            return make(.yours, "bytes in use grow by \(range) under every setting: the program holds them")
        }
        guard growing == 0 else {
            return make(.unclear, "bytes in use grow by \(range), which is more than allowed under some settings only")
        }
        let resident = settings.map { (growth: Double($0.rssGrowth ?? 0), peak: Double($0.rssPeakBytes ?? 0)) }
        let usual = resident[0]
        let least = resident.dropFirst().map(\.growth).min() ?? 0
        guard usual.growth > max(residentFloor, residentShare * usual.peak) else {
            return make(.nobody, "neither bytes in use (\(range)) nor resident memory grow")
        }
        return make(
            .allocator,
            "RSS grew by \(Quantity.format(bytes: usual.growth)), and by \(Quantity.format(bytes: least)) under the "
                + "thriftiest setting; the program holds \(range) more: the allocator keeps the rest"
        )
    }
}
