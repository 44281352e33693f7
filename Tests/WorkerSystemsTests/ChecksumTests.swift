import CollectorSink
import HTTP
import LoadEngine
import Platform
import Testing

@testable import WorkerSystems

/// Checksums of what our SDK sends, worked out anew by the sink.
struct ChecksumTests {
    static func configuration(_ sink: SinkServer, _ options: [String: OptionValue] = [:]) -> SystemConfiguration {
        SystemConfiguration(runID: "r", endpoint: sink.url, options: options)
    }

    /// What the sink says of operations that a system performed.
    static func report(
        _ workloads: [Workload],
        options: [String: OptionValue] = [:],
        variant: String? = nil,
        tenants: Int? = nil,
        canary: String? = nil
    ) throws -> CollectorSink.LedgerReport {
        let sink = SinkServer()
        try sink.start()
        defer { sink.stop(deadline: MonotonicClock.deadline(after: 2_000_000_000)) }
        #expect(sink.ledger.expect(ofRun: "r", tenants: tenants, canary: canary))
        let factories = HostedSystems.factories()
        let factory = try #require(factories.first { $0.name == (variant == nil ? "telemetry" : "faulty") })
        var configuration = configuration(sink, options)
        configuration.variant = variant
        let system = try factory.make(configuration)
        for (producer, workload) in workloads.enumerated() {
            let context = ProducerContext(producer: producer, producerCount: workloads.count, workload: workload)
            let target = try system.makeProducer(context)
            for operation in 0..<200 {
                let number = UInt64(operation * workload.itemsPerOperation)
                #expect(target.perform(number) == workload.itemsPerOperation)
            }
        }
        #expect(system.shutdown(timeoutNanoseconds: 10_000_000_000) == .success)
        return sink.ledger.report(run: "r")
    }

    static let workloads = [
        Workload(checksumEvery: 2), Workload(attributes: 2, checksumEvery: 2),
        Workload(operation: .log, attributes: 1, checksumEvery: 2),
        Workload(operation: .log, attributes: 5, valueLength: .init(minimum: 0, maximum: 50), checksumEvery: 2),
        Workload(operation: .error, attributes: 3, checksumEvery: 2), Workload(operation: .span, checksumEvery: 2),
        Workload(operation: .span, attributes: 4, depth: 3, spanEvents: 1, checksumEvery: 2),
    ]

    @Test(arguments: ["http/protobuf", "http/json"])
    func whatTheSDKSendsIsWhatItWasGiven(format: String) throws {
        let report = try Self.report(
            Self.workloads,
            options: ["protocol": .string(format), "queue_limit": .integer(9000)]
        )
        #expect(report.distinct == 200 * 9)
        #expect(report.findings.corrupted == 0)
        #expect(report.examples.isEmpty)
        // Half of them, give or take six standard deviations.
        #expect((770...1030).contains(report.findings.checksummed))
        #expect(report.signals.spans.findings.checksummed > 0)
    }

    @Test func allOrNoneCanBeAsked() throws {
        #expect(try Self.report([Workload(checksumEvery: 1)]).findings.checksummed == 200)
        #expect(try Self.report([Workload(checksumEvery: 0)]).findings.checksummed == 0)
    }

    @Test func truncatedValuesAreNoticed() throws {
        let workload = Workload(attributes: 3, checksumEvery: 1)
        let report = try Self.report([workload], variant: "truncate=1/10")
        #expect(report.findings.checksummed == 200)
        // One in ten, give or take four standard deviations of 4.2.
        #expect((4...36).contains(report.findings.corrupted))
    }
}
