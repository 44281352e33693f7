import OTLP
import Platform
import TestSupport
import Testing

@testable import Telemetry

/// Several threads measure while others collect: nothing is lost and nothing counted twice.
struct MetricsConcurrencyTests {
    private let threads = 4
    private let updates = 5000

    @Test(arguments: AggregationTemporality.allCases)
    func sumsAndBucketsAreTheClosedForm(temporality: AggregationTemporality) throws {
        let probe = MetricsProbe { $0.temporality = temporality }
        let counter = probe.counter()
        let histogram = probe.histogram(bounds: [0.5, 1.5, 2.5])
        try run { thread in
            for index in 0..<updates {
                counter.add(Int64(index), ["index": .integer(Int64(index % 7))])
                counter.add(1)
                histogram.record(Double(index % 4), ["thread": .integer(Int64(thread))])
                if index % 1000 == 0 { probe.flush() }
            }
        }
        #expect(probe.shutdown() == .success)

        let metrics = try probe.requests().flatMap { $0 }
        var sums: [String: Int64] = [:]
        var buckets: [String: [UInt64]] = [:]
        var totals: [String: Double] = [:]
        for metric in metrics {
            for point in metric.numbers {
                let key = "\(point.attributes)"
                let base = temporality == .delta ? sums[key, default: 0] : 0
                #expect(temporality == .delta || (point.integer ?? 0) >= sums[key, default: 0])
                sums[key] = base + (point.integer ?? 0)
            }
            for point in metric.histograms {
                let key = "\(point.attributes)"
                let base = temporality == .delta ? buckets[key] ?? [0, 0, 0, 0] : [0, 0, 0, 0]
                buckets[key] = zip(base, point.bucketCounts).map(+)
                totals[key] = (temporality == .delta ? totals[key, default: 0] : 0) + (point.sum ?? .nan)
                #expect(point.count == point.bucketCounts.reduce(0, +))
            }
        }
        #expect(sums.count == 8)
        #expect(sums.values.reduce(0, +) == Int64(threads * (updates * (updates - 1) / 2 + updates)))
        #expect(sums["[]"] == Int64(threads * updates))
        #expect(buckets.count == threads)
        #expect(buckets.values.allSatisfy { $0 == [UInt64](repeating: UInt64(updates / 4), count: 4) })
        #expect(totals.values.allSatisfy { $0 == Double(updates / 4 * (0 + 1 + 2 + 3)) })
        #expect(probe.provider.metricsStatus.measurements == UInt64(3 * threads * updates))
    }

    @Test func instrumentsMadeAtOnceAreOne() throws {
        let probe = MetricsProbe()
        try run { _ in
            for index in 0..<200 {
                _ = probe.track("metric.\(index % 20)", 1, kind: .counter)
                probe.counter("Metric.\(index % 20)").add(1)
            }
        }
        #expect(probe.flush() == .success)
        let metrics = try probe.requests().flatMap { $0 }
        #expect(metrics.count == 20)
        #expect(metrics.allSatisfy { $0.numbers.map(\.integer) == [Int64(threads * 20)] })
    }

    @Test func whatIsAcceptedBeforeTheShutdownIsDelivered() throws {
        let probe = MetricsProbe { $0.temporality = .delta }
        let counter = probe.counter()
        let accepted = Counted()
        let callers = try (0..<threads).map { thread in
            try PlatformThread.start(name: "caller") {
                while counter.add(1, ["thread": .integer(Int64(thread))]) { accepted.increment() }
            }
        }
        #expect(Waiting.until { accepted.value > 1000 })
        #expect(probe.shutdown() == .success)
        for caller in callers { caller.join() }
        let sum = try probe.requests().flatMap { $0 }.flatMap(\.numbers).reduce(0) { $0 + ($1.integer ?? 0) }
        #expect(sum == Int64(accepted.value))
        #expect(probe.provider.metricsStatus.measurements == UInt64(accepted.value))
    }

    private func run(_ body: @escaping @Sendable (Int) -> Void) throws {
        let running = try (0..<threads).map { thread in
            try PlatformThread.start(name: "caller") { body(thread) }
        }
        for thread in running { thread.join() }
    }
}

/// A number that threads count up together.
private final class Counted: @unchecked Sendable {
    // Sendable: `count` is touched only with `lock` held.
    private let lock = Lock()
    private var count = 0

    var value: Int { lock.withLock { count } }

    func increment() { lock.withLock { count += 1 } }
}
