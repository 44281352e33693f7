import HarnessCore
import Platform

extension MicroCase {
    /// What the readings of a process's memory cost.
    static let readings = MicroCase(
        name: "readings",
        overview: "What each reading of a process's memory costs: at every sample, at checkpoints, at quiet moments."
    ) { options in
        try ReadingsMeasurement(options: options).report()
    }
}

/// Measures the readings that the worker and the controller make, here of this process.
///
/// While `smaps_rollup` and `smaps` are read the process that they are of cannot map memory: their time is its stall.
private struct ReadingsMeasurement {
    let options: MicroOptions
    private let probe: ProcessProbe
    private static let sizes = [64, 256]

    init(options: MicroOptions) throws {
        self.options = options
        probe = try ProcessProbe(processID: Host.processID)
    }

    func report() throws -> String {
        var table = FigureTable(title: "each") { Quantity.format(durationNanoseconds: $0) }
        table.add("statm: each sample", try figures { try probe.statm().residentBytes })
        table.add("bytes in use (mallinfo2)", try figures { HeapUsage.bytesInUse() ?? 0 })
        table.add("status: each checkpoint", try figures { try probe.status().threads })
        table.add("descriptors: each checkpoint", try figures { UInt64(try probe.openDescriptors()) })
        for size in Self.sizes {
            let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size << 20, alignment: 4096)
            defer { block.deallocate() }
            block.initializeMemory(as: UInt8.self, repeating: 1)
            let resident = try probe.statm().residentBytes
            guard resident >= UInt64(block.count) else {
                throw MicroError("of \(block.count) bytes that were written \(resident) are resident")
            }
            let text = "\(Quantity.format(bytes: Double(resident))) resident"
            table.add("smaps_rollup, \(text): quiet moments only", try figures { try probe.exactResidentBytes() })
            table.add("smaps, \(text): quiet moments only", try figures { UInt64(try probe.mappings().count) })
        }
        return """
            CPU time of one thread that reads its own process. \(options.runs) runs of \
            \(Double(options.runNanoseconds) / 1e9) s after a warm-up of 0.1 s.

            \(table.text)
            """
    }

    /// Repeats a reading, which is never zero, for as long as each run lasts; nanoseconds for one.
    private func figures(_ read: () throws -> UInt64) throws -> RunFigures {
        _ = try run(for: 100_000_000, read)
        return RunFigures(try (0..<options.runs).map { _ in try run(for: options.runNanoseconds, read) })
    }

    private func run(for nanoseconds: UInt64, _ read: () throws -> UInt64) throws -> Double {
        let start = CPUClock.thread()
        var now = start
        var done = 0
        while now - start < nanoseconds {
            guard try read() > 0 else { throw MicroError("a reading says zero") }
            done += 1
            now = CPUClock.thread()
        }
        return Double(now - start) / Double(done)
    }
}
