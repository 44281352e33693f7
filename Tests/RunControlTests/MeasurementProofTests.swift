import FoundationEssentials
import LoadEngine
import Testing

@testable import RunControl

struct MeasurementProofTests {
    static func proof(_ streams: LedgerSnapshot.Stream...) -> MeasurementProof {
        MeasurementProof(LedgerSnapshot.MetricSignal(points: 0, violations: 0, streams: streams))
    }

    @Test("Counters and histograms of all streams add up; other metrics prove nothing")
    func sumsAddUp() {
        let proof = Self.proof(
            .init(name: "bench.counter", producer: 0, sum: 10, last: 10),
            .init(name: "bench.counter", producer: 1, sum: 5, last: 2),
            .init(name: "bench.counter", sum: 1),
            .init(name: "bench.histogram", producer: 0, sum: 1234.5, count: 7),
            .init(name: "otel.sdk.log.created", sum: 99)
        )
        #expect(proof.delivered(.counter, accepted: 16, since: MeasurementProof(), gauges: []) == 16)
        #expect(proof.delivered(.histogram, accepted: 7, since: MeasurementProof(), gauges: []) == 7)
        #expect(proof.delivered(.event, accepted: 7, since: MeasurementProof(), gauges: []) == 0)
        let earlier = Self.proof(.init(name: "bench.counter", sum: 6), .init(name: "bench.histogram", count: 7))
        #expect(proof.delivered(.counter, accepted: 10, since: earlier, gauges: []) == 10)
        #expect(proof.delivered(.histogram, accepted: 0, since: earlier, gauges: []) == 0)
    }

    @Test("A sum that is no count proves nothing", arguments: [-1.0, 0.5, .nan, .infinity])
    func strangeSums(sum: Double) {
        #expect(Self.proof(.init(name: "bench.counter", sum: sum)).counters == 0)
    }

    static let gaugeCases: [(values: [Int], delivered: UInt64)] = [
        ([100, 50], 150), ([100, 49], 149), ([0, 50], 50), ([100, 51], 151),
    ]

    @Test(
        "A gauge that stands where it was left has superseded everything; one that is behind lacks so many",
        arguments: gaugeCases
    )
    func gauges(values: [Int], delivered: UInt64) {
        let streams = values.enumerated().map { index, value in
            LedgerSnapshot.Stream(name: "bench.gauge", producer: index, last: Double(value))
        }
        let proof = MeasurementProof(LedgerSnapshot.MetricSignal(points: 0, violations: 0, streams: streams))
        #expect(
            proof.delivered(.gauge, accepted: 150, since: MeasurementProof(), gauges: [100, 50]) == delivered
        )
    }

    @Test("A gauge that all producers share stands where one of them left it")
    func sharedGauges() {
        let none = MeasurementProof()
        for last in [100.0, 50] {
            let proof = Self.proof(.init(name: "bench.gauge", last: last))
            #expect(proof.delivered(.gauge, accepted: 150, since: none, gauges: [100, 50]) == 150)
        }
        let stale = Self.proof(.init(name: "bench.gauge", last: 47))
        #expect(stale.delivered(.gauge, accepted: 150, since: none, gauges: [100, 50]) == 147)
        #expect(none.delivered(.gauge, accepted: 0, since: none, gauges: [0, 0]) == 0)
    }
}

struct LedgerSnapshotTests {
    static let plain = """
        "version":1,"items":3,"distinct":3,"duplicated":0,"foreign":0,"requests":1,"body_bytes":9,\
        "malformed_requests":0,"producers":[]
        """

    private func snapshot(_ text: String) throws -> LedgerSnapshot {
        try JSONDecoder().decode(LedgerSnapshot.self, from: Data(text.utf8))
    }

    @Test("A sink that does not tell signals apart is read all the same")
    func withoutSignals() throws {
        let snapshot = try snapshot("{\(Self.plain)}")
        #expect(snapshot.distinct == 3 && snapshot.signals == nil)
    }

    @Test func signals() throws {
        let snapshot = try snapshot(
            """
            {\(Self.plain),"signals":{
              "logs":{"items":1,"distinct":1,"duplicated":0,"foreign":0,"invalid":0},
              "spans":{"items":2,"distinct":2,"duplicated":0},
              "metrics":{"points":4,"violations":1,"violation_messages":["x"],"requests":2,"body_bytes":70,"streams":[
                {"name":"bench.counter","kind":"sum","temporality":"cumulative","monotonic":true,"unit":"",
                 "attributes":{"bench.producer":3,"a":"b"},"sum":12,"last":12,"points":2},
                {"name":"bench.histogram","kind":"histogram","attributes":{},"sum":1.5,"count":4},
                {"name":"odd","kind":"gauge","attributes":{"bench.producer":"x"},"last":"NaN"},
                {"name":"bare"}
              ]}}}
            """
        )
        let signals = try #require(snapshot.signals)
        #expect(signals.logs?.distinct == 1 && signals.logs?.invalid == 0)
        #expect(signals.spans?.distinct == 2 && signals.spans?.invalid == nil)
        let metrics = try #require(signals.metrics)
        #expect(metrics.points == 4 && metrics.violations == 1 && metrics.violationMessages == ["x"])
        #expect(
            metrics.streams == [
                .init(name: "bench.counter", producer: 3, sum: 12, last: 12),
                .init(name: "bench.histogram", sum: 1.5, count: 4), .init(name: "odd"), .init(name: "bare"),
            ]
        )
        let proof = MeasurementProof(metrics)
        #expect(proof.counters == 12 && proof.histograms == 4 && proof.requests == 2 && proof.bodyBytes == 70)
    }
}
