import HarnessCore
import Measurement
import Platform

extension MicroCase {
    /// What a histogram costs: recording, merging, encoding, decoding.
    static let histogram = MicroCase(
        name: "histogram",
        overview: "What a latency histogram costs: recording a value, merging, encoding and decoding."
    ) { options in
        try HistogramMeasurement(options: options).report()
    }
}

/// Measures histograms; every figure is checked by the counts that come out.
private struct HistogramMeasurement {
    let options: MicroOptions
    /// Values recorded between two readings of the clock; a power of two.
    private let block = 1 << 16
    /// Around 0.3 µs … 17 ms, about equally often in each octave, as latencies with a long tail are.
    private let values: [UInt64]
    /// Every slot has a count, the worst case of all that looks at slots.
    private let full = HistogramSnapshot(
        counts: (0..<HistogramLayout.slotCount).map { 1 + (UInt64($0) &* 0x9E37_79B9_7F4A_7C15) >> 52 }
    )

    init(options: MicroOptions) {
        self.options = options
        var state: UInt64 = 1
        values = (0..<block).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 40 | 1 << 23) >> (state >> 33 & 15)
        }
    }

    func report() throws -> String {
        var table = FigureTable(title: "each") { Quantity.format(durationNanoseconds: $0) }
        let histogram = Histogram()
        table.add(
            "record a value",
            try figures(per: block) {
                for value in values { histogram.record(value) }
            }
        )
        let recorded = histogram.snapshot()
        guard recorded.totalCount % UInt64(block) == 0, !recorded.isEmpty else {
            throw MicroError("of whole blocks of \(block) values \(recorded.totalCount) were recorded")
        }
        var sum = full
        var merges: UInt64 = 1
        table.add(
            "merge a full histogram into a full one",
            try figures {
                sum.add(full)
                merges += 1
            }
        )
        guard sum.totalCount == merges * full.totalCount else { throw MicroError("merging loses counts") }
        for (name, snapshot) in [
            ("1 s of latencies", HistogramSnapshot(recording: values)), ("a full histogram", full),
        ] {
            var bytes: [UInt8] = []
            table.add("encode \(name), V2", try figures { bytes = try snapshot.encodedV2Compressed() })
            var decoded = HistogramSnapshot()
            table.add(
                "decode \(name), V2, \(Quantity.format(bytes: Double(bytes.count)))",
                try figures { decoded = try HistogramSnapshot(decodingV2: bytes) }
            )
            guard decoded == snapshot else { throw MicroError("\(name) did not come back from its encoding") }
            var both = 0
            table.add(
                "encode and decode \(name)",
                try figures {
                    both += try HistogramSnapshot(decodingV2: snapshot.encodedV2Compressed()).counts.count
                }
            )
            guard both > 0 else { throw MicroError("\(name) did not come back from its encoding") }
        }
        return """
            CPU time of one thread; a full histogram has a count in each of its \(HistogramLayout.slotCount) slots. Goals: \
            record 4 ns, merge 30 µs, encode and decode 1 ms. \(options.runs) runs of \
            \(Double(options.runNanoseconds) / 1e9) s after a warm-up of 0.1 s.

            \(table.text)
            """
    }

    /// Repeats something for as long as each run lasts; nanoseconds for one of `count` parts of it.
    private func figures(per count: Int = 1, _ body: () throws -> Void) throws -> RunFigures {
        _ = try run(for: 100_000_000, body)
        return RunFigures(
            try (0..<options.runs).map { _ in try run(for: options.runNanoseconds, body) / Double(count) }
        )
    }

    private func run(for nanoseconds: UInt64, _ body: () throws -> Void) rethrows -> Double {
        let start = CPUClock.thread()
        var now = start
        var done = 0
        while now - start < nanoseconds {
            try body()
            done += 1
            now = CPUClock.thread()
        }
        return Double(now - start) / Double(done)
    }
}
